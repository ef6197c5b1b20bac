import { useDroppable } from '@dnd-kit/core'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { PaletteGroup, PaletteOffer } from '../canvas/PaletteParts.tsx'

/** A report that a tile can show. */
export interface Offer {
  readonly name: string
  readonly label: string
  /** Whose records it counts. */
  readonly about: string
  readonly isNumber: boolean
}

/** What is dragged: a tile that is there, a report, or (null) a text. */
export type Dragged = { readonly entry: number } | { readonly report: string | null }
export type Drop = { readonly before: number } | { readonly out: true }

/** A report as what lies in the hand shows it. */
export const reportFace = (label: string) => ({
  ...{ name: label, label, type: 'currency', typeWord: '', isRequired: false },
})

interface DashboardPaletteProps {
  readonly offers: readonly Offer[]
  readonly readOnly: boolean
  readonly onPick: (report: string | undefined) => void
}

/** The reports, each dragged onto the grid or pressed; what is dragged back is taken off. */
export function DashboardPalette({ offers, readOnly, onPick }: DashboardPaletteProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const out = useDroppable({ id: 'out', data: { out: true } satisfies Drop })
  const wanted = text.trim().toLowerCase()
  const found = offers.filter(({ name, label, about }) =>
    `${label} ${about} ${name}`.toLowerCase().includes(wanted),
  )
  return (
    <aside
      ref={out.setNodeRef}
      className={out.isOver ? 'layout-palette over' : 'layout-palette'}
      aria-label={t('layouts.palette')}
    >
      <Input
        type="search"
        prefix={<Icon name="search" />}
        aria-label={t('example.searchReports')}
        placeholder={t('example.searchReports')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <PaletteGroup title={t('layouts.components')} count={1}>
        <PaletteOffer id="text" dragged={{ report: null }} isOff={readOnly} onPick={() => onPick(undefined)}>
          <Icon name="grip" size="small" />
          <Icon name="document" />
          <span className="cut tile-label">{t('example.text')}</span>
        </PaletteOffer>
      </PaletteGroup>
      <PaletteGroup title={t('example.reports')} count={found.length}>
        {found.map(({ name, label, about }) => (
          <PaletteOffer
            key={name}
            id={`report ${name}`}
            dragged={{ report: name }}
            isOff={readOnly}
            onPick={({ report }) => onPick(report)}
          >
            <Icon name="grip" size="small" />
            <Icon name="chart" />
            <span className="cut tile-label">{label}</span>
            <span className="t12 ink-3 end tile-type">{about}</span>
          </PaletteOffer>
        ))}
        {found.length === 0 ? <li className="t12 ink-3 palette-none">{t('layouts.noneFound')}</li> : null}
      </PaletteGroup>
    </aside>
  )
}
