import { isObject, type Json } from '../store/json-value.ts'
import { useDefinition, useStore, useTakeAll } from '../store/store.tsx'
import type { FieldFriction } from './api.ts'

const nameIn = (field: unknown): unknown => (isObject(field) ? field.name : undefined)

const fieldsIn = (entity: Json | undefined): readonly unknown[] =>
  Array.isArray(entity?.fields) ? entity.fields : []

/** A form without a field; a section that held nothing else goes along. */
export function formWithout(form: unknown, field: string): unknown {
  if (!Array.isArray(form)) return form
  return form.flatMap((section: unknown) => {
    if (!isObject(section) || !Array.isArray(section.fields) || !section.fields.includes(field))
      return [section]
    const fields = section.fields.filter((one) => one !== field)
    return fields.length === 0 ? [] : [{ ...section, fields }]
  })
}

/** What may be done about a field that costs more than it brings; all of it goes into the draft. */
export function useFrictionActs(entity: string) {
  const { mayEdit } = useStore()
  const { now, inForce, set } = useDefinition({ kind: 'entity', name: entity })
  const takeAll = useTakeAll()
  const inDraft = new Set(fieldsIn(now).map(nameIn))
  // The owner is asked for too, and is no field of the definition.
  const own = new Set(fieldsIn(inForce).map(nameIn))
  return {
    mayRemove: mayEdit('entity'),
    isOwn: (field: string): boolean => own.has(field),
    mayTakeOff: mayEdit('layout'),
    isGone: (field: string): boolean => now !== undefined && own.has(field) && !inDraft.has(field),
    remove: (names: readonly string[]): void =>
      set(
        ['fields'],
        fieldsIn(now).filter((field) => !names.includes(String(nameIn(field)))),
        true,
      ),
    takeOff: ({ name, layouts }: FieldFriction): Promise<boolean> =>
      takeAll(
        layouts.map((layout) => ({
          of: { kind: 'layout', name: layout },
          change: (before) => ({ kind: 'set', path: ['form'], to: formWithout(before?.form, name) }),
        })),
      ),
  }
}
