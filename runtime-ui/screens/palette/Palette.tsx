import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../kit/icons/Icon.tsx'
import { MOD_KEY, useShortcut } from '../../kit/use-shortcut.ts'
import { openPalette, togglePalette, usePaletteOpen } from './open-palette.ts'
import './palette.css'

const PaletteDialog = lazy(async () => ({ default: (await import('./PaletteDialog.tsx')).PaletteDialog }))

/** Search, go, create and act from every page, by ⌘K. What lies over the page comes when it is first called. */
export function Palette() {
  const open = usePaletteOpen()
  useShortcut(
    'k',
    (event) => {
      event.preventDefault()
      togglePalette()
    },
    { mod: true },
  )
  if (!open) return null
  return (
    <Suspense fallback={null}>
      <PaletteDialog />
    </Suspense>
  )
}

/** The way to the palette on a phone. */
export function PaletteButton() {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="plain-button icon-link only-phone"
      aria-label={t('palette.field')}
      onClick={openPalette}
    >
      <Icon name="search" size="large" />
    </button>
  )
}

/** Where the palette is called with the mouse: it looks like the field that it opens. */
export function PaletteField() {
  const { t } = useTranslation()
  return (
    <button type="button" className="plain-button palette-field" onClick={openPalette}>
      <Icon name="search" />
      <span className="cut">{t('palette.field')}</span>
      <kbd className="end">{MOD_KEY}K</kbd>
    </button>
  )
}
