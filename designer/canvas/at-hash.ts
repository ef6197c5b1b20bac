import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { isObject, valueAt } from '../store/json-value.ts'

/** What a picture shows of each kind, by the first step of a path: an address that leads there leads into the picture. */
const IN_PICTURE: Readonly<Record<string, readonly string[]>> = {
  pipeline: ['stages'],
  layout: ['form', 'page'],
  view: ['columns'],
  app: ['nav'],
  dashboard: ['tiles'],
  report: ['rows', 'columns', 'measures', 'list'],
  assignment: ['rules'],
  approval: ['levels'],
  flow: ['trigger', 'steps'],
  scenario: ['given', 'steps'],
}

/** The path to which an address leads: of `#stages/2/next`, stages, 2, next. */
export const pathIn = (hash: string): readonly string[] => {
  try {
    return decodeURIComponent(hash.slice(1)).split('/')
  } catch {
    return [] // an address that somebody has written by hand
  }
}

/** The path to which an address leads in a definition: an entry of a list may be told by its name, as in `#fields/amount`. */
export function placeOf(hash: string, definition: unknown): readonly string[] {
  let here = definition
  return pathIn(hash).map((step) => {
    const list = Array.isArray(here) ? here : undefined
    const at = list?.findIndex((one) => isObject(one) && one.name === step) ?? -1
    const found = at < 0 ? step : String(at)
    here = valueAt(here, [found])
    return found
  })
}

/** Whether an address leads to an entry that the picture of a kind shows, such as `#stages/2/next`. */
export function isInPicture(kind: string, hash: string): boolean {
  const steps = pathIn(hash)
  return IN_PICTURE[kind]?.includes(steps[0] ?? '') === true && steps.length > 1
}

/** The place in a list to which an address leads: of `#stages/2/next` below `stages`, 2. */
export function entryAt(hash: string, list: readonly string[]): number | undefined {
  const steps = pathIn(hash)
  const at = Number(steps[list.length])
  const isThere = steps.length > list.length && list.every((step, place) => steps[place] === step)
  return isThere && Number.isInteger(at) && at >= 0 ? at : undefined
}

/** Selects what the address leads to, as it is opened and whenever it changes. */
export function useAtHash(select: (hash: string) => void): void {
  const { hash, key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address that is pressed again leads there again
  useEffect(() => {
    if (hash !== '') select(hash)
  }, [hash, key])
}
