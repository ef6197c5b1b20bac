import { useQueryClient } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { titleOf } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { useUserActs } from '../people/use-user-acts.tsx'
import { AccessSheet } from './AccessSheet.tsx'
import { useDelete } from './use-delete.ts'

/** Edit, and what is seldom wanted. */
export function RecordActs({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const remove = useDelete(entity)
  const { me } = useWork()
  const person = useUserActs(record, titleOf(entity, record))
  const [showsAccess, setShowsAccess] = useState(false)
  const isAdministered = entity.name === 'user' && me.administration.includes('users')
  const items = [
    ...(isAdministered ? person.items : []),
    {
      key: 'refresh',
      icon: <Icon name="refresh" />,
      label: t('act.refresh'),
      onClick: () => void queryClient.invalidateQueries({ queryKey: ['records'] }),
    },
    {
      key: 'access',
      icon: <Icon name="eye" />,
      label: t('access.show'),
      onClick: () => setShowsAccess(true),
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
      {isAdministered ? person.dialog : null}
      <AccessSheet entity={entity} id={record.id} open={showsAccess} onClose={() => setShowsAccess(false)} />
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
