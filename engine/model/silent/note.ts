import type { Executor, Transaction } from '../../db/database.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import { wake } from '../../jobs/wake.ts'
import type { CompiledModel, RunningSilent } from '../compiled.ts'
import { MOST_WRITES } from './silent-run.ts'
import type { Watched } from './watched.ts'

export const SILENT_TASK = 'silent_judge'

/** Writes of one batch that a run looks at: of a mass it takes some. */
const MOST_OF_BATCH = 200
/** What waits to be judged at a time. */
const MOST_WAITING = 1_000

/** What sets flows off other than a write. */
export const OCCASIONS = ['time', 'schedule', 'button', 'event'] as const

/** Of one flow, for which of the two sides it has come. */
export interface Occasion {
  readonly by: (typeof OCCASIONS)[number]
  /** The flow's id. */
  readonly flow: string
  readonly now: boolean
  readonly draft: boolean
  /** Of a time and a schedule: the moment, an instant. */
  readonly due?: string
  /** Of an event: `connection.event`, and what was told. */
  readonly event?: string
  readonly told?: Readonly<Record<string, unknown>>
}

/** What waits to be judged: a write, or what has come otherwise. */
export interface NotedEvent extends WorkspaceEvent {
  readonly occasion?: Occasion
}

/** What has come, of which record and by whom. */
export interface NewOccasion {
  readonly occasion: Occasion
  /** The entity's id. */
  readonly entity?: string | undefined
  readonly record?: string | undefined
  readonly actor?: string | undefined
  /** The number of the audit's row after which it came; where nothing is said the last there is. */
  readonly after?: string | undefined
}

export interface OpenRun {
  readonly id: string
  readonly taken: number
  readonly waiting: number
}

/** Runs that have not looked at enough yet. @param ids only these */
export async function openRuns(
  tx: Executor,
  schema: string,
  ids?: readonly string[],
): Promise<readonly OpenRun[]> {
  const { rows } = await tx.query<OpenRun>({
    text: `SELECT r.id::text AS id, r.taken,
  (SELECT count(*) FROM ${schema}.tenon_silent_event e WHERE e.run = r.id)::integer AS waiting
FROM ${schema}.tenon_silent_run r WHERE r.ended_at IS NULL AND r.taken < ${MOST_WRITES}
AND ($1::uuid[] IS NULL OR r.id = ANY($1::uuid[])) ORDER BY r.begun_at, r.id`,
    values: [ids ?? null],
  })
  return rows
}

/** Notes for a run what it is to judge, as much of it as there is room for. @returns how many */
export async function noteFor(
  tx: Transaction,
  schema: string,
  { id, taken, waiting }: OpenRun,
  events: readonly NotedEvent[],
): Promise<number> {
  if (events.length === 0) return 0
  const room = Math.max(0, Math.min(MOST_OF_BATCH, MOST_WRITES - taken, MOST_WAITING - waiting))
  const noted = events.slice(0, room)
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_silent_event (run, event)
SELECT $1, e.event FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY e(event, i) ORDER BY e.i`,
    values: [id, JSON.stringify(noted)],
  })
  await tx.query({
    text: `UPDATE ${schema}.tenon_silent_run SET taken = taken + $2, passed_over = passed_over + $3 WHERE id = $1`,
    values: [id, noted.length, events.length - noted.length],
  })
  return noted.length
}

/** Occasions as they are noted. @param at when they came */
export async function asNoted(
  tx: Executor,
  schema: string,
  occasions: readonly NewOccasion[],
  at: Date,
): Promise<readonly NotedEvent[]> {
  if (occasions.length === 0) return []
  const { rows } = await tx.query<{ last: string }>({
    text: `SELECT last_value::text AS last FROM ${schema}.tenon_audit_id`,
  })
  return occasions.map(
    ({ occasion, entity, record, actor, after }): NotedEvent => ({
      ...{ id: after ?? rows[0]!.last, source: 'worked_out', at: at.toISOString(), action: occasion.by },
      ...{ entity: entity ?? null, record: record ?? null, version: null, actor: actor ?? null },
      ...{ via: 'system', request: null, subject: null, changes: {}, fields: [], occasion },
    }),
  )
}

/** Calls those who judge, with the transaction that has noted something. @param at not before then */
export async function callSilent(tx: Executor, workspace: string, at?: Date): Promise<void> {
  await wake(tx, SILENT_TASK, { workspace }, { key: workspace, ...(at === undefined ? {} : { at }) })
}

/**
 * Notes what has come for the flows that drafts compare, in the transaction in which the flow in force begins.
 * @param occasionOf what it is to one of them; undefined where it does not concern it
 */
export async function noteOccasions(
  tx: Transaction,
  { schema, workspace, silent }: Pick<CompiledModel, 'schema' | 'workspace' | 'silent'>,
  occasionOf: (flow: Watched<'flow'>, run: RunningSilent) => NewOccasion | undefined,
  at: Date,
): Promise<void> {
  const own = new Map(
    silent.flatMap((run): [string, readonly NewOccasion[]][] => {
      const occasions = flowsOf(run).flatMap((flow) => occasionOf(flow, run) ?? [])
      return occasions.length === 0 ? [] : [[run.id, occasions]]
    }),
  )
  if (own.size === 0) return
  let noted = 0
  for (const run of await openRuns(tx, schema, [...own.keys()]))
    noted += await noteFor(tx, schema, run, await asNoted(tx, schema, own.get(run.id)!, at))
  if (noted > 0) await callSilent(tx, workspace)
}

/** The flows that a run compares. */
export function flowsOf({ watched }: Pick<RunningSilent, 'watched'>): readonly Watched<'flow'>[] {
  return watched.filter((one): one is Watched<'flow'> => one.kind === 'flow')
}
