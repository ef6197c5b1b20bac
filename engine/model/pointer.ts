/** A JSON pointer (RFC 6901) made of its steps; '' is the whole. */
export function pointer(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The steps of a JSON pointer, unescaped. */
export function pointerSteps(path: string): readonly string[] {
  if (path === '') return []
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Own properties only: what people write may be called `constructor` or `__proto__`. */
export function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A name as it is written; '' for what is none: an object may refuse to become a text. */
export function asName(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** What stands at the steps below a value, or undefined. */
export function valueAt(value: unknown, steps: readonly (string | number)[]): unknown {
  let current = value
  for (const step of steps) {
    current = Array.isArray(current) ? current[Number(step)] : own(current, String(step))
  }
  return current
}
