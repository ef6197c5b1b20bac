import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { undoAct } from '../../runtime-ui/api/bulk.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { countDemo, type DemoCount, removeDemo } from './api.ts'

/** Says how much demo data there is, and asks before it goes to the recycle bin. */
export function DemoDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  // What is there moves with every record: it is counted each time.
  const counted = useQuery({ queryKey: ['demo'], queryFn: countDemo, staleTime: 0, gcTime: 0 })
  const removed = total(counted.data ?? [], 'removed')
  const bringBack = async (acts: readonly string[]): Promise<void> => {
    try {
      let back = 0
      let kept = 0
      for (const act of acts) {
        const undone = await undoAct(act)
        back += undone.done
        kept += undone.kept.length
      }
      const text = t('bulk.undone', { count: back })
      toast({ text: kept === 0 ? text : `${text} ${t('bulk.keptSince', { count: kept })}` })
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    }
    await client.invalidateQueries()
  }
  const remove = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      const done = await removeDemo()
      await client.invalidateQueries()
      const gone = t('templates.demoGone', { count: done.removed })
      toast({
        text: done.kept === 0 ? gone : `${gone} ${t('templates.demoKept', { count: done.kept })}`,
        ...(done.undo.length === 0 ? {} : { undo: () => bringBack(done.undo) }),
      })
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  const isNone = counted.isSuccess && removed === 0
  return (
    <Modal
      open
      width={440}
      getContainer={overlayPlace}
      closable={false}
      maskClosable={!isBusy}
      title={t(isNone ? 'templates.demoNoneTitle' : 'templates.demoTitle')}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus disabled={isBusy} onClick={onClose}>
          {t(isNone ? 'act.close' : 'act.cancel')}
        </Button>,
        isNone ? null : (
          <Button
            key="remove"
            danger
            disabled={!counted.isSuccess}
            loading={isBusy}
            onClick={() => void remove()}
          >
            {counted.isSuccess ? t('templates.demoItOf', { count: removed }) : t('templates.demoIt')}
          </Button>
        ),
      ]}
    >
      <FaultNote id="demo-fault" fault={fault} />
      {counted.isPending ? <LoadingRows rows={3} /> : null}
      {counted.isError ? (
        <ProblemState
          error={counted.error}
          title={t('templates.demoFailed')}
          retry={() => void counted.refetch()}
        />
      ) : null}
      {counted.data === undefined ? null : <Counted counts={counted.data} isNone={isNone} />}
    </Modal>
  )
}

function Counted({ counts, isNone }: { readonly counts: readonly DemoCount[]; readonly isNone: boolean }) {
  const { t } = useTranslation()
  const { model } = useWork()
  const kept = total(counts, 'kept')
  const plural = ({ entity, label }: DemoCount): string =>
    model.entities.find(({ name }) => name === entity)?.plural ?? label
  return (
    <>
      <p className="ink-2">{t(isNone ? 'templates.demoNone' : 'templates.demoText')}</p>
      {isNone ? null : (
        <dl className="template-counts demo-counts t13">
          {counts
            .filter(({ removed }) => removed > 0)
            .map((one) => (
              <div key={one.entity} data-entity={one.entity}>
                <dt className="ink-3">{plural(one)}</dt>
                <dd className="num">{one.removed}</dd>
              </div>
            ))}
        </dl>
      )}
      {kept === 0 ? null : <p className="t13 ink-2">{t('templates.demoKept', { count: kept })}</p>}
    </>
  )
}

const total = (counts: readonly DemoCount[], of: 'removed' | 'kept'): number =>
  counts.reduce((sum, one) => sum + one[of], 0)
