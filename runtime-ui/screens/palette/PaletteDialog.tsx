import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { overlayPlace } from '../../kit/overlays.ts'
import { useIsPhone } from '../../kit/use-media.ts'
import { MOD_KEY } from '../../kit/use-shortcut.ts'
import { usePlaceGroups } from '../frame/use-place-group.ts'
import { closePalette } from './open-palette.ts'
import { PaletteLine } from './PaletteLine.tsx'
import { PalettePreview } from './PalettePreview.tsx'
import { usePalette } from './use-palette.ts'

/**
 * Over the page: a field, what answers, and what one knows of the line in use. The field keeps the focus; the arrow
 * keys move through the lines, Tab through the types, Enter opens, with ⌘ in another tab, Escape closes.
 */
export function PaletteDialog() {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const palette = usePalette()
  const [composing, setComposing] = useState(false)
  const { field, list } = useDialogFocus(palette.line?.key)
  const id = useId()
  const nextType = useTypes(palette.entity, palette.setEntity)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composing) return
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => palette.move(1),
      ArrowUp: () => palette.move(-1),
      Enter: () => palette.choose(palette.line, event.metaKey || event.ctrlKey),
      Tab: () => nextType(event.shiftKey ? -1 : 1),
      Escape: () => (palette.text === '' ? closePalette() : palette.setText('')),
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const { line } = palette
  return createPortal(
    <div className="palette-place" role="dialog" aria-modal="true" aria-label={t('palette.title')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape does the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same */}
      <div className="palette-scrim" onClick={closePalette} />
      <div className="palette">
        <div className="palette-head">
          <Icon name="search" size="large" />
          <input
            ref={field}
            className="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={line === undefined ? undefined : idOf(id, line.key)}
            aria-label={t('palette.ask')}
            placeholder={t('palette.ask')}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={palette.text}
            onChange={(event) => palette.setText(event.target.value)}
            onKeyDown={onKeyDown}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={() => setComposing(false)}
          />
          <TypeButton entity={palette.entity} onClick={() => nextType(1)} />
          {phone ? (
            <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={closePalette} />
          ) : null}
        </div>
        <div className={line?.record === undefined ? 'palette-body' : 'palette-body with-preview'}>
          <div ref={list} className="palette-answer">
            <Nothing {...palette} />
            <div id={`${id}-list`} role="listbox" aria-label={t('palette.title')}>
              <Answer palette={palette} id={id} />
            </div>
          </div>
          {line?.record === undefined || phone ? null : <PalettePreview {...line.record} />}
        </div>
        <Foot count={palette.words === '' ? undefined : palette.count} />
      </div>
    </div>,
    overlayPlace(),
  )
}

/** Of a line in the document: its key may be an address. */
const idOf = (list: string, key: string): string => `${list}-${key.replaceAll(/[^\w-]/g, '_')}`

/** Why no record stands below. */
function Nothing({
  isNothing,
  error,
  words,
}: Pick<ReturnType<typeof usePalette>, 'isNothing' | 'error' | 'words'>) {
  const { t } = useTranslation()
  if (error !== null) return <p className="palette-nothing bad">{t('palette.failed')}</p>
  if (!isNothing) return null
  return (
    <div className="palette-nothing" role="status">
      <div className="strong">{t('palette.emptyTitle', { words })}</div>
      <div className="t13 ink-3">{t('palette.emptyWhy')}</div>
    </div>
  )
}

function Answer({ palette, id }: { readonly palette: ReturnType<typeof usePalette>; readonly id: string }) {
  const { groups, words, line, point, choose } = palette
  return (
    <>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
        <div key={group.key} role="group" aria-label={group.label}>
          <div className="palette-group t12 ink-3" aria-hidden="true">
            {group.label}
          </div>
          {group.entries.map((entry) => (
            <PaletteLine
              key={entry.key}
              id={idOf(id, entry.key)}
              entry={entry}
              words={words}
              on={entry === line}
              onPoint={() => point(entry)}
              onChoose={(isNewTab) => choose(entry, isNewTab)}
            />
          ))}
        </div>
      ))}
    </>
  )
}

/** The field has the focus as long as the palette is open; then what had it before. The line in use stays in sight. */
function useDialogFocus(line: string | undefined) {
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    field.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  useEffect(() => {
    if (line !== undefined) list.current?.querySelector('.on')?.scrollIntoView({ block: 'nearest' })
  }, [line])
  return { field, list }
}

/** Goes from all types to those of the navigation, one by one and back. */
function useTypes(entity: string | undefined, setEntity: (next: string | undefined) => void) {
  const { current } = usePlaceGroups()
  const names = [...new Set(current.places.flatMap((place) => place.entity ?? []))]
  const all = [undefined, ...names]
  return (by: number): void => setEntity(all[(all.indexOf(entity) + by + all.length) % all.length])
}

function TypeButton({
  entity,
  onClick,
}: {
  readonly entity: string | undefined
  readonly onClick: () => void
}) {
  const { t } = useTranslation()
  const { model } = useWork()
  const label = model.entities.find(({ name }) => name === entity)?.plural ?? t('palette.all')
  return (
    <button type="button" tabIndex={-1} className="plain-button palette-type t12 ink-3" onClick={onClick}>
      {label}
      <kbd className="no-phone">tab</kbd>
    </button>
  )
}

function Foot({ count }: { readonly count: number | undefined }) {
  const { t } = useTranslation()
  return (
    <div className="palette-foot t12 ink-3">
      <span className="row no-phone">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('palette.hintSelect')}
      </span>
      <span className="row no-phone">
        <kbd>↵</kbd> {t('palette.hintOpen')}
      </span>
      <span className="row no-phone">
        <kbd>{MOD_KEY}↵</kbd> {t('palette.hintTab')}
      </span>
      <span className="end" role="status">
        {count === undefined ? t('palette.typed') : t('palette.found', { count })}
      </span>
    </div>
  )
}
