import { useTranslation } from 'react-i18next'
import type { Entity, Model } from '../../../api/types.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { type IconName, iconNamed } from '../../../kit/icons/paths.ts'
import { useWork } from '../../../kit/model-context.tsx'

export interface TimelineFilterProps {
  readonly entity: Entity
  /** The types that are chosen; none: all are shown. */
  readonly chosen: readonly string[]
  readonly onChoose: (types: readonly string[]) => void
}

interface Choice {
  readonly type: string
  readonly label: string
  readonly icon: IconName
}

const ICONS: Readonly<Record<string, IconName>> = {
  comment: 'message',
  file: 'paperclip',
  stage: 'flag',
  change: 'edit',
  assignment: 'user',
  approval: 'shield',
  flow: 'bolt',
}
const ACTIVITY = 'record.'

/** Chips by which one looks at one kind of thing alone; what people did stands before what changed. */
export function TimelineFilter({ entity, chosen, onChoose }: TimelineFilterProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const choices = choicesOf(entity, model, t)
  if (choices.length < 2) return null
  const toggle = (type: string): void =>
    onChoose(chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type])
  return (
    <fieldset className="timeline-filter" aria-label={t('timeline.filter')}>
      <button
        type="button"
        className={chosen.length === 0 ? 'plain-button kind on' : 'plain-button kind'}
        aria-pressed={chosen.length === 0}
        onClick={() => onChoose([])}
      >
        {t('timeline.all')}
      </button>
      {choices.map(({ type, label, icon }) => (
        <button
          key={type}
          type="button"
          data-type={type}
          className={chosen.includes(type) ? 'plain-button kind on' : 'plain-button kind'}
          aria-pressed={chosen.includes(type)}
          onClick={() => toggle(type)}
        >
          <Icon name={icon} size="small" />
          {label}
        </button>
      ))}
    </fieldset>
  )
}

function choicesOf(entity: Entity, model: Model, t: (key: string) => string): readonly Choice[] {
  const activities = entity.timeline.flatMap((type): readonly Choice[] => {
    const other = type.startsWith(ACTIVITY)
      ? model.entities.find(({ name }) => name === type.slice(ACTIVITY.length))
      : undefined
    return other === undefined ? [] : [{ type, label: other.plural, icon: iconNamed(other.icon) }]
  })
  const others = Object.entries(ICONS).flatMap(([type, icon]): readonly Choice[] =>
    entity.timeline.includes(type) ? [{ type, label: t(`timeline.type.${type}`), icon }] : [],
  )
  return [...activities, ...others]
}
