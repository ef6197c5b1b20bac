import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'

/** What is seldom wanted on a list: its recycle bin. */
export function MoreMenu({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (!entity.rights.delete && !entity.rights.restore) return null
  const items = [
    {
      key: 'bin',
      icon: <Icon name="trash" />,
      label: t('bin.title'),
      onClick: () => void navigate(`/records/${entity.name}/bin`),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <IconButton label={t('act.more')} icon={<Icon name="more" />} />
    </Dropdown>
  )
}
