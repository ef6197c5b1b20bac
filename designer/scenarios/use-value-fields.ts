import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { fieldsOf } from '../model/model-graph.ts'
import { useEntities } from '../model/use-entities.ts'
import { type Named, useNames } from '../store/use-names.ts'

/** A field that is given a value: as it is in force, and as the draft has it. */
export interface ValueField extends Named {
  readonly type: string
  /** What may be chosen: options or stages. */
  readonly options: readonly Named[] | undefined
  /** Whether it holds people or records. */
  readonly isPointer: boolean
  readonly isMany: boolean
  readonly isPerson: boolean
  readonly required: boolean
  /** Whether it takes a value: what is worked out or pointed from elsewhere does not. */
  readonly isSettable: boolean
  /** The entities whose records it holds; [] where it holds none, or of any. */
  readonly to: readonly string[]
}

const MANY: ReadonlySet<string> = new Set(['multi_select', 'many_to_many', 'tags'])
const WORKED_OUT: ReadonlySet<string> = new Set(['formula', 'roll_up', 'auto_number'])
const PEOPLE: ReadonlySet<string> = new Set(['user', 'users'])
const POINTERS: ReadonlySet<string> = new Set([
  ...['lookup', 'dynamic_lookup', 'many_to_many', 'file'],
  ...PEOPLE,
])

/** The fields that values are given to, on the model as the draft has it. */
export function useValueFields() {
  const { model } = useWork()
  const { cards } = useEntities()
  const names = useNames()
  const drafts = new Map(cards.map(({ name, definition: one }) => [name, one]))
  const inForce = (entity: string) => model.entities.find(({ name }) => name === entity)
  /** The types of an entity's fields, by name: those in force, and the draft's. */
  const typesOf = (entity: string): ReadonlyMap<string, string> =>
    new Map([
      ...(inForce(entity)?.fields ?? []).map(({ name, type }) => [name, type] as const),
      ...fieldsOf(drafts.get(entity)).map(({ name, type }) => [String(name), String(type)] as const),
    ])
  const isPointer = (entity: string, name: string, type: string | undefined): boolean =>
    name === 'owner' ||
    POINTERS.has(type ?? '') ||
    inForce(entity)?.fields.find((one) => one.name === name)?.relation !== undefined
  const of = (entity: string): readonly ValueField[] =>
    [...typesOf(entity)].map(([name, type]) => {
      const drafted = fieldsOf(drafts.get(entity)).find((one) => one.name === name)
      const standing = inForce(entity)?.fields.find((one) => one.name === name)
      const to = [drafted?.to ?? []].flat().map(String)
      return {
        ...{ value: name, label: names.field(entity, name), type },
        options: names.options(entity, name),
        isPointer: isPointer(entity, name, type),
        isMany: MANY.has(type),
        isPerson: name === 'owner' || PEOPLE.has(type),
        isSettable: standing === undefined ? !WORKED_OUT.has(type) : standing.writable,
        required: (drafted?.required ?? standing?.required) === true,
        to: to.length > 0 ? to : (standing?.relation?.to ?? []),
      }
    })
  return { drafts, typesOf, isPointer, of }
}
