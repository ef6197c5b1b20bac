import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../../api/types.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { type IconName, iconNamed } from '../../../kit/icons/paths.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { CommentForm } from './CommentForm.tsx'
import './composer.css'
import { QuickForm } from './QuickForm.tsx'
import { newActivities } from './quick-fields.ts'

interface ComposerProps {
  readonly entity: Entity
  readonly record: RecordData
}

const COMMENT = 'comment'

/** One box for all that one notes down about a record: a comment, or an activity that the model knows. */
export function Composer({ entity, record }: ComposerProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const activities = newActivities(entity, model.entities)
  const takesComments = entity.features.includes('comments')
  const [kind, setKind] = useState(takesComments ? COMMENT : '')
  const chosen = activities.find((one) => one.entity.name === kind)
  if (activities.length === 0)
    return takesComments ? <CommentForm entity={entity} record={record} isCard /> : null
  const rest = takesComments ? COMMENT : ''
  return (
    <div className="composer">
      <fieldset className="composer-kinds" aria-label={t('composer.kinds')}>
        {takesComments ? (
          <Kind
            icon="message"
            label={t('composer.comment')}
            on={kind === COMMENT}
            onChoose={() => setKind(COMMENT)}
          />
        ) : null}
        {activities.map(({ entity: { name, label, icon } }) => (
          <Kind
            key={name}
            icon={iconNamed(icon)}
            label={label}
            on={kind === name}
            onChoose={() => setKind(kind === name ? rest : name)}
          />
        ))}
      </fieldset>
      {kind === COMMENT ? <CommentForm entity={entity} record={record} /> : null}
      {chosen === undefined ? null : (
        <QuickForm
          key={kind}
          entity={entity}
          record={record}
          activity={chosen}
          onDone={() => setKind(rest)}
        />
      )}
    </div>
  )
}

interface KindProps {
  readonly icon: IconName
  readonly label: string
  readonly on: boolean
  readonly onChoose: () => void
}

function Kind({ icon, label, on, onChoose }: KindProps) {
  return (
    <button
      type="button"
      className={on ? 'plain-button tab-item on' : 'plain-button tab-item'}
      aria-pressed={on}
      onClick={onChoose}
    >
      <Icon name={icon} size="small" />
      {label}
    </button>
  )
}
