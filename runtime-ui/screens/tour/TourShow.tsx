import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { TourName } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { overlayPlace } from '../../kit/overlays.ts'
import { type Box, placeCard, TOUR_STEPS, type TourStep, targetOf } from './steps.ts'
import './tour.css'

interface TourShowProps {
  readonly name: TourName
  readonly onEnd: () => void
}

/** Space around what is pointed at. */
const ROOM = 4
/** The ring around it stays within the window. */
const EDGE = 2

/** Points at one thing after the other and says what it is for: Enter or an arrow goes on, Escape ends it. */
export function TourShow({ name, onEnd }: TourShowProps) {
  const { t } = useTranslation()
  // What is there when it begins: a step without its place would point at nothing.
  const [steps] = useState(() => TOUR_STEPS[name].filter((step) => targetOf(step) !== undefined))
  const [at, setAt] = useState(0)
  const step = steps[at]
  const card = useRef<HTMLDivElement>(null)
  const { box, place } = usePlaces(step, card)
  const former = useRef(document.activeElement)
  useEffect(() => {
    const before = former.current
    // Back to where one was; what is gone with the sheet that it was begun from leaves the page itself.
    return () => {
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body
      if (isThere) before.focus()
      else document.getElementById('main')?.focus()
    }
  }, [])
  useEffect(() => {
    if (step === undefined) onEnd()
  }, [step, onEnd])
  useEffect(() => {
    if (at >= 0) card.current?.querySelector<HTMLElement>('[data-next]')?.focus()
  }, [at])
  if (step === undefined) return null
  const isLast = at === steps.length - 1
  const go = (by: number): void => {
    if (by > 0 && isLast) onEnd()
    else setAt(Math.max(0, at + by))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation() // the page beneath has keys of its own
    if (event.key === 'Escape') onEnd()
    else if (event.key === 'ArrowRight') go(1)
    else if (event.key === 'ArrowLeft') go(-1)
    else if (event.key === 'Tab') keepInside(event, card.current)
  }
  return createPortal(
    <div className="tour no-print">
      <div className="tour-light" style={box} />
      <div
        ref={card}
        className="tour-card"
        role="dialog"
        aria-modal
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        style={place}
        onKeyDown={onKeyDown}
      >
        <h2 className="h3" id="tour-title">
          {t(`tour.title.${name}.${step.name}`)}
        </h2>
        <p className="ink-2" id="tour-text">
          {t(`tour.text.${name}.${step.name}`)}
        </p>
        <div className="row">
          <span className="t12 ink-3 num grow">{t('tour.at', { at: at + 1, of: steps.length })}</span>
          {isLast ? null : (
            <Button type="text" onClick={onEnd}>
              {t('tour.skip')}
            </Button>
          )}
          {at === 0 ? null : <Button onClick={() => go(-1)}>{t('tour.back')}</Button>}
          <Button type="primary" data-next onClick={() => go(1)}>
            {t(isLast ? 'tour.done' : 'tour.next')}
          </Button>
        </div>
      </div>
    </div>,
    overlayPlace(),
  )
}

/** Where the light falls and where the card stands, also when the window is turned or made smaller. */
function usePlaces(step: TourStep | undefined, card: { readonly current: HTMLElement | null }) {
  const [box, setBox] = useState<Box>({ top: 0, left: 0, width: 0, height: 0 })
  const [place, setPlace] = useState({ top: 0, left: 0 })
  useLayoutEffect(() => {
    if (step === undefined) return
    targetOf(step)?.scrollIntoView({ block: 'nearest', inline: 'center' })
    const measure = (): void => {
      const target = targetOf(step)
      if (target === undefined || card.current === null) return
      const { top, left, width, height } = target.getBoundingClientRect()
      const screen = { width: window.innerWidth, height: window.innerHeight }
      const shown = {
        top: Math.max(EDGE, top - ROOM),
        left: Math.max(EDGE, left - ROOM),
        width: Math.min(left + width + ROOM, screen.width - EDGE) - Math.max(EDGE, left - ROOM),
        height: Math.min(top + height + ROOM, screen.height - EDGE) - Math.max(EDGE, top - ROOM),
      }
      setBox(shown)
      setPlace(placeCard(shown, card.current.getBoundingClientRect(), screen))
    }
    measure()
    window.addEventListener('resize', measure)
    window.addEventListener('scroll', measure, true)
    return () => {
      window.removeEventListener('resize', measure)
      window.removeEventListener('scroll', measure, true)
    }
  }, [step, card])
  return { box, place }
}

/** The page beneath is out of reach until it ends. */
function keepInside(event: KeyboardEvent, card: HTMLElement | null): void {
  const buttons = [...(card?.querySelectorAll<HTMLElement>('button') ?? [])]
  const [first, last] = [buttons[0], buttons.at(-1)]
  const isAtEnd = document.activeElement === (event.shiftKey ? first : last)
  if (!isAtEnd) return
  event.preventDefault()
  ;(event.shiftKey ? last : first)?.focus()
}
