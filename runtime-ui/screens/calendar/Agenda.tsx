import { useTranslation } from 'react-i18next'
import type { RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import type { CalendarParts } from './Calendar.tsx'
import { ChipLink } from './DayChip.tsx'

interface AgendaProps extends CalendarParts {
  readonly day: string
  readonly records: readonly RecordData[]
}

/** Everything of one day, from the morning on. */
export function Agenda({ entity, date, colour, day, records, onNew }: AgendaProps) {
  const { t } = useTranslation()
  return (
    <div className="agenda">
      {records.length === 0 ? <p className="ink-3 agenda-none">{t('calendar.none')}</p> : null}
      <ul>
        {records.map((record) => (
          <li key={record.id}>
            <ChipLink {...{ entity, record, date, colour }} />
          </li>
        ))}
      </ul>
      {onNew === undefined ? null : (
        <Button icon={<Icon name="plus" />} onClick={() => onNew(day)}>
          {t('act.newOf', { entity: entity.label })}
        </Button>
      )}
    </div>
  )
}
