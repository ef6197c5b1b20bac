import type { DraftStage } from './stage-list.ts'

/** What a card can say of a stage, in the order in which it does. */
const COUNTED = ['requires', 'milestones', 'todo', 'takes'] as const
const SAID = ['must', 'onEnter', 'onLeave'] as const

export interface StageMark {
  readonly key: 'first' | 'limit' | (typeof COUNTED)[number] | (typeof SAID)[number]
  /** How many there are, where there may be several. */
  readonly count?: number
}

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/**
 * What a stage asks for and sets off.
 * @param isLimited whether records of the process stall after some time
 */
export function marksOf(stage: DraftStage, isFirst: boolean, isLimited: boolean): readonly StageMark[] {
  return [
    ...(isFirst ? [{ key: 'first' as const }] : []),
    ...COUNTED.flatMap((key) => {
      const count = sizeOf(stage[key])
      return count === 0 ? [] : [{ key, count }]
    }),
    ...SAID.flatMap((key) => (stage[key] === undefined ? [] : [{ key }])),
    ...(isLimited && stage.type === 'open' ? [{ key: 'limit' as const }] : []),
  ]
}
