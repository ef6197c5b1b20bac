import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Act, myActs } from '../../api/bulk.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import './bulk.css'
import { useUndoAct } from './use-bulk.ts'

/** What one did to many records within a day, each with the way back. */
export function ActsSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const acts = useQuery({ queryKey: ['acts'], queryFn: ({ signal }) => myActs(signal) })
  return (
    <Sheet open title={t('bulk.recent')} onClose={onClose}>
      <p className="t13 ink-2">{t('bulk.recentText')}</p>
      {acts.isPending ? <LoadingRows rows={4} /> : null}
      {acts.isError ? (
        <ProblemState error={acts.error} title={t('bulk.recentFailed')} retry={() => void acts.refetch()} />
      ) : null}
      {acts.data?.length === 0 ? <State joint="empty" title={t('bulk.recentNone')} /> : null}
      <ul className="bulk-acts">
        {acts.data?.map((act) => (
          <ActRow key={act.id} act={act} />
        ))}
      </ul>
    </Sheet>
  )
}

const KINDS = ['changed', 'created', 'deleted', 'restored'] as const

function ActRow({ act }: { readonly act: Act }) {
  const { t } = useTranslation()
  const undo = useUndoAct()
  const [busy, setBusy] = useState(false)
  const what = KINDS.filter((kind) => act[kind] > 0).map((kind) =>
    t(`bulk.did.${kind}`, { count: act[kind] }),
  )
  const take = async (): Promise<void> => {
    setBusy(true)
    await undo(act.id)
    setBusy(false)
  }
  return (
    <li className="row">
      <span className="grow">
        <span className="strong">{act.label}</span> {what.join(', ')}
        <span className="t12 ink-3 bulk-when">
          <InstantText instant={act.at} /> {act.of === null ? null : t('bulk.wasUndo')}
        </span>
      </span>
      {act.undone_at === null ? (
        <Button size="small" aria-busy={busy} onClick={() => void take()}>
          {t('act.undo')}
        </Button>
      ) : (
        <span className="t13 ink-3">{t('bulk.isUndone')}</span>
      )}
    </li>
  )
}
