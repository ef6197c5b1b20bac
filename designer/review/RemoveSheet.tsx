import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { getDefinition } from '../api.ts'
import { addressOf, definitionIn, keyOf } from '../store/draft.ts'
import type { Json, Path } from '../store/json-value.ts'
import { useStore, useTakeAll, type Wanted } from '../store/store.tsx'
import { listUses } from '../uses-api.ts'
import { isSameAt } from './fix-uses.ts'
import { ReplaceAll, UseLines, useDecisions } from './UsesToFix.tsx'
import { asUse, fixed, type Gone, type Use } from './use-uses-to-fix.ts'

interface RemoveSheetProps {
  readonly gone: Gone
  /** What it is called. */
  readonly title: string
  /** Where it stands in its own definition; what names others from there goes with it. */
  readonly within?: Path
  /** What is left of its definition without it; absent where it is the definition. */
  readonly without?: (definition: Json) => Json
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Says before something goes what uses it, what becomes of each place, and what is kept. */
export function RemoveSheet(props: RemoveSheetProps) {
  const { gone, title, within, without, onClose, onRemoved } = props
  const { t } = useTranslation()
  const { uses, isPending, isError } = useUsesOf(gone, within)
  const { decide, set } = useDecisions()
  const takeAll = useTakeAll()
  const count = uses.filter((use) => decide(use) !== 'keep').length
  const remove = async (): Promise<void> => {
    const definitions = fixed(uses, decide)
    const self = definitions.get(keyOf(gone)) ?? undefined
    const others = [...definitions].filter(([key]) => key !== keyOf(gone))
    const isTaken = await takeAll([
      ...others.map(
        ([key, to]): Wanted => ({
          of: addressOf(key),
          change: () => (to === null ? { kind: 'remove' } : { kind: 'set', path: [], to }),
        }),
      ),
      {
        of: { kind: gone.kind, name: gone.name },
        change: (now) =>
          without === undefined || now === undefined
            ? { kind: 'remove' }
            : { kind: 'set', path: [], to: without(self ?? now) },
      },
    ])
    if (isTaken) onRemoved()
  }
  const holdsData = gone.kind === 'entity'
  return (
    <Sheet
      open
      width={560}
      title={t('drafts.removeTitle', { name: title })}
      onClose={onClose}
      footer={
        <div className="row sheet-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button danger type="primary" disabled={isPending} onClick={() => void remove()}>
            {count === 0 ? t('designer.remove') : t('drafts.removeAll', { count })}
          </Button>
        </div>
      }
    >
      {isPending ? <LoadingRows rows={4} /> : null}
      {isError ? <p className="bad t13">{t('designer.usesFailed')}</p> : null}
      {isPending || isError ? null : (
        <div className="taken remove-taken">
          <div className="row taken-head">
            <Icon name={uses.length === 0 ? 'check' : 'alert'} />
            <p className="grow">
              {uses.length === 0 ? t('drafts.unused') : t('drafts.usedIn', { count: uses.length })}
            </p>
            <ReplaceAll taken={gone} uses={uses} onDecide={set} />
          </div>
          {uses.length === 0 ? null : <UseLines {...{ uses, decide }} onDecide={set} />}
        </div>
      )}
      <p className="ink-3 t13 remove-kept">{t(holdsData ? 'drafts.removeKept' : 'designer.removedText')}</p>
    </Sheet>
  )
}

/** The places that use something in force, in definitions as the draft has them. */
function useUsesOf(gone: Gone, within: Path | undefined) {
  const { i18n } = useTranslation()
  const { draft, items } = useStore()
  const { kind, name, item } = gone
  const read = useQuery({
    queryKey: ['meta', 'uses', kind, name, item ?? '', i18n.language, 'to fix'],
    queryFn: async () => {
      const places = await listUses(kind, name, item)
      const keys = [...new Set(places.map(({ definition }) => keyOf(definition)))]
      const definitions = await Promise.all(
        keys.map(async (key) => {
          const of = addressOf(key)
          return [key, (await getDefinition(of.kind, of.name)).data] as const
        }),
      )
      return { places, definitions: new Map(definitions) }
    },
  })
  const uses = (read.data?.places ?? []).flatMap((place): readonly Use[] => {
    const of = place.definition
    const inForce = read.data?.definitions.get(keyOf(of))
    const stored = items.get(keyOf(of))
    const now = definitionIn(draft, of, stored === undefined ? inForce : (stored.definition ?? undefined))
    if (now === undefined) return []
    const use = asUse(gone, place, now)
    const isInside =
      keyOf(of) === keyOf(gone) && within !== undefined && within.every((step, at) => use.path[at] === step)
    return isInside || !isSameAt(inForce, now, use) ? [] : [use]
  })
  return { uses, isPending: read.isPending, isError: read.isError }
}
