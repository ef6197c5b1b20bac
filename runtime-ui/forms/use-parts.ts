import { useState } from 'react'
import { flushSync } from 'react-dom'
import { goToField } from './ProblemSummary.tsx'
import { partAt, partBeside, partsAs } from './parts.ts'
import type { FormSection } from './sections.ts'

export interface Parts {
  readonly as: 'tabs' | 'steps'
  readonly shown: readonly FormSection[]
  readonly current: FormSection
  readonly next: FormSection | undefined
  readonly previous: FormSection | undefined
  readonly choose: (part: FormSection) => void
  /** Goes to the next step; where the one that would be left has a problem it is told, and stays. */
  readonly forward: () => void
}

export interface PartsQuestion {
  readonly uiSchema: Readonly<Record<string, unknown>>
  readonly isNew: boolean
  readonly all: readonly FormSection[]
  readonly shown: readonly FormSection[]
  /** Tells what is wrong in these fields from now on. @returns the first field with a problem */
  readonly check: (fields: readonly string[]) => string | undefined
}

/** Where one is in a form of tabs or steps; undefined for any other form, and for one with a single section. */
export function useParts({ uiSchema, isNew, all, shown, check }: PartsQuestion): Parts | undefined {
  const [chosen, setChosen] = useState<string>()
  const as = partsAs(uiSchema, isNew)
  const current = partAt(all, shown, chosen)
  if (as === 'sections' || current === undefined || all.length < 2) return undefined
  const choose = (part: FormSection): void => {
    if (part.name === current.name) return
    if (as === 'steps') check(current.fields)
    setChosen(part.name)
  }
  const next = partBeside(shown, current, 1)
  return {
    as,
    shown,
    current,
    next,
    previous: partBeside(shown, current, -1),
    choose,
    forward: () => {
      const faulty = check(current.fields)
      if (faulty !== undefined) return goToField(faulty)
      if (next === undefined) return
      flushSync(() => setChosen(next.name))
      const section = document.getElementById(`section-${next.name}`)
      section?.scrollIntoView({ block: 'nearest' })
      section?.focus({ preventScroll: true })
    },
  }
}

/** Opens the part that holds a field, and goes to it there. */
export function goToPartOf(parts: Parts | undefined, field: string): void {
  const part = parts?.shown.find(({ fields }) => fields.includes(field))
  if (parts !== undefined && part !== undefined) flushSync(() => parts.choose(part))
  goToField(field)
}
