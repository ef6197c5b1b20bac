import { createContext, useContext } from 'react'
import type { DraftStage, Move } from './stage-list.ts'

export interface StageActs {
  select(at: number): void
  selectMove(move: Move): void
  move(from: number, to: number): void
  forbid(move: Move): void
  remove(at: number): void
}

/** What cards and arrows show, and what is done with them. */
export interface StagesPicture {
  readonly stages: readonly DraftStage[]
  readonly readOnly: boolean
  readonly selected: number | undefined
  readonly selectedMove: Move | undefined
  readonly acts: StageActs
  label(stage: DraftStage | undefined): string
  /** Records that stand there in force; undefined where that is not known. */
  countOf(at: number): number | undefined
  /** How long an open record may stand before it counts as stalled, as a duration; undefined where that is not said. */
  readonly limit: string | undefined
  isNew(at: number): boolean
  isFaulty(at: number): boolean
}

export const StagesContext = createContext<StagesPicture | undefined>(undefined)

export function useStagesPicture(): StagesPicture {
  const picture = useContext(StagesContext)
  if (picture === undefined) throw new Error('useStagesPicture is called outside the picture of stages')
  return picture
}
