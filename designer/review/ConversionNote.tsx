import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listOfRecords } from '../../runtime-ui/screens/list/list-state.ts'
import type { Conversion, ConversionExample } from './conversion.ts'
import { ExampleRecord } from './ExampleRecord.tsx'

interface ConversionNoteProps {
  readonly conversion: Conversion
}

/**
 * What becomes of the values of a field of another type: how many have no counterpart or say less, a few of them with their
 * records, and the way to all that lose theirs.
 */
export function ConversionNote({ conversion }: ConversionNoteProps) {
  const { values, lost, altered = 0, returned = 0, examples = [] } = conversion
  const { t } = useTranslation()
  return (
    <div className="conversion">
      {returned === 0 ? null : <p className="t13 ink">{t('conversion.returned', { count: returned })}</p>}
      {lost === 0 && (altered > 0 || (values === 0 && returned > 0)) ? null : (
        <p className={`t13 ${lost > 0 ? 'ink' : 'ink-2'}`}>{saidOf(lost, values, t)}</p>
      )}
      {altered === 0 ? null : (
        <p className="t13 ink">{t('conversion.altered', { count: altered, of: values })}</p>
      )}
      {examples.length === 0 ? null : (
        <ul className="conversion-examples t13">
          {examples.map((example) => (
            <Example
              key={JSON.stringify([example.value, example.becomes])}
              example={example}
              entity={conversion.entity}
            />
          ))}
        </ul>
      )}
      <WayToAll conversion={conversion} />
    </div>
  )
}

function Example({
  example,
  entity,
}: {
  readonly example: ConversionExample
  readonly entity?: string | undefined
}) {
  const { t } = useTranslation()
  const { value, becomes, records, record } = example
  return (
    <li>
      {record === undefined || entity === undefined ? null : <ExampleRecord {...{ entity, record }} />}
      <span className="conversion-change">
        {value === null ? (
          <span className="ink-3">{t('conversion.empty')}</span>
        ) : (
          <span className="conversion-value">{shown(value)}</span>
        )}
        <span className="ink-3" aria-hidden="true">
          →
        </span>
        {becomes === null ? (
          <span className="conversion-none">{t('conversion.empty')}</span>
        ) : (
          <span className="conversion-value">{shown(becomes)}</span>
        )}
        {records === 1 ? null : (
          <span className="ink-3 nowrap">{t('conversion.alike', { count: records })}</span>
        )}
      </span>
    </li>
  )
}

/** A list of the records that lose their value, with that value: there they can be mended, many at once too. */
function WayToAll({ conversion }: ConversionNoteProps) {
  const { t } = useTranslation()
  const { entities } = useWork().model
  const { lost, entity: name, field, lost_records: ids = [] } = conversion
  const entity = entities.find((one) => one.name === name)
  if (entity === undefined || field === undefined || ids.length === 0) return null
  return (
    <p className="t13">
      <a className="link" href={listOfRecords(entity, ids, field)}>
        {ids.length < lost
          ? t('conversion.showFirst', { count: ids.length })
          : t('conversion.showAll', { count: lost })}
      </a>
    </p>
  )
}

const saidOf = (lost: number, values: number, t: TFunction): string =>
  lost > 0
    ? t('conversion.lost', { count: lost, of: values })
    : values === 0
      ? t('conversion.none')
      : t('conversion.all', { count: values })

/** A value in one line. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}
