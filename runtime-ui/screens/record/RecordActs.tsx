import { useQueryClient } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { useDelete } from './use-delete.ts'

/** Edit, and what is seldom wanted. */
export function RecordActs({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const remove = useDelete(entity)
  const items = [
    {
      key: 'refresh',
      icon: <Icon name="refresh" />,
      label: t('act.refresh'),
      onClick: () => void queryClient.invalidateQueries({ queryKey: ['records'] }),
    },
    ...(entity.rights.delete
      ? [
          {
            key: 'delete',
            danger: true,
            icon: <Icon name="trash" />,
            label: t('act.delete'),
            onClick: () => void remove(record.id, titleOf(entity, record)),
          },
        ]
      : []),
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <IconButton label={t('act.more')} icon={<Icon name="more" />} />
      </Dropdown>
      {entity.rights.update ? (
        <Button
          icon={<Icon name="edit" />}
          onClick={() => void navigate(`${recordAddress(entity.name, record.id)}/edit`)}
        >
          {t('act.edit')}
          <kbd className="no-phone">E</kbd>
        </Button>
      ) : null}
    </>
  )
}
