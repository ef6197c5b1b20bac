import { Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { guardLeaving } from '../../runtime-ui/kit/leaving.ts'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'

/** Asks before a draft of roles is lost; from role to role it goes along. */
export function DraftLeave({ dirty }: { readonly dirty: boolean }) {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ nextLocation }) => dirty && !/^\/designer\/role(\/|$)/.test(nextLocation.pathname),
  )
  useEffect(() => (dirty ? guardLeaving(() => true) : undefined), [dirty])
  if (blocker.state !== 'blocked') return null
  return (
    <Modal
      open
      width={420}
      getContainer={overlayPlace}
      closable={false}
      title={t('roles.leaveTitle')}
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
      <p className="ink-2">{t('roles.leaveText')}</p>
    </Modal>
  )
}
