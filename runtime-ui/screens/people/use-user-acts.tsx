import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Invitation, inviteAgain, signOutUser } from '../../api/account.ts'
import { viewAs } from '../../api/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { overlayPlace } from '../../kit/overlays.ts'
import { toast } from '../../kit/toast.tsx'
import { startAnew } from '../frame/ViewBar.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { InvitationNote } from './InvitationNote.tsx'

/** What an administrator of users does for one of them, as entries of a menu and the dialog that they open. */
export function useUserActs(id: string, name: string) {
  const { t } = useTranslation()
  const refuse = useRefusal()
  const { me } = useWork()
  const [invitation, setInvitation] = useState<Invitation>()
  const view = {
    key: 'view_as',
    icon: <Icon name="eye" />,
    label: t('viewAs.act', { name }),
    onClick: () => void viewAs(id).then(startAnew, refuse),
  }
  const items = [
    ...(id === me.user.id || me.viewer !== undefined ? [] : [view]),
    {
      key: 'invite',
      icon: <Icon name="mail" />,
      label: t('invite.again'),
      onClick: () => void inviteAgain(id).then(setInvitation, refuse),
    },
    {
      key: 'sign_out',
      icon: <Icon name="sign_out" />,
      label: t('invite.signOut'),
      onClick: () =>
        void signOutUser(id).then(() => toast({ text: t('invite.signedOut', { name }) }), refuse),
    },
  ]
  const dialog =
    invitation === undefined ? null : (
      <Modal
        open
        width={460}
        getContainer={overlayPlace}
        closable={false}
        title={t('invite.again')}
        onCancel={() => setInvitation(undefined)}
        footer={
          <Button type="primary" autoFocus onClick={() => setInvitation(undefined)}>
            {t('act.close')}
          </Button>
        }
      >
        <InvitationNote name={name} invitation={invitation} />
      </Modal>
    )
  return { items, dialog }
}
