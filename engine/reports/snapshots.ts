import type { ReportDefinition } from '../../metadata/types.ts'
import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Database } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { parseJson } from '../db/values.ts'
import { AppError, refuse } from '../errors.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { ModelStore } from '../model/store.ts'
import type { Observe } from '../observe.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import type { SearchPort } from '../registry/ports.ts'
import { totalOf } from './figures-of.ts'
import { NO_QUESTION } from './parse-question.ts'
import { type ParsedReport, parseReport } from './parse-report.ts'
import { planFigures } from './plan-figures.ts'
import type { Figures } from './report-answer.ts'

/** How long hourly figures are kept, days. */
const KEPT_DAYS = 400

export interface SnapshotSource {
  readonly db: Database
  readonly models: Pick<ModelStore, 'current'>
  readonly search: SearchPort
  readonly observe: Observe
}

/** Each hour, in every workspace: what reports with a trend say then. */
export function snapshotTask(source: SnapshotSource): PeriodicTask {
  const { db, models, search, observe } = source
  return {
    name: 'report_snapshot',
    cron: '0 * * * *',
    async run(signal) {
      for (const { name } of await listWorkspaces(db)) {
        if (signal.aborted) return
        try {
          const model = await models.current(name)
          if (model === undefined) continue
          await takeSnapshots(requestContext({ model, actor: SYSTEM_ACTOR, db, search, via: 'system' }))
        } catch (error) {
          observe('fault', { during: `report snapshots of ${name}`, error })
        }
      }
    },
  }
}

/** Keeps the figures of this hour, once however often it is asked; and lets go of what is too old. */
export async function takeSnapshots(context: RequestContext): Promise<void> {
  const { db, model } = context
  const table = `${model.schema}.tenon_report_snapshot`
  const at = context.now().toISOString()
  for (const definition of model.definitions.report.values()) {
    if (definition.trend !== true || definition.id === undefined) continue
    const report = wholeReport(context, definition)
    const total = report === undefined ? undefined : await totalOf(context, report, report.filter)
    if (total === undefined) continue
    await db.query({
      text:
        `INSERT INTO ${table} (report, at, figures) VALUES ($1, date_trunc('hour', $2::timestamptz), $3) ` +
        `ON CONFLICT (report, at) DO NOTHING`,
      values: [definition.id, at, JSON.stringify(total.values)],
    })
  }
  await db.query({
    text: `DELETE FROM ${table} WHERE at < $1::timestamptz - make_interval(days => $2)`,
    values: [at, KEPT_DAYS],
  })
}

/** Undefined for a report that does not hold any more. */
function wholeReport(context: RequestContext, definition: ReportDefinition): ParsedReport | undefined {
  try {
    return parseReport(context, definition, NO_QUESTION)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

export interface TrendPoint {
  readonly at: string
  readonly values: Figures
}

/**
 * The course of a report's total. What was kept was worked out over all records, so that only who sees all of them, and
 * every cell that counts, is shown it: whose question is the very one that the engine asks.
 * @throws AppError REPORT_TREND_MISSING
 */
export async function trendOf(
  context: RequestContext,
  definition: ReportDefinition,
  days: number,
): Promise<readonly TrendPoint[]> {
  const { db, model } = context
  const report = parseReport(context, definition, NO_QUESTION)
  if (definition.trend !== true || definition.id === undefined || !seesAll(context, report)) {
    throw refuse('REPORT_TREND_MISSING', '', { params: { name: definition.name } })
  }
  const { rows } = await db.query<{ at: string; figures: string }>({
    text:
      `SELECT to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, s.figures::text AS figures ` +
      `FROM ${model.schema}.tenon_report_snapshot s ` +
      `WHERE s.report = $1 AND s.at >= $2::timestamptz - make_interval(days => $3) ORDER BY s.at`,
    values: [definition.id, context.now().toISOString(), days],
  })
  return rows.map(({ at, figures }) => ({ at, values: parseJson<Figures>(figures) }))
}

/** Whether the actor's statement is the engine's own, and asks nothing about who asks. */
export function seesAll(context: RequestContext, report: ParsedReport): boolean {
  const own = planFigures(context, report, report.filter)
  const engine = requestContext({ ...context, actor: SYSTEM_ACTOR })
  const whole = planFigures(engine, report, report.filter)
  const isAsked = own.values.some((value) =>
    ACTOR_SLOTS.has(String((value as { name?: unknown } | null)?.name)),
  )
  return own.text === whole.text && !isAsked
}

const ACTOR_SLOTS: ReadonlySet<string> = new Set(['actor', 'actor.roles'])
