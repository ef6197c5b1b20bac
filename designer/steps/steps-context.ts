import { createContext, useContext } from 'react'
import type { JournalStep } from '../flows/api.ts'
import type { Path } from '../store/json-value.ts'
import type { Slot } from './step-tree.ts'
import type { Words } from './use-step-words.ts'

export interface Action {
  readonly name: string
  readonly title: string
  readonly help: string
}

export interface StepActs {
  select(path: Path): void
  insert(slot: Slot, action: string): void
  move(from: Path, to: Slot): void
  moveBy(path: Path, by: -1 | 1): void
  remove(path: Path): void
}

/** What cards and lines show, and what is done with them. */
export interface StepsPicture {
  readonly readOnly: boolean
  readonly actions: readonly Action[]
  readonly acts: StepActs
  /** The path of the selected step or of the trigger, as a key. */
  readonly selected: string | undefined
  readonly selectedWords: Words | undefined
  readonly faulty: ReadonlySet<string>
  /** What a simulation did with each step; undefined before there was one. */
  readonly taken: ReadonlyMap<string, JournalStep['state']> | undefined
  /** What is being dragged: the path of a step, or an action of the palette. */
  readonly dragged: Dragged | undefined
  setDragged(dragged: Dragged | undefined): void
}

export type Dragged = { readonly path: Path } | { readonly action: string }

export const StepsContext = createContext<StepsPicture | undefined>(undefined)

export function useStepsPicture(): StepsPicture {
  const picture = useContext(StepsContext)
  if (picture === undefined) throw new Error('useStepsPicture is called outside the picture of a flow')
  return picture
}
