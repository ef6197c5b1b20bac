import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Entity, RecordData, ViewColumn } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { useIsSample } from '../../kit/still.ts'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf, valueAt } from '../../values/references.ts'
import { Choice } from '../bulk/Choice.tsx'
import type { Selection } from '../bulk/use-selection.ts'
import { recordAddress } from '../frame/places.ts'
import './gallery.css'
import { isPerson } from './NameCell.tsx'
import { type Column, useColumns } from './table/use-columns.ts'

interface GalleryProps {
  readonly entity: Entity
  readonly columns: readonly ViewColumn[]
  readonly records: readonly RecordData[]
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onEnd: () => void
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly selection: Selection | undefined
}

/** Pixels before the end at which more is asked for. */
const NEAR = '600px'

/** Records as cards side by side, each with the view's columns; the browser draws only those near the window. */
export function Gallery({
  entity,
  records,
  scroller,
  onEnd,
  active,
  onActive,
  selection,
  ...rest
}: GalleryProps) {
  const columns = useColumns(entity, rest.columns).filter(({ path }) => path !== entity.title)
  const isSample = useIsSample()
  const end = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onEnd()
      },
      { root: scroller.current, rootMargin: NEAR },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [onEnd, scroller])
  useEffect(() => {
    if (active >= 0) scroller.current?.querySelector('.gallery-card.on')?.scrollIntoView({ block: 'nearest' })
  }, [active, scroller])
  return (
    <ul className={(selection?.ids.size ?? 0) > 0 ? 'gallery choosing' : 'gallery'} inert={isSample}>
      {records.map((record, index) => (
        <GalleryCard
          key={record.id}
          {...{ entity, record, columns, index, selection, onActive }}
          isActive={index === active}
        />
      ))}
      <li ref={end} aria-hidden="true" className="gallery-end" />
    </ul>
  )
}

interface GalleryCardProps extends Pick<GalleryProps, 'entity' | 'onActive' | 'selection'> {
  readonly record: RecordData
  readonly columns: readonly Column[]
  readonly index: number
  readonly isActive: boolean
}

function GalleryCard({ entity, record, columns, index, selection, onActive, isActive }: GalleryCardProps) {
  const { t } = useTranslation()
  const title = titleOf(entity, record)
  const isChosen = selection?.ids.has(record.id) === true
  const classes = ['gallery-card', isActive ? 'on' : '', isChosen ? 'chosen' : '']
  return (
    <li
      className={classes.filter((one) => one !== '').join(' ')}
      data-id={record.id}
      aria-current={isActive ? 'true' : undefined}
      onPointerDown={() => onActive(index)}
    >
      <div className="row gallery-title">
        <Avatar name={title} person={isPerson(entity)} size="medium" />
        <Link className="grow strong gallery-link" to={recordAddress(entity.name, record.id)}>
          {title}
        </Link>
        {selection === undefined ? null : (
          <Choice
            label={t('bulk.chooseOne', { title })}
            checked={isChosen}
            onChange={(range) => selection.toggle(index, range)}
          />
        )}
      </div>
      <dl>
        {columns.map(({ path, field }) => (
          <div key={path}>
            <dt>{field.label}</dt>
            <dd className="cut">
              <FieldValue {...{ entity, field }} value={valueAt(record, path)} compact />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
