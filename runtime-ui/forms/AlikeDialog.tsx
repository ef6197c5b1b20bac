import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProblemItem } from '../api/problem.ts'
import type { Entity } from '../api/types.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useWork } from '../kit/model-context.tsx'
import { overlayPlace } from '../kit/overlays.ts'
import { mayAccept } from './alike.ts'

export interface AlikeDialogProps {
  /** The entity of the record that is being saved. */
  readonly entity: Entity
  readonly items: readonly ProblemItem[]
  /** What “all the same” is called: to create, to save, to restore. */
  readonly acceptLabel: string
  /** The way back, where it is not a form. */
  readonly backLabel?: string
  readonly busy: boolean
  readonly onAccept: () => void
  readonly onClose: () => void
  /** Stores what is saved and goes on to merge it with one of them, for who may; absent where nothing is stored. */
  readonly onMerge?: ((other: string) => void) | undefined
}

/** Records that are there already and like the one that is being saved: whose they are, and the way to them. */
export function AlikeDialog(props: AlikeDialogProps) {
  const { entity, items, acceptLabel, busy, onAccept, onClose } = props
  const { t } = useTranslation()
  const isOpen = mayAccept(items)
  return (
    <Modal
      open
      width={520}
      title={t(isOpen ? 'alike.title' : 'alike.blockedTitle')}
      onCancel={onClose}
      getContainer={overlayPlace}
      closable={false}
      footer={[
        ...(isOpen
          ? [
              <Button key="accept" aria-busy={busy} onClick={onAccept}>
                {acceptLabel}
              </Button>,
            ]
          : []),
        <Button key="back" type="primary" autoFocus onClick={onClose}>
          {props.backLabel ?? t('alike.back')}
        </Button>,
      ]}
    >
      <p className="ink-2 conflict-text">{t(isOpen ? 'alike.text' : 'alike.blockedText')}</p>
      <ul className="alike">
        {items.map((item, index) => (
          <AlikeItem
            key={`${item.path} ${item.record?.rule} ${item.record?.id ?? index}`}
            item={item}
            field={fieldLabel(entity, item)}
            onMerge={
              isOpen && entity.rights.merge && item.record?.entity === entity.name ? props.onMerge : undefined
            }
          />
        ))}
      </ul>
    </Modal>
  )
}

/** The field by which it was found. */
function fieldLabel({ fields }: Entity, { path }: ProblemItem): string {
  const name = path.split('/').at(-1)
  return fields.find((field) => field.name === name)?.label ?? ''
}

interface AlikeItemProps {
  readonly item: ProblemItem
  readonly field: string
  readonly onMerge: ((other: string) => void) | undefined
}

function AlikeItem({ item, field, onMerge }: AlikeItemProps) {
  const { t } = useTranslation()
  const { entities } = useWork().model
  const { record } = item
  const entity = entities.find(({ name }) => name === record?.entity)
  const name = record?.label ?? t('alike.hidden', { entity: entity?.label ?? t('alike.record') })
  const owner =
    record?.owner === undefined
      ? undefined
      : record.owner === null
        ? t('alike.nobody')
        : t('alike.owner', { name: record.owner.label })
  const details = [record?.label === null ? undefined : entity?.label, owner].filter(Boolean)
  const { likeness } = record ?? {}
  const how = likeness === undefined ? 'alike.matches' : likeness === 1 ? 'alike.same' : 'alike.likeness'
  return (
    <li className="row alike-row">
      {record?.label === null || record === undefined ? <Icon name="lock" /> : <Avatar name={name} />}
      <span className="grow alike-text">
        <span className="strong alike-name">{name}</span>
        <span className="t12 ink-3">{details.join(t('alike.comma'))}</span>
        <span className="t12 ink-2">{t(how, { field, percent: Math.round((likeness ?? 0) * 100) })}</span>
      </span>
      {record?.id == null || onMerge === undefined ? null : (
        <Button
          type="text"
          aria-label={t('alike.mergeOf', { name })}
          onClick={() => record.id !== null && onMerge(record.id)}
        >
          {t('alike.merge')}
        </Button>
      )}
      {record?.id === null || record === undefined ? null : (
        // In a window of its own: nothing that was typed is lost.
        <Link
          className="alike-open"
          to={`/records/${record.entity}/${record.id}`}
          target="_blank"
          rel="noreferrer"
          aria-label={t('alike.openOf', { name })}
        >
          {t('alike.open')}
        </Link>
      )}
    </li>
  )
}
