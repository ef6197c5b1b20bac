import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { type Mention, mentionable } from '../../../api/records.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { usePaused } from '../../../widgets/use-offered.ts'
import { type MentionPlace, mentionAt, mentionedIn, withMention } from '../mentions.ts'

export interface MentionBox {
  /** Where somebody is being mentioned; undefined: nowhere. */
  readonly place: MentionPlace | undefined
  readonly people: readonly (Mention & { readonly label: string })[]
  /** The line in use. */
  readonly active: number
  readonly isSettled: boolean
  readonly isError: boolean
  point(index: number): void
  choose(index: number): void
  close(): void
  /** Looks whether the caret stands behind an @; by what is typed, since a phone's keyboard tells no keys. */
  look(text: string, caret: number): void
  /** Puts an @ where the caret stands. */
  begin(): void
  /** @returns whether the key was meant for the list */
  press(event: KeyboardEvent): boolean
  /** Ids of those chosen whose names the text still says. */
  mentioned(): readonly string[]
  forget(): void
}

/**
 * Mentioning people in a text: what is typed behind an @ is looked for on the server, a choice puts the name there.
 * @param known whom the text named before it was changed, by id
 */
export function useMention(
  entity: Entity,
  record: RecordData,
  box: { readonly current: HTMLTextAreaElement | null },
  text: string,
  setText: (text: string) => void,
  known?: ReadonlyMap<string, string>,
): MentionBox {
  const [place, setPlace] = useState<MentionPlace>()
  const [active, setActive] = useState(0)
  const chosen = useRef(new Map(known))
  const caret = useRef<number>(undefined)
  const words = usePaused(place?.words ?? '')
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'mentionable', words],
    queryFn: ({ signal }) => mentionable(entity.name, record.id, words, signal),
    enabled: place !== undefined,
    placeholderData: (previous) => previous,
  })
  const isSettled = words === place?.words && query.isSuccess && !query.isPlaceholderData
  // Until the answer is there, of what was found before only what fits: Enter takes the first.
  const fits = (label: string): boolean =>
    isSettled || label.toLowerCase().includes((place?.words ?? '').toLowerCase())
  const people = (place === undefined ? [] : (query.data ?? [])).flatMap(({ id, label }) =>
    label === null || !fits(label) ? [] : [{ id, label }],
  )
  const at = Math.min(active, Math.max(0, people.length - 1))
  // Only once the text stands in the field can the caret stand in it.
  useLayoutEffect(() => {
    if (caret.current === undefined) return
    box.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  })

  const look = (next: string, position: number): void => {
    const found = mentionAt(next, position)
    if (found?.start !== place?.start || found?.words !== place?.words) setActive(0)
    setPlace(found)
  }
  const put = (next: string, position: number): void => {
    caret.current = position
    setText(next)
    box.current?.focus()
  }
  const choose = (index: number): void => {
    const person = people[index]
    if (person === undefined || place === undefined) return
    chosen.current.set(person.id, person.label)
    const said = withMention(text, place, person.label)
    setPlace(undefined)
    put(said.text, said.caret)
  }
  return {
    ...{ place, people, active: at, isSettled },
    isError: query.isError,
    point: setActive,
    choose,
    close: () => setPlace(undefined),
    look,
    begin() {
      const from = box.current?.selectionStart ?? text.length
      const before = text.slice(0, from)
      // Behind a letter it would be part of an address.
      const said = /[A-Za-z0-9._%+-]$/.test(before) ? ' @' : '@'
      const next = before + said + text.slice(from)
      put(next, from + said.length)
      look(next, from + said.length)
    },
    press(event) {
      if (place === undefined || event.nativeEvent.isComposing) return false
      if (event.key === 'Escape') {
        setPlace(undefined)
        return true
      }
      if (people.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false
      const step = STEPS[event.key]
      if (step !== undefined) {
        setActive((at + step + people.length) % people.length)
        return true
      }
      if ((event.key !== 'Enter' && event.key !== 'Tab') || event.shiftKey) return false
      choose(at)
      return true
    },
    mentioned: () => mentionedIn(text, chosen.current),
    forget: () => chosen.current.clear(),
  }
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
