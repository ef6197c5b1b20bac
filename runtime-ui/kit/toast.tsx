import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { controlsUnder } from './controls-under.ts'
import { Icon } from './icons/Icon.tsx'

export interface ToastMessage {
  readonly text: string
  /** What works stays until the next one tells what came of it. */
  readonly kind?: 'done' | 'problem' | 'works'
  /** Takes the act back; offered for ten seconds. */
  readonly undo?: () => void | Promise<void>
}

interface ShownToast extends ToastMessage {
  readonly id: number
}

const SHOWN_SECONDS = 10
let shown: ShownToast | undefined
let nextId = 1
const listeners = new Set<() => void>()

function show(next: ShownToast | undefined): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Tells what was done, at the foot of the page or, where controls stand there, at its head; the next one replaces it. */
export function toast(message: ToastMessage): void {
  show({ ...message, id: nextId++ })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where toasts appear; once a page. It stays in the document so that screen readers hear changes. */
export function ToastPlace() {
  const current = useSyncExternalStore(subscribe, () => shown)
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (current === undefined) return
    place.current!.dataset.at = 'foot'
    const look = (): void => moveAside(place.current!)
    look()
    // A toast often comes as one page gives way to the next.
    const timer = setInterval(look, 250)
    return () => clearInterval(timer)
  }, [current])
  return (
    <div className="toast-place" role="status" aria-live="polite" ref={place}>
      {current === undefined ? null : <Toast key={current.id} toast={current} />}
    </div>
  )
}

/** Where it may stand: at the foot, above what stands there, at the head. */
const PLACES = ['foot', 'raised', 'high', 'head'] as const

/** Puts it where it covers the fewest controls; it stays where it is as long as no other place is better. */
function moveAside(place: HTMLElement): void {
  const now = PLACES.find((at) => at === place.dataset.at) ?? 'foot'
  const [best] = [now, ...PLACES.filter((at) => at !== now)]
    .map((at) => {
      place.dataset.at = at
      return { at, covered: controlsUnder(place.getBoundingClientRect()) }
    })
    .sort((one, other) => one.covered - other.covered)
  place.dataset.at = best!.at
}

function Toast({ toast: { id, text, kind = 'done', undo } }: { readonly toast: ShownToast }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(undo === undefined ? SHOWN_SECONDS / 2 : SHOWN_SECONDS)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || kind === 'works') return
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000)
    return () => clearInterval(timer)
  }, [held, kind])
  useEffect(() => {
    if (left <= 0 && shown?.id === id) show(undefined)
  }, [left, id])
  return (
    <div className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      {kind === 'works' ? (
        <span className="turns" aria-hidden="true" />
      ) : (
        <Icon name={kind === 'done' ? 'check' : 'alert'} />
      )}
      <span className="cut">{text}</span>
      {undo === undefined ? null : (
        <>
          <button
            type="button"
            className="plain-button toast-undo"
            onClick={() => {
              show(undefined)
              void undo()
            }}
          >
            {t('act.undo')}
          </button>
          <span className="toast-left num" aria-hidden="true">
            {t('toast.seconds', { seconds: left })}
          </span>
        </>
      )}
    </div>
  )
}
