import { useEffect, useRef } from 'react'
import { tellEffort } from '../api/forms.ts'
import { createEffortMeter } from './effort.ts'

const SIGNS_OF_LIFE = ['keydown', 'input', 'pointerdown'] as const

/**
 * Measures how long a person is at each field of a form.
 * @returns what tells it, once the form is stored: sums by field, of nobody and no record
 */
export function useEffort(form: string, entity: string): () => void {
  const meter = useRef(createEffortMeter())
  useEffect(() => {
    const element = document.getElementById(form)
    if (element === null) return
    const enterAt = (target: EventTarget | null): void => {
      const field = fieldAt(target, element)
      if (field !== undefined) meter.current.enter(field, performance.now())
    }
    const enter = ({ target }: FocusEvent): void => enterAt(target)
    // The first field has the focus before anybody listens.
    if (element.contains(document.activeElement)) enterAt(document.activeElement)
    const act = (): void => meter.current.act(performance.now())
    const leave = (): void => meter.current.leave(performance.now())
    element.addEventListener('focusin', enter)
    element.addEventListener('focusout', leave)
    for (const sign of SIGNS_OF_LIFE) element.addEventListener(sign, act)
    return () => {
      element.removeEventListener('focusin', enter)
      element.removeEventListener('focusout', leave)
      for (const sign of SIGNS_OF_LIFE) element.removeEventListener(sign, act)
    }
  }, [form])
  return () => {
    meter.current.leave(performance.now())
    const taken = meter.current.taken()
    if (Object.keys(taken).length > 0) void tellEffort(entity, taken)
  }
}

/** The field of the form itself: in a list of lines, the list. */
function fieldAt(target: EventTarget | null, form: HTMLElement): string | undefined {
  let found: string | undefined
  for (
    let at = target instanceof Element ? target : null;
    at !== null && at !== form;
    at = at.parentElement
  ) {
    if (at instanceof HTMLElement) found = at.dataset.field ?? found
  }
  return found
}
