import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RoleItem } from '../../runtime-ui/api/rights.ts'
import { viewAs } from '../../runtime-ui/api/session.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { startAnew } from '../../runtime-ui/screens/frame/ViewBar.tsx'
import { useRefusal } from '../../runtime-ui/screens/record/use-delete.ts'
import { definitionAddress } from '../places.ts'
import { useStore } from '../store/store.tsx'

/** People that the menu offers; any other is found among the users. */
const MOST = 8

interface SeeAsMenuProps {
  readonly role: string
  readonly item: RoleItem | undefined
  /** The entity that is chosen on the page of the role, whose form can be looked at as the role. */
  readonly entity: string | undefined
}

/** What those who have the role see: the pages through the eyes of one of them, or a form as the role alone meets it. */
export function SeeAsMenu({ role, item, entity }: SeeAsMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useWork()
  const refuse = useRefusal()
  const { index } = useStore()
  const others = (item?.people ?? []).filter(({ id }) => id !== me.user.id)
  const mayView = me.viewer === undefined && me.administration.includes('users')
  const people = mayView ? others.slice(0, MOST) : []
  const layout = [...index.values()].find((one) => one.kind === 'layout' && one.entity === entity)
  const items = [
    ...people.map(({ id, name }) => ({
      key: id,
      icon: <Icon name="user" />,
      label: t('viewAs.act', { name }),
      onClick: () => void viewAs(id).then(startAnew, refuse),
    })),
    ...(layout === undefined
      ? []
      : [
          {
            key: 'form',
            icon: <Icon name="columns" />,
            label: t('roles.seeForm'),
            onClick: () =>
              void navigate(`${definitionAddress('layout', layout.name)}?as=${encodeURIComponent(role)}`),
          },
        ]),
    {
      key: 'who',
      icon: <Icon name="eye" />,
      label: t('rights.who'),
      onClick: () => window.location.assign('/who-sees'),
    },
  ]
  return (
    <Menu items={items} placement="bottomRight">
      <Button icon={<Icon name="eye" />}>{t('roles.seeAs')}</Button>
    </Menu>
  )
}
