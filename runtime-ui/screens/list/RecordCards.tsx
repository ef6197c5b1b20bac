import { type CSSProperties, type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Entity, RecordData, ViewColumn } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { useIsSample } from '../../kit/still.ts'
import { FieldValue, isNumeric } from '../../values/FieldValue.tsx'
import { titleOf, valueAt } from '../../values/references.ts'
import { Choice } from '../bulk/Choice.tsx'
import type { Selection } from '../bulk/use-selection.ts'
import { recordAddress } from '../frame/places.ts'
import { ClaimButton } from '../owners/ClaimButton.tsx'
import { isPerson } from './NameCell.tsx'
import { SwipeCard } from './swipe/SwipeCard.tsx'
import { type Column, useColumns } from './table/use-columns.ts'
import { useWindow } from './use-window.ts'

export const CARD_HEIGHT = 72

export interface RecordCardsProps {
  readonly entity: Entity
  readonly columns: readonly ViewColumn[]
  readonly records: readonly RecordData[]
  readonly onEnd: () => void
  readonly scroller: RefObject<HTMLDivElement | null>
  /** While cards are chosen: a tap then takes one in or out. */
  readonly selection: Selection | undefined
}

/** A list on a phone: two lines a record, the whole of it one target. */
export function RecordCards({ entity, columns, records, onEnd, scroller, selection }: RecordCardsProps) {
  const known = useColumns(entity, columns)
  const { from, to, seen } = useWindow(scroller, records.length, CARD_HEIGHT)
  useEffect(() => {
    if (seen >= records.length - 10) onEnd()
  }, [seen, records.length, onEnd])
  return (
    <CardsOf
      {...{ entity, selection, from }}
      columns={known}
      records={records.slice(from, to)}
      style={{ paddingTop: from * CARD_HEIGHT, paddingBottom: (records.length - to) * CARD_HEIGHT }}
    />
  )
}

interface CardsOfProps extends Pick<RecordCardsProps, 'entity' | 'records' | 'selection'> {
  readonly columns: readonly Column[]
  /** The place of the first one in the list. */
  readonly from: number
  readonly style?: CSSProperties
}

/** Records as two lines each: a figure and the two facts that tell most. */
export function CardsOf({ entity, columns, records, from, selection, style }: CardsOfProps) {
  const isSample = useIsSample()
  const known = columns.filter((column) => column.path !== entity.title)
  const figure = known.find((column) => isNumeric(column.field))
  const facts = [...known]
    .filter((column) => column !== figure)
    .sort(byTelling)
    .slice(0, 2)
  return (
    <ul className="cards" style={style} inert={isSample}>
      {records.map((record, offset) => (
        <Card key={record.id} {...{ entity, record, facts, figure, selection }} index={from + offset} />
      ))}
    </ul>
  )
}

/** A stage, or where a person stands, tells most, a number of the record least; otherwise the order of the view. */
function byTelling(one: Column, other: Column): number {
  const rank = ({ field }: Column): number =>
    field.type === 'stage' || field.type === 'standing' ? 0 : field.type === 'auto_number' ? 2 : 1
  return rank(one) - rank(other)
}

interface CardProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly facts: readonly Column[]
  readonly figure: Column | undefined
  readonly index: number
  readonly selection: Selection | undefined
}

function Card({ entity, record, facts, figure, index, selection }: CardProps) {
  const { t } = useTranslation()
  const title = titleOf(entity, record)
  const isChosen = selection?.ids.has(record.id) === true
  const face = (
    <>
      <Avatar name={title} person={isPerson(entity)} size="medium" />
      <div className="grow">
        <div className="row">
          <Link className="cut strong card-link" to={recordAddress(entity.name, record.id)}>
            {title}
          </Link>
          {figure === undefined ? null : (
            <span className="end card-figure">
              <FieldValue entity={entity} field={figure.field} value={valueAt(record, figure.path)} compact />
            </span>
          )}
        </div>
        <div className="card-facts t13 ink-2">
          {facts.map(({ path, field }) => (
            <span key={path} className="cut card-fact">
              <FieldValue entity={entity} field={field} value={valueAt(record, path)} compact />
            </span>
          ))}
        </div>
      </div>
      {entity.pools.length === 0 ? null : <ClaimButton entity={entity} record={record} />}
    </>
  )
  return (
    <li className={isChosen ? 'record-card chosen' : 'record-card'} data-id={record.id}>
      {selection === undefined ? (
        <SwipeCard entity={entity} record={record}>
          {face}
        </SwipeCard>
      ) : (
        <>
          <Choice
            label={t('bulk.chooseOne', { title })}
            checked={isChosen}
            onChange={() => selection.toggle(index)}
          />
          {face}
        </>
      )}
    </li>
  )
}
