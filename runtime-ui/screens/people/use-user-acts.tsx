import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Invitation, inviteAgain, signOutUser } from '../../api/account.ts'
import { patchRecord } from '../../api/records.ts'
import { viewAs } from '../../api/session.ts'
import type { RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { overlayPlace } from '../../kit/overlays.ts'
import { toast } from '../../kit/toast.tsx'
import { startAnew } from '../frame/ViewBar.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { UserRightsSheet } from '../rights/UserRightsSheet.tsx'
import { InvitationNote } from './InvitationNote.tsx'
import { SwitchOffDialog } from './SwitchOffDialog.tsx'

/** What an administrator of users does for one of them, as entries of a menu and the dialog that they open. */
export function useUserActs(record: RecordData, name: string) {
  const { t } = useTranslation()
  const { me } = useWork()
  const refuse = useRefusal()
  const queryClient = useQueryClient()
  const { id } = record
  const [isSwitching, setIsSwitching] = useState(false)
  const [showsRights, setShowsRights] = useState(false)
  const [invitation, setInvitation] = useState<Invitation>()
  const turn = async (active: boolean): Promise<void> => {
    try {
      await patchRecord('user', id, { active })
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      toast({ text: t(active ? 'switch.isOn' : 'switch.isOff', { name }) })
    } catch (error) {
      refuse(error)
    }
  }
  const isOff = record.active === false
  const view = {
    key: 'view_as',
    icon: <Icon name="eye" />,
    label: t('viewAs.act', { name }),
    onClick: () => void viewAs(id).then(startAnew, refuse),
  }
  const items = [
    ...(id === me.user.id || me.viewer !== undefined ? [] : [view]),
    {
      key: 'rights',
      icon: <Icon name="shield" />,
      label: t('rights.show'),
      onClick: () => setShowsRights(true),
    },
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
    ...(id === me.user.id // nobody shuts themselves out
      ? []
      : [
          {
            key: 'switch',
            icon: <Icon name={isOff ? 'check' : 'lock'} />,
            label: t(isOff ? 'switch.on' : 'switch.off'),
            onClick: () => (isOff ? void turn(true) : setIsSwitching(true)),
          },
        ]),
  ]
  const invited =
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
  const dialog = (
    <>
      {invited}
      {isSwitching ? (
        <SwitchOffDialog
          name={name}
          onClose={() => setIsSwitching(false)}
          onConfirm={() => void turn(false)}
        />
      ) : null}
      <UserRightsSheet id={id} name={name} open={showsRights} onClose={() => setShowsRights(false)} />
    </>
  )
  return { items, dialog }
}
