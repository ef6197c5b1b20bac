import { useTranslation } from 'react-i18next'
import type { Entity } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'

export interface SortMenuProps {
  readonly entity: Entity
  readonly columns: readonly { readonly field: string }[]
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
}

/** The order of a list, also by fields that are no column, and where there are no heads to press (phone). */
export function SortMenu({ entity, columns, sort, onSort }: SortMenuProps) {
  const { t } = useTranslation()
  const first = sort?.split(',')[0]
  const shown = new Set(columns.map((column) => column.field))
  const extra = ['created_at', 'updated_at']
  const fields = entity.fields.filter(
    (field) => field.sortable && (shown.has(field.name) || extra.includes(field.name)),
  )
  const items = fields.flatMap((field) =>
    [field.name, `-${field.name}`].map((key) => ({
      key,
      icon: <span className="menu-tick">{first === key ? <Icon name="check" /> : null}</span>,
      label: t(key.startsWith('-') ? 'sort.down' : 'sort.up', { field: field.label }),
      onClick: () => onSort(key),
    })),
  )
  return (
    <Menu items={items} placement="bottomRight">
      <IconButton label={t('sort.title')} icon={<Icon name="sort" />} />
    </Menu>
  )
}
