import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import type { Json } from '../store/json-value.ts'
import { RemoveDialog } from './RemoveDialog.tsx'
import { RoleFormSheet, type RoleWish } from './RoleFormSheet.tsx'
import { useMayEditRoles, useRole } from './roles-context.tsx'

export interface RoleMenuProps {
  readonly name: string
  /** Undefined while it is not known, and where the draft removes it. */
  readonly role: Json | undefined
  readonly isNew: boolean
  /** The engine's own: it can be copied, and nothing else. */
  readonly isFixed: boolean
  readonly holders: number
}

/** What is done with a role as a whole: its name, a copy, its end; and how it is written. */
export function RoleMenu({ name, role, isNew, isFixed, holders }: RoleMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useMayEditRoles()
  const { restore } = useRole(name)
  const [wish, setWish] = useState<RoleWish>()
  const [removes, setRemoves] = useState(false)
  if (role === undefined) return null
  const edits = mayEdit && !isFixed
  const items = [
    ...(edits
      ? [
          {
            key: 'label',
            icon: <Icon name="edit" />,
            label: t('roles.rename'),
            onClick: () => setWish({ kind: 'label', name, role }),
          },
        ]
      : []),
    ...(mayEdit
      ? [
          {
            key: 'copy',
            icon: <Icon name="document" />,
            label: t('roles.copy'),
            onClick: () => setWish({ kind: 'copy', role }),
          },
        ]
      : []),
    ...(isNew
      ? []
      : [
          {
            key: 'json',
            icon: <Icon name="code" />,
            label: t('roles.definition'),
            onClick: () => void navigate(`/designer/role/${encodeURIComponent(name)}/definition`),
          },
        ]),
    ...(edits
      ? [
          {
            key: 'remove',
            danger: true,
            icon: <Icon name="trash" />,
            label: t('roles.remove'),
            onClick: () => (isNew ? restore() : setRemoves(true)),
          },
        ]
      : []),
  ]
  return (
    <>
      <Menu items={items} placement="bottomRight">
        <IconButton label={t('act.more')} icon={<Icon name="more" />} />
      </Menu>
      <RoleFormSheet wish={wish} onClose={() => setWish(undefined)} />
      {removes ? <RemoveDialog name={name} holders={holders} onClose={() => setRemoves(false)} /> : null}
    </>
  )
}
