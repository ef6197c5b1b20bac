import { isObject, type Json } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'

/**
 * A definition as those read it who look for the records that it is about: a flow that follows an approval is about the
 * records of that. It is never stored so.
 */
export function useReadable(): (kind: string, definition: Json) => Json {
  const { about } = useNames()
  return (kind, definition) => {
    const { trigger } = definition
    if (kind !== 'flow' || !isObject(trigger) || typeof trigger.approval !== 'string') return definition
    const record = about('approval', trigger.approval)
    return record === undefined ? definition : { ...definition, trigger: { ...trigger, record } }
  }
}
