import { Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { guardLeaving } from '../../kit/leaving.ts'
import { overlayPlace } from '../../kit/overlays.ts'

/** Asks before what was typed is lost: on another page of ours with a dialog, on leaving with the browser's own. */
export function LeaveGuard({ active }: { readonly active: () => boolean }) {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => active() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => guardLeaving(active), [active])
  if (blocker.state !== 'blocked') return null
  return (
    <Modal
      open
      width={420}
      getContainer={overlayPlace}
      closable={false}
      title={t('leave.title')}
      onCancel={() => blocker.reset()}
      footer={[
        <Button key="leave" danger onClick={() => blocker.proceed()}>
          {t('leave.discard')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={() => blocker.reset()}>
          {t('leave.stay')}
        </Button>,
      ]}
    >
      <p className="ink-2">{t('leave.text')}</p>
    </Modal>
  )
}
