import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProblemItem } from '../api/problem.ts'
import type { Entity } from '../api/types.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Button, IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useWork } from '../kit/model-context.tsx'

/** The field by which it was found. */
function fieldLabel({ fields }: Entity, { path }: ProblemItem): string {
  const name = path.split('/').at(-1)
  return fields.find((field) => field.name === name)?.label ?? ''
}

export interface AlikeItemProps {
  /** The entity of the record that is being saved. */
  readonly entity: Entity
  readonly item: ProblemItem
  readonly onMerge: ((other: string) => void) | undefined
  /** Takes it instead of what is filled in; absent where nothing waits for a record. */
  readonly onUse?: ((other: string) => void) | undefined
  /** Shows it beside the form; absent where the form stands below a dialog. */
  readonly onLook?: (() => void) | undefined
}

/** One record that is there already: whose it is, by what it is like, and the ways to it. */
export function AlikeItem({ entity: saved, item, onMerge, onUse, onLook }: AlikeItemProps) {
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
  const id = record?.id
  return (
    <li className="row alike-row">
      {record?.label === null || record === undefined ? <Icon name="lock" /> : <Avatar name={name} />}
      <span className="grow alike-text">
        <span className="strong alike-name">{name}</span>
        <span className="t12 ink-3">{details.join(t('alike.comma'))}</span>
        <span className="t12 ink-2">
          {t(how, { field: fieldLabel(saved, item), percent: Math.round((likeness ?? 0) * 100) })}
        </span>
      </span>
      {record === undefined || id == null ? null : (
        <span className="row alike-acts">
          {onLook === undefined ? null : (
            <IconButton label={t('alike.look', { name })} icon={<Icon name="eye" />} onClick={onLook} />
          )}
          {onUse === undefined ? null : (
            <Button type="text" aria-label={t('alike.useOf', { name })} onClick={() => onUse(id)}>
              {t('alike.use')}
            </Button>
          )}
          {onMerge === undefined ? null : (
            <Button type="text" aria-label={t('alike.mergeOf', { name })} onClick={() => onMerge(id)}>
              {t('alike.merge')}
            </Button>
          )}
          {/* In a window of its own: nothing that was typed is lost. */}
          <Link
            className="alike-open"
            to={`/records/${record.entity}/${id}`}
            target="_blank"
            rel="noreferrer"
            aria-label={t('alike.openOf', { name })}
          >
            {t('alike.open')}
          </Link>
        </span>
      )}
    </li>
  )
}
