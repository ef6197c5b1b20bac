import { useTranslation } from 'react-i18next'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { type ChangesetItem, listWhole, putDefinition } from '../api.ts'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { handListed, withColumn, withFieldOnForm } from './place-field.ts'

type Where = 'layout' | 'view'

/** Puts the field at a path of an entity on the forms of that, or into its list. */
export type Place = (where: Where, entity: string, path: Path) => Promise<void>

/** In the draft that is being made. */
export function usePlaceInDraft(entity: Json | undefined): Place {
  const { t } = useTranslation()
  const { items } = useStore()
  const takeAll = useTakeAll()
  return async (where, name, path) => {
    try {
      const places = await placesOf(where, name, [...items.values()])
      await takeAll(
        places.map((definition) => ({
          of: { kind: where, name: String(definition.name) },
          change: (now) => ({
            ...{ kind: 'set', path: [] },
            to: withField(where, now ?? definition, entity, path),
          }),
        })),
      )
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    }
  }
}

/** In a stored draft. */
export const placeInStored =
  (id: string, items: readonly ChangesetItem[]): Place =>
  async (where, name, path) => {
    const entity = items.find((one) => one.kind === 'entity' && one.name === name)?.definition ?? undefined
    for (const definition of await placesOf(where, name, items)) {
      await putDefinition(id, where, String(definition.name), withField(where, definition, entity, path))
    }
  }

function withField(where: Where, definition: Json, entity: Json | undefined, path: Path): Json {
  const fields: readonly unknown[] = Array.isArray(entity?.fields) ? entity.fields : []
  const order = fields.map((one) => (isObject(one) ? String(one.name) : ''))
  const field = valueAt(entity, path)
  const name = isObject(field) ? String(field.name) : ''
  if (name === '') return definition
  return where === 'layout' ? withFieldOnForm(definition, name, order) : withColumn(definition, name)
}

/** The layouts that list their fields by hand; of the lists those of all records, else the first. */
async function placesOf(
  where: Where,
  entity: string,
  items: readonly ChangesetItem[],
): Promise<readonly Json[]> {
  const definitions = new Map<string, Json>(
    (await listWhole(where)).map(({ name, definition }) => [name, definition]),
  )
  for (const { kind, name, definition } of items) {
    if (kind !== where) continue
    if (definition === null) definitions.delete(name)
    else definitions.set(name, definition)
  }
  const own = [...definitions.values()].filter((one) => one.entity === entity)
  if (where === 'layout') return own.filter((one) => handListed(one).length > 0)
  const lists = own.filter((one) => one.type === 'table')
  const whole = lists.filter((one) => one.filter === undefined)
  return whole.length > 0 ? whole : lists.slice(0, 1)
}
