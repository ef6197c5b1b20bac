import { AppError, type LocalText, type Problem, problem, refuse } from '../../errors.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledEntity, CompiledModel, RunningSilent } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import type { Occasion } from '../../model/silent/note.ts'
import type { FlowDeps } from '../flows/deps.ts'

/** How the two sides differ over one write. */
export const DIFFERENCES = [
  ...(['would_refuse', 'would_accept', 'only_now', 'only_draft'] as const),
  ...(['other_steps', 'other_owner', 'not_comparable'] as const),
] as const
export type Difference = (typeof DIFFERENCES)[number]

/** A step that a side would take, as a sentence. */
export interface StepTold {
  readonly text: LocalText
  /** Why it would fail, where it would. */
  readonly fault?: LocalText
}

/** What one side says of a write, or would do about it. */
export type Side =
  | { readonly does: 'nothing' | 'accepts' }
  | { readonly does: 'refuses'; readonly problem: Problem }
  | { readonly does: 'runs'; readonly steps: readonly StepTold[]; readonly more: number }
  /** @property to the id of a user or a pool; null: nobody, or it waits */
  | { readonly does: 'gives'; readonly to: string | null; readonly rule: LocalText | null }

export interface Sides {
  /** What has come, where that was no write. */
  readonly by?: Occasion['by']
  readonly now?: Side
  readonly draft?: Side
  /** Why they could not be compared. */
  readonly problem?: Problem
}

/** How the two sides differ over one write, or whether they agree. */
export interface Verdict {
  readonly differs: Difference | 'same'
  readonly sides: Sides
  /** What it is about was held by somebody: a moment later it may be judged. */
  readonly isLate?: true
}

/** What came of one write for one definition. */
export interface Found extends Verdict {
  /** The definition's id. */
  readonly definition: string
  /** When the write was, an instant. */
  readonly at: string
  /** The entity's id; null: it was about no record. */
  readonly entity: string | null
  /** Null as well of a record that was refused before it was there. */
  readonly record: string | null
}

/** One silent run, and what it is compared with. */
export interface Comparing {
  readonly deps: FlowDeps
  readonly inForce: CompiledModel
  readonly run: RunningSilent
}

/** The entity that a write was of, as a model has it. */
export function entityOf(model: CompiledModel, { entity }: WorkspaceEvent): CompiledEntity | undefined {
  return entityById(model, entity)
}

export const GONE: LocalText = { en: 'the record is gone', 'zh-CN': '记录已不存在' }
const LATE: LocalText = {
  en: 'it took too long, or somebody held the record',
  'zh-CN': '耗时过长，或记录被占用',
}
const FAULT: LocalText = { en: 'Tenon could not judge it', 'zh-CN': 'Tenon 无法判断' }

export const incomparable = (reason: LocalText) =>
  refuse('META_SILENT_INCOMPARABLE', '', { params: { reason } })

/** Locks that were not to be had, statements that took too long. */
const LATE_CODES: ReadonlySet<unknown> = new Set(['55P03', '40P01', '57014'])

/** Why a write could not be judged: for what it says itself, because somebody held it, or for a fault of Tenon's, which is to be observed. */
export function unjudged(error: unknown): {
  readonly problem: Problem
  readonly why: 'said' | 'late' | 'fault'
} {
  if (error instanceof AppError) return { problem: error.problems[0]!, why: 'said' }
  const isLate = LATE_CODES.has((error as { readonly code?: unknown }).code)
  const params = { reason: isLate ? LATE : FAULT }
  return { problem: problem('META_SILENT_INCOMPARABLE', '', { params }), why: isLate ? 'late' : 'fault' }
}
