/** What of a definition tells which entity it is about. */
interface Told {
  readonly kind: string
  readonly name: string
  readonly [key: string]: unknown
}

/** The entity that a definition is about: it is one, it names one, or the records of one set it off. */
export function aboutEntity(definition: Told): string | undefined {
  const { kind, name, entity, record, trigger } = definition
  if (kind === 'entity') return name
  const ofTrigger =
    typeof trigger === 'object' && trigger !== null && 'record' in trigger ? trigger.record : undefined
  return [entity, record, ofTrigger].find((one) => typeof one === 'string')
}
