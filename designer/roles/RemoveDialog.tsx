import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { listUses } from '../uses-api.ts'
import { useRole } from './roles-context.tsx'

interface RemoveDialogProps {
  readonly name: string
  readonly holders: number
  readonly onClose: () => void
}

/** Says who holds a role and what mentions it before the draft removes it. */
export function RemoveDialog({ name, holders, onClose }: RemoveDialogProps) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const role = useRole(name)
  const uses = useQuery({
    queryKey: ['meta', 'uses', 'role', name, i18n.language],
    queryFn: () => listUses('role', name),
  })
  const using = [
    ...new Map(
      (uses.data ?? []).map(({ definition }) => [`${definition.kind}/${definition.name}`, definition]),
    ).values(),
  ]
  const remove = (): void => {
    role.remove()
    void navigate('/designer/role')
  }
  return (
    <Modal
      open
      width={460}
      getContainer={overlayPlace}
      closable={false}
      title={t('roles.removeTitle')}
      onCancel={onClose}
      footer={[
        <Button key="stay" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="remove" danger autoFocus onClick={remove}>
          {t('roles.remove')}
        </Button>,
      ]}
    >
      <p>{t('roles.removeHolders', { count: holders })}</p>
      {uses.isError ? <p className="bad t13">{t('designer.usesFailed')}</p> : null}
      {using.length === 0 ? null : (
        <>
          <p className="remove-uses">{t('roles.removeUses', { count: using.length })}</p>
          <ul className="t13 ink-2">
            {using.map((one) => (
              <li key={`${one.kind}/${one.name}`}>
                {textIn(one.label, i18n.language, one.name)} <span className="mono ink-3">{one.kind}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="ink-3 t13 remove-uses">{t('roles.removeText')}</p>
    </Modal>
  )
}
