import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry, TimelinePerson } from '../../../api/timeline.ts'
import { Avatar } from '../../../kit/Avatar.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import type { IconName } from '../../../kit/icons/paths.ts'
import { OfMerged } from '../MergedWords.tsx'
import { When } from './When.tsx'

export interface ToldProps {
  readonly entry: TimelineEntry
  /** What was done, behind the name of who did it. */
  readonly act: ReactNode
  /** What the engine did by itself has a picture instead of a face. */
  readonly icon?: IconName
  /** Who, where it is no person. */
  readonly by?: string
  readonly children?: ReactNode
}

/** One thing that happened: who, what, when, and below it what of it is worth reading. */
export function Told({ entry, act, icon, by, children }: ToldProps) {
  const { t } = useTranslation()
  const who = usePersonName(entry.actor)
  const name = by ?? who ?? t('history.system')
  return (
    <li className="event" data-type={entry.type}>
      {icon === undefined && entry.actor !== null ? (
        <Avatar name={name} person size="medium" />
      ) : (
        <span className="event-mark">
          <Icon name={icon ?? 'bolt'} />
        </span>
      )}
      <div className="grow">
        <div className="row event-head">
          <span className="event-words">
            <span className="strong">{name}</span> <span className="ink-2">{act}</span>
            <OfMerged of={entry.merged_from} />
          </span>
          <span className="t12 ink-3 end nowrap">
            <When instant={entry.at} />
          </span>
        </div>
        {children}
      </div>
    </li>
  )
}

/** What somebody is called; undefined for the engine. */
export function usePersonName(person: TimelinePerson | null): string | undefined {
  const { t } = useTranslation()
  return person === null ? undefined : (person.label ?? t('record.somebody'))
}
