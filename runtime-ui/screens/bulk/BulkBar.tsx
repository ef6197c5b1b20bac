import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_BULK, recordsOf } from '../../api/bulk.ts'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import type { IconName } from '../../kit/icons/paths.ts'
import { useLanguage } from '../../kit/model-context.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { MergeChosen } from '../merge/MergeChosen.tsx'
import { useMergeSheet } from '../merge/use-merge-sheet.tsx'
import { useRefusal } from '../record/use-delete.ts'
import type { BulkFormProps } from './BulkForm.tsx'
import { type BulkAct, bulkActs } from './bulk-acts.ts'
import './bulk.css'
import type { Selection } from './use-selection.ts'

const ActSheet = lazy(async () => ({ default: (await import('./ActSheet.tsx')).ActSheet }))

interface BulkBarProps {
  readonly entity: Entity
  readonly selection: Selection
  /** What the list shows: all of it may be chosen, loaded or not. */
  readonly question: ListQuestion
  readonly loaded: readonly RecordData[]
  /** How many the list has, as far as it is known. */
  readonly count: number | undefined
  /** It stays although nothing is chosen yet: on a phone choosing is a mode. */
  readonly isChoosing: boolean
  readonly onEnd: () => void
}

/** How many rows are chosen and what can be done with them; above the foot of the list. */
export function BulkBar(props: BulkBarProps) {
  const { entity, selection, question, loaded, count, isChoosing, onEnd } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const refuse = useRefusal()
  const [act, setAct] = useState<BulkAct>()
  const [busy, setBusy] = useState(false)
  const number = selection.ids.size
  const end = (): void => {
    selection.clear()
    onEnd()
  }
  const merging = useMergeSheet(entity, end)
  const isActing = act !== undefined || merging.sheet !== null
  useShortcut('Escape', end, { off: number === 0 || isActing })
  if (number === 0 && !isChoosing) return null
  const isAllLoaded = loaded.every(({ id }) => selection.ids.has(id))
  const mayBeMore = isAllLoaded && number === loaded.length && (count ?? 0) > loaded.length
  const takeAll = async (): Promise<void> => {
    setBusy(true)
    try {
      selection.set((await recordsOf(entity.name, question, ['id'])).map(({ id }) => id))
    } catch (error) {
      refuse(error)
    }
    setBusy(false)
  }
  return (
    <div className="bulk-place">
      <div className="bulk-bar" role="toolbar" aria-label={t('bulk.acts')}>
        <span className="num bulk-count" role="status">
          {t('bulk.chosen', { count: number, number: formatNumber(number, language) })}
        </span>
        {mayBeMore ? (
          <Button size="small" type="text" aria-busy={busy} onClick={() => void takeAll()}>
            {(count ?? 0) > MAX_BULK
              ? t('bulk.first', { count: formatNumber(MAX_BULK, language) })
              : t('bulk.all')}
          </Button>
        ) : null}
        <span className="bulk-sep" aria-hidden="true" />
        {bulkActs(entity).map((one) => (
          <Button
            key={one}
            size="small"
            type="text"
            danger={one === 'delete'}
            disabled={number === 0}
            icon={<Icon name={ICONS[one]} size="small" />}
            onClick={() => setAct(one)}
          >
            {t(`bulk.act.${one}`)}
          </Button>
        ))}
        <MergeChosen entity={entity} ids={[...selection.ids]} onMerge={(ids) => void merging.open(ids)} />
        <IconButton label={t('bulk.clearChoice')} icon={<Icon name="close" />} onClick={end} />
      </div>
      {merging.sheet}
      {act === undefined ? null : (
        <Suspense fallback={null}>
          <Chosen
            {...{ entity, act, ids: [...selection.ids], loaded }}
            onClose={() => setAct(undefined)}
            onDone={selection.set}
          />
        </Suspense>
      )}
    </div>
  )
}

const ICONS: { readonly [A in BulkAct]: IconName } = {
  edit: 'edit',
  tags: 'tag',
  owner: 'user',
  delete: 'trash',
}

interface ChosenProps extends Pick<BulkFormProps, 'entity' | 'onClose' | 'onDone'> {
  readonly act: BulkAct
  readonly ids: readonly string[]
  readonly loaded: readonly RecordData[]
}

/** Reads of the chosen records what the act must know: the parts of the lists to which it adds, and their names. */
function Chosen({ entity, act, ids, loaded, onClose, onDone }: ChosenProps) {
  const lists = entity.fields.filter(({ type }) => type === 'tags' || type === 'multi_select')
  const fields = [
    'id',
    ...(entity.title === undefined ? [] : [entity.title]),
    ...lists.map(({ name }) => name),
  ]
  const isKnown = act === 'owner' || act === 'delete' || lists.length === 0
  const { data } = useQuery({
    queryKey: ['records', entity.name, 'chosen', ids, fields],
    queryFn: () => recordsOf(entity.name, { filter: { in: [{ var: 'id' }, ids] } }, fields),
    enabled: !isKnown,
    gcTime: 0,
  })
  const byId = new Map([...loaded, ...(data ?? [])].map((record) => [record.id, record]))
  const records = isKnown || data !== undefined ? ids.map((id) => byId.get(id) ?? { id }) : undefined
  return <ActSheet {...{ entity, act, records, onClose, onDone }} />
}
