import type { FlowDefinition, FlowStep } from '../../../metadata/types.ts'
import { pointer, pointerSteps, valueAt } from '../../model/pointer.ts'

/** Where a run stands in one list of steps; the last frame is the innermost. */
export interface Frame {
  /** JSON pointer to the list, from the flow. */
  readonly block: string
  readonly index: number
  /** Of the steps of `for_each`: where the journal has the list, how long it is, which is at hand. */
  readonly loop?: {
    readonly journal: number
    readonly count: number
    readonly at: number
    readonly entity: string
  }
  /** Of a step that waits: its number in the journal, and since when. */
  readonly waiting?: { readonly journal: number; readonly since: string }
}

export type Position = readonly Frame[]

export const BEGINNING: Position = [{ block: '/steps', index: 0 }]

/** The step at hand with its address; undefined where the flow has ended. */
export function stepAt(
  flow: FlowDefinition,
  position: Position,
): { readonly step: FlowStep; readonly at: string } | undefined {
  const frame = position.at(-1)
  if (frame === undefined) return undefined
  const step = listAt(flow, frame.block)[frame.index]
  return step === undefined ? undefined : { step, at: frame.block + pointer(frame.index) }
}

function listAt(flow: FlowDefinition, block: string): readonly FlowStep[] {
  const list = valueAt(flow, pointerSteps(block))
  return Array.isArray(list) ? (list as readonly FlowStep[]) : []
}

/** Behind the step at hand: the next one, the next turn of a loop, or what stands behind the list. */
export function nextPosition(flow: FlowDefinition, position: Position): Position {
  const outer = position.slice(0, -1)
  const frame = position.at(-1)
  if (frame === undefined) return []
  const { waiting: _waiting, ...rest } = frame
  const index = frame.index + 1
  if (index < listAt(flow, frame.block).length) return [...outer, { ...rest, index }]
  const { loop } = frame
  if (loop !== undefined && loop.at + 1 < loop.count)
    return [...outer, { block: frame.block, index: 0, loop: { ...loop, at: loop.at + 1 } }]
  return nextPosition(flow, outer)
}

/** Into a list of steps that the step at hand holds; it is done when they are. */
export function entered(position: Position, block: string, loop?: Frame['loop']): Position {
  const outer = position.slice(0, -1)
  const { waiting: _waiting, ...holder } = position.at(-1)!
  return [...outer, holder, { block, index: 0, ...(loop === undefined ? {} : { loop }) }]
}

/** The step at hand with what is known of its waiting. */
export function waitingAt(position: Position, waiting: NonNullable<Frame['waiting']>): Position {
  return [...position.slice(0, -1), { ...position.at(-1)!, waiting }]
}
