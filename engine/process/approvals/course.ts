import { recordAudit } from '../../audit/record-audit.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { ApprovalOutcome } from '../../model/kinds/flow-entity.ts'
import { newId } from '../../model/uuid.ts'
import { levelsOf, type ModelLevel } from './pinned.ts'
import type { ApprovalRun, StoredTurn } from './store.ts'
import type { ApprovalWorld } from './world.ts'

/** What stands in the trail, by what was done. */
export type TrailAct =
  | 'submit'
  | 'approve'
  | 'reject'
  | 'return'
  | 'withdraw'
  | 'transfer'
  | 'add_signer'
  /** A level that nobody had to decide: the submitter alone would have, nobody could, those who do had agreed before. */
  | 'pass_self'
  | 'pass_empty'
  | 'pass_repeat'
  /** The time of a level was over. */
  | 'remind'
  | 'time_over'
  /** It came to its end by what stands above. */
  | 'end'

/** An approval while something is done to it. */
export interface Course {
  readonly world: ApprovalWorld
  readonly approval: ModelApproval
  run: ApprovalRun
  turns: readonly StoredTurn[]
  /** The record's version as it stands. */
  version: number
  /** Whose turn has begun by this. */
  readonly called: Set<string>
  /** What somebody wrote beside their word by which this goes on, and who. */
  said?: { readonly text: string; readonly by: string | undefined }
}

export interface TrailNote {
  readonly act: TrailAct
  /** Undefined: the engine, by a rule or a clock. */
  readonly actor?: string | undefined
  readonly level?: ModelLevel | undefined
  readonly insteadOf?: string | undefined
  readonly person?: string | undefined
  readonly comment?: string | undefined
  readonly files?: readonly string[] | undefined
  readonly outcome?: ApprovalOutcome | undefined
}

/**
 * Leaves an act in the trail of the approval, and in the audit, whose row is the event for what follows.
 */
export async function note(course: Course, entry: TrailNote): Promise<void> {
  const { world, run, version } = course
  const { asked, tx, now, entity, record } = world
  const { schema } = asked.model
  const number = run.entries + 1
  course.run = { ...run, entries: number }
  if (entry.comment !== undefined) course.said = { text: entry.comment, by: entry.actor }
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_approval_entry (id, run, number, at, actor, act, level, level_name, instead_of, person, comment, ` +
      'files, record_version, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::uuid[], $13, $14)',
    values: [
      ...[newId(), run.id, number, now.toISOString(), entry.actor ?? null, entry.act],
      ...[entry.level?.id ?? null, entry.level?.name ?? null, entry.insteadOf ?? null, entry.person ?? null],
      ...[entry.comment ?? null, entry.files ?? null, version, entry.outcome ?? null],
    ],
  })
  await recordAudit(tx, schema, {
    ...{ action: 'approval', actor: asked.actor.id, via: asked.via, origin: asked.origin },
    record: { entity: entity.id, id: record },
    subject: `approval/${run.name}`,
    details: {
      ...{ approval: run.approval, run: run.id, number, act: entry.act },
      ...(entry.level === undefined ? {} : { level: entry.level.name }),
      ...(entry.insteadOf === undefined ? {} : { instead_of: entry.insteadOf }),
      ...(entry.person === undefined ? {} : { person: entry.person }),
      ...(entry.comment === undefined ? {} : { comment: entry.comment }),
      ...(entry.outcome === undefined ? {} : { outcome: entry.outcome }),
    },
  })
}

/** The level at which an approval is; undefined where it is at none. */
export function levelOf({ approval, run }: Pick<Course, 'approval' | 'run'>): ModelLevel | undefined {
  return levelsOf(approval).find(({ id }) => id === run.level)
}

/** The turns of the level at which it is. */
export function turnsNow({ run, turns }: Pick<Course, 'run' | 'turns'>): readonly StoredTurn[] {
  return turns.filter(({ round }) => round === run.round)
}
