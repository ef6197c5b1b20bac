import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../../runtime-ui/kit/FaultNote.tsx'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { ProgressBar } from '../../runtime-ui/kit/ProgressBar.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { countDemo, type DemoCount } from './api.ts'
import { type DemoProgress, useDemo } from './use-demo.ts'

/** Says how much demo data there is, and asks before it goes to the recycle bin. */
export function DemoDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { progress, fault, remove, stop } = useDemo(onClose)
  const isBusy = progress !== undefined
  // What is there moves with every record: it is counted each time.
  const counted = useQuery({
    queryKey: ['demo'],
    queryFn: countDemo,
    staleTime: 0,
    gcTime: 0,
    enabled: !isBusy,
  })
  const removed = total(counted.data ?? [], 'removed')
  const isNone = counted.isSuccess && removed === 0
  return (
    <Modal
      open
      width={440}
      getContainer={overlayPlace}
      closable={false}
      maskClosable={!isBusy}
      title={t(isNone ? 'templates.demoNoneTitle' : 'templates.demoTitle')}
      onCancel={isBusy ? stop : onClose}
      footer={[
        <Button key="stay" autoFocus onClick={isBusy ? stop : onClose}>
          {t(isNone ? 'act.close' : isBusy ? 'templates.demoStop' : 'act.cancel')}
        </Button>,
        isNone ? null : (
          <Button
            key="remove"
            danger
            disabled={!counted.isSuccess}
            loading={isBusy}
            onClick={() => void remove(removed)}
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
      {isBusy ? <Going {...progress} /> : null}
    </Modal>
  )
}

function Going({ gone, total }: DemoProgress) {
  const { t } = useTranslation()
  return (
    <div className="demo-going">
      <ProgressBar label={t('templates.demoGoes')} done={gone} total={total} />
      <p className="t13 ink-2 num" role="status">
        {t('templates.demoGoesOf', { done: gone, total })}
      </p>
    </div>
  )
}

function Counted({ counts, isNone }: { readonly counts: readonly DemoCount[]; readonly isNone: boolean }) {
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
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
                <dd className="num">{formatNumber(one.removed, language)}</dd>
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
