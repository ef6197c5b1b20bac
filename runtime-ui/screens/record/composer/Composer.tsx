import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../../api/types.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { type IconName, iconNamed } from '../../../kit/icons/paths.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { useShortcut } from '../../../kit/use-shortcut.ts'
import { AttachTray } from '../attach/AttachTray.tsx'
import { CommentForm } from './CommentForm.tsx'
import './composer.css'
import { QuickForm } from './QuickForm.tsx'
import { newActivities } from './quick-fields.ts'

interface ComposerProps {
  readonly entity: Entity
  readonly record: RecordData
}

/** The keys that begin a note of a sort. */
const KEYS = { call: 'l', task: 't', note: 'n', meeting: 'm' } as const

const COMMENT = 'comment'

/** One box for all that one notes down about a record: a comment, or an activity that the model knows. */
export function Composer({ entity, record }: ComposerProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const activities = newActivities(entity, model.entities)
  const takesComments = entity.features.includes('comments')
  const [kind, setKind] = useState(takesComments ? COMMENT : '')
  const begin = (as: keyof typeof KEYS) => (event: KeyboardEvent) => {
    const activity = activities.find(({ entity: one }) => one.activity?.as === as)
    if (activity === undefined) return
    event.preventDefault() // the letter is no part of what is typed into the field that opens
    setKind(activity.entity.name)
  }
  useShortcut(KEYS.call, begin('call'))
  useShortcut(KEYS.task, begin('task'))
  useShortcut(KEYS.note, begin('note'))
  useShortcut(KEYS.meeting, begin('meeting'))
  const chosen = activities.find((one) => one.entity.name === kind)
  if (activities.length === 0)
    return takesComments ? <CommentForm entity={entity} record={record} isCard /> : <AttachTray />
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
        {activities.map(({ entity: { name, label, icon, activity } }) => (
          <Kind
            key={name}
            shortcut={activity === undefined ? undefined : KEYS[activity.as]}
            icon={iconNamed(icon)}
            label={label}
            on={kind === name}
            onChoose={() => setKind(kind === name ? rest : name)}
          />
        ))}
      </fieldset>
      {kind === COMMENT ? <CommentForm entity={entity} record={record} /> : <AttachTray />}
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
  readonly shortcut?: string | undefined
  readonly onChoose: () => void
}

function Kind({ icon, label, on, shortcut, onChoose }: KindProps) {
  return (
    <button
      type="button"
      className={on ? 'plain-button tab-item on' : 'plain-button tab-item'}
      aria-pressed={on}
      aria-keyshortcuts={shortcut?.toUpperCase()}
      onClick={onChoose}
    >
      <Icon name={icon} size="small" />
      {label}
    </button>
  )
}
