import { useTranslation } from 'react-i18next'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { useMoveKeptFile } from '../from-file/use-kept-files.ts'
import { isNamedAt } from '../review/fix-uses.ts'
import { asUse, fixed, type Gone, type Use } from '../review/use-uses-to-fix.ts'
import { type Address, addressOf, definitionIn, keyOf } from '../store/draft.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore, useTakeAll, type Wanted } from '../store/store.tsx'
import { listUses } from '../uses-api.ts'

/**
 * Gives a definition another name. Of one in force all that mentions it goes along when the draft is published, by its id;
 * of one that only the draft knows, what mentions it in the draft is written anew, in the same step.
 * @returns a function that takes the definition as it is written under its new name, and tells whether it is done; the
 * person is told where it is not
 */
export function useRename() {
  const { t } = useTranslation()
  const { draft, items, index, flush, changeset } = useStore()
  const takeAll = useTakeAll()
  const takeFileAlong = useMoveKeptFile()
  const mentions = async (former: Address, name: string): Promise<readonly Wanted[]> => {
    const id = (await flush()) ?? changeset?.id
    if (id === undefined || index.has(keyOf(former))) return []
    const gone: Gone = { ...former, others: [{ name }] }
    const places = await listUses(former.kind, former.name, undefined, id)
    const uses = places.flatMap((place): readonly Use[] => {
      const of = place.definition
      const stored = items.get(keyOf(of))?.definition ?? undefined
      const now = definitionIn(draft, of, stored)
      if (now === undefined || place.to?.item !== undefined) return []
      const use = asUse(gone, place, now)
      return isNamedAt(now, use, former.name) ? [use] : []
    })
    return [...fixed(uses, () => ({ replaceBy: name }))].map(([key, to]) => ({
      of: addressOf(key),
      change: () => ({ kind: 'set', path: [], to }),
    }))
  }
  return async (former: Address, of: Address, written: Json): Promise<boolean> => {
    try {
      const others = await mentions(former, of.name)
      const definition = withOwnName(written, former.name, of.name)
      const isDone = await takeAll([
        ...others,
        { of, change: () => ({ kind: 'create', definition }) },
        { of: former, change: () => ({ kind: 'remove' }) },
      ])
      if (isDone && of.kind === 'entity') await takeFileAlong(former.name, of.name)
      return isDone
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
      return false
    }
  }
}

/** An entity with what leads to itself leading to its new name. */
function withOwnName(definition: Json, from: string, to: string): Json {
  if (!Array.isArray(definition.fields)) return definition
  const renamed = (target: unknown): unknown => (target === from ? to : target)
  const fields = definition.fields.map((field: unknown) =>
    isObject(field) && field.to !== undefined
      ? { ...field, to: Array.isArray(field.to) ? field.to.map(renamed) : renamed(field.to) }
      : field,
  )
  return { ...definition, fields }
}
