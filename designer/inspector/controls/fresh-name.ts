import { isObject } from '../../store/json-value.ts'

/** A name that no entry of a list has: the stem, else the stem with the first number that is free. */
export function freshName(stem: string, list: readonly unknown[]): string {
  const taken = new Set(list.flatMap((one) => (isObject(one) ? [one.name] : [])))
  if (!taken.has(stem)) return stem
  for (let number = 2; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`
}
