import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Offers, PaletteGroup, PaletteOffer } from '../canvas/PaletteParts.tsx'
import { type TileActs, TileOrder, type TileOrderProps } from '../canvas/TileOrder.tsx'
import { TileFace } from '../layouts/FieldTile.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'

/** What is dragged: a column that is there, or a field that becomes one. */
export type Dragged = { readonly entry: number } | { readonly path: string }

/** Where it may be dropped: before a column, wherever the list is pointed at, or out of it. */
export type Drop = { readonly before: number } | { readonly surface: true } | { readonly out: true }

export interface ColumnActs extends TileActs {
  readonly add: (path: string) => void
}

interface ColumnsProps extends Omit<TileOrderProps, 'title' | 'place' | 'tiles' | 'acts'> {
  /** The columns in their order. */
  readonly shown: readonly LayoutField[]
  readonly acts: ColumnActs
}

/** The columns of a view. */
export function ColumnsOrder({ shown, ...rest }: ColumnsProps) {
  const { t } = useTranslation()
  return <TileOrder {...rest} title={t('example.columns')} place="columns" tiles={shown} />
}

interface ViewPaletteProps extends ColumnsProps {
  /** Fields of the entity that are no column. */
  readonly offered: readonly LayoutField[]
  /** Fields of related records: many, found by their words. */
  readonly related: readonly LayoutField[]
}

/** The columns, and what could be one: dragged onto the list or pressed; what is dragged back is taken off. */
export function ViewPalette({ offered, related, ...columns }: ViewPaletteProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const isFound = ({ label, name }: LayoutField): boolean => `${label} ${name}`.toLowerCase().includes(wanted)
  const found = offered.filter(isFound)
  const beyond = wanted === '' ? [] : related.filter(isFound).slice(0, MOST_RELATED)
  const offer = (field: LayoutField) => (
    <PaletteOffer
      key={field.name}
      id={`offer ${field.name}`}
      dragged={{ path: field.name }}
      isOff={columns.readOnly}
      onPick={({ path }) => columns.acts.add(path)}
    >
      <TileFace field={field} />
    </PaletteOffer>
  )
  return (
    <aside className="layout-palette" aria-label={t('layouts.palette')}>
      <ColumnsOrder {...columns} />
      <Offers label={t('example.search')} text={text} onText={setText}>
        <PaletteGroup title={t('example.fields')} count={found.length}>
          {found.map(offer)}
          {found.length === 0 && beyond.length === 0 ? (
            <li className="t12 ink-3 palette-none">
              {t(wanted === '' ? 'layouts.allPlaced' : 'layouts.noneFound')}
            </li>
          ) : null}
        </PaletteGroup>
        {beyond.length === 0 ? null : (
          <PaletteGroup title={t('example.related')} count={beyond.length}>
            {beyond.map(offer)}
          </PaletteGroup>
        )}
      </Offers>
    </aside>
  )
}

/** Fields of related records that are offered at once. */
const MOST_RELATED = 30

/** On a phone: a field that becomes a column. */
export function AddColumn({ offered, acts }: Pick<ViewPaletteProps, 'offered' | 'acts'>) {
  const { t } = useTranslation()
  return (
    <Select<string, { value: string; label: string }>
      className="wide"
      aria-label={t('columns.add')}
      placeholder={t('columns.add')}
      value={null as unknown as string}
      options={offered.map(({ name, label, typeWord }) => ({ value: name, label: `${label} · ${typeWord}` }))}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="plus" />}
      onChange={acts.add}
    />
  )
}
