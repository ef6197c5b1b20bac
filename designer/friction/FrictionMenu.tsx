import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import type { FieldFriction } from './api.ts'
import type { useFrictionActs } from './use-friction-acts.ts'

interface FrictionMenuProps {
  readonly field: FieldFriction
  readonly acts: ReturnType<typeof useFrictionActs>
}

/** What may be done about one field. */
export function FrictionMenu({ field, acts }: FrictionMenuProps) {
  const { t } = useTranslation()
  const { label: name, layouts } = field
  const items = [
    ...(acts.mayTakeOff && layouts.length > 0
      ? [
          {
            key: 'form',
            icon: <Icon name="columns" />,
            label: t('friction.takeOff', { count: layouts.length }),
            onClick: () =>
              void acts.takeOff(field).then(() => toast({ text: t('friction.takenOff', { name }) })),
          },
        ]
      : []),
    ...(acts.mayRemove && acts.isOwn(field.name)
      ? [
          {
            key: 'remove',
            danger: true,
            icon: <Icon name="trash" />,
            label: t('friction.remove'),
            onClick: () => {
              acts.remove([field.name])
              toast({ text: t('friction.removedOne', { name }) })
            },
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu items={items} placement="bottomRight">
      <IconButton label={t('friction.acts', { name })} icon={<Icon name="more" />} />
    </Menu>
  )
}
