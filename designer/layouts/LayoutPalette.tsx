import { useDroppable } from '@dnd-kit/core'
import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { PaletteGroup, PaletteOffer } from '../canvas/PaletteParts.tsx'
import { TileFace } from './FieldTile.tsx'
import { type Dragged, type LayoutField, useLayoutPicture } from './layout-context.ts'
import { MOST_HIGHLIGHTS, PLAIN_TABS, placedFields } from './layout-edit.ts'

interface LayoutPaletteProps {
  readonly surface: 'form' | 'page'
  /** A press puts it where the selection is, or at the end. */
  readonly onPick: (dragged: Dragged) => void
}

/** What can be placed: dragged, or pressed. What is dragged back here is taken off. */
export function LayoutPalette({ surface, onPick }: LayoutPaletteProps) {
  const { t } = useTranslation()
  const { sections, highlights, fields, dragged } = useLayoutPicture()
  const [text, setText] = useState('')
  const out = useDroppable({ id: 'out', data: { out: true } })
  const wanted = text.trim().toLowerCase()
  const found = (label: string, name: string): boolean => `${label} ${name}`.toLowerCase().includes(wanted)
  const onForm = placedFields(sections ?? [])
  const taken = surface === 'form' ? onForm : new Set(highlights)
  const isFull = surface === 'page' && (highlights?.length ?? 0) >= MOST_HIGHLIGHTS
  const offered = fields.filter((field) => !taken.has(field.name) && found(field.label, field.name))
  return (
    <aside
      ref={out.setNodeRef}
      className={out.isOver && dragged !== undefined ? 'layout-palette over' : 'layout-palette'}
      aria-label={t('layouts.palette')}
    >
      <Input
        type="search"
        prefix={<Icon name="search" />}
        aria-label={t('layouts.search')}
        placeholder={t('layouts.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {surface === 'page' ? <PageOffers {...{ found, onPick }} /> : null}
      <PaletteGroup
        title={t(surface === 'page' ? 'layouts.forTop' : 'layouts.unplaced')}
        count={offered.length}
        note={isFull ? t('layouts.topFull') : undefined}
      >
        {offered.map((field) => (
          <Offer
            key={field.name}
            id={`offer ${field.name}`}
            dragged={{ field: field.name }}
            isOff={isFull}
            onPick={onPick}
          >
            <TileFace field={field} />
          </Offer>
        ))}
        {offered.length === 0 ? (
          <li className="t12 ink-3 palette-none">
            {t(wanted === '' ? 'layouts.allPlaced' : 'layouts.noneFound')}
          </li>
        ) : null}
      </PaletteGroup>
    </aside>
  )
}

interface PageOffersProps {
  readonly found: (label: string, name: string) => boolean
  readonly onPick: LayoutPaletteProps['onPick']
}

/** Lists of related records and the tabs that every page may have. */
function PageOffers({ found, onPick }: PageOffersProps) {
  const { t } = useTranslation()
  const { tabs = [], relations, features } = useLayoutPicture()
  const related = relations.filter(
    ({ name, label }) => !tabs.some((tab) => tab.related === name) && found(label, name),
  )
  const plain = PLAIN_TABS.filter(
    (name) =>
      !tabs.some((tab) => tab.related === undefined && tab.name === name) &&
      (['details', 'history'].includes(name) || features.has(name)) &&
      found(t(`layouts.tab.${name}`), name),
  )
  return (
    <>
      <PaletteGroup title={t('layouts.relatedLists')} count={related.length}>
        {related.map(({ name, label }) => (
          <Offer
            key={name}
            id={`related ${name}`}
            dragged={{ newTab: { name, related: name } }}
            onPick={onPick}
          >
            <Icon name="grip" size="small" />
            <Icon name="table" />
            <span className="cut tile-label">{label}</span>
          </Offer>
        ))}
      </PaletteGroup>
      {plain.length === 0 ? null : (
        <PaletteGroup title={t('layouts.components')} count={plain.length}>
          {plain.map((name) => (
            <Offer key={name} id={`component ${name}`} dragged={{ newTab: { name } }} onPick={onPick}>
              <Icon name="grip" size="small" />
              <Icon name="columns" />
              <span className="cut tile-label">{t(`layouts.tab.${name}`)}</span>
            </Offer>
          ))}
        </PaletteGroup>
      )}
    </>
  )
}

interface OfferProps {
  readonly id: string
  readonly dragged: Dragged
  /** There is no room for it. */
  readonly isOff?: boolean
  readonly onPick: LayoutPaletteProps['onPick']
  readonly children: ReactNode
}

function Offer({ isOff = false, ...offer }: OfferProps) {
  const { readOnly } = useLayoutPicture()
  return <PaletteOffer {...offer} isOff={readOnly || isOff} />
}

/** What lies under the pointer while it is dragged. */
export function DraggedFace({ dragged }: { readonly dragged: Dragged }) {
  const { t } = useTranslation()
  const { sections, tabs, relations, fieldOf, labelOf, tabLabel } = useLayoutPicture()
  if ('field' in dragged) return <LiftedField field={fieldOf(dragged.field)} />
  const section = 'section' in dragged ? sections?.[dragged.section] : undefined
  const tab = 'tab' in dragged ? tabs?.[dragged.tab] : undefined
  const newTab = 'newTab' in dragged ? dragged.newTab : undefined
  const words =
    section !== undefined
      ? labelOf(section)
      : tab !== undefined
        ? tabLabel(tab)
        : newTab?.related === undefined
          ? t(`layouts.tab.${newTab?.name ?? 'details'}`)
          : (relations.find(({ name }) => name === newTab.related)?.label ?? newTab.name)
  return (
    <div className="layout-tile lifted">
      <Icon name="grip" size="small" />
      <span className="cut tile-label">{words}</span>
    </div>
  )
}

function LiftedField({ field }: { readonly field: LayoutField }) {
  return (
    <div className="layout-tile lifted">
      <TileFace field={field} />
    </div>
  )
}
