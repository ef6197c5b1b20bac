import { nearest } from '../../metadata/nearest.ts'
import { isKnownField } from '../access/access.ts'
import type { Database, Executor } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { isRecord, pointer } from '../model/pointer.ts'
import type { Observe } from '../observe.ts'
import type { RequestContext } from './context.ts'
import { dayIn, todayOf } from './parameters.ts'

/** What one field of one form can have taken, milliseconds: who stays longer has not been filling it in. */
export const MOST_EFFORT_MS = 600_000
/** Days after which sums go. */
const KEPT_DAYS = 400
/** The form as a whole, in the place of a field. */
const WHOLE_FORM = ''

/** How long the fields of one form took until it was stored, milliseconds by field id. */
export type FieldEffort = ReadonlyMap<string, number>

/**
 * What a form tells when it is stored: `{"fields": {"name": 2300}}`.
 * @throws AppError with every problem
 */
export function parseEffort(context: RequestContext, entity: CompiledEntity, raw: unknown): FieldEffort {
  if (!isRecord(raw)) throw new AppError(problem('HTTP_BODY_NOT_OBJECT'))
  const { fields, ...strange } = raw
  const { access } = context
  // A form asks also for what is never shown again, such as a password.
  const known = [...entity.fields.values()].filter(
    (field) => isKnownField(access, entity, field) || access.entity(entity.name).cell(field).isCreatable,
  )
  const byName = new Map(known.map((field) => [field.name, field.id]))
  const problems: Problem[] = Object.keys(strange).map((key) => unknown('', key, ['fields']))
  const effort = new Map<string, number>()
  if (!isRecord(fields)) problems.push(problem('FIELD_TYPE_WRONG', '/fields'))
  for (const [name, ms] of isRecord(fields) ? Object.entries(fields) : []) {
    const id = byName.get(name)
    if (id === undefined) problems.push(unknown('/fields', name, [...byName.keys()]))
    else if (isEffort(ms)) effort.set(id, ms)
    else problems.push(unfit(`/fields${pointer(name)}`))
  }
  if (problems.length > 0) throw new AppError(problems)
  return effort
}

const isEffort = (ms: unknown): ms is number =>
  Number.isInteger(ms) && (ms as number) >= 0 && (ms as number) <= MOST_EFFORT_MS

function unknown(at: string, key: string, known: readonly string[]): Problem {
  const name = key.slice(0, 80).toWellFormed()
  return problem('FIELD_UNKNOWN', `${at}${pointer(name)}`, {
    params: { name },
    hint: didYouMean(nearest(name, known)),
  })
}

function unfit(path: string): Problem {
  const reason = {
    en: `expected whole milliseconds, at most ${MOST_EFFORT_MS}`,
    'zh-CN': `应为整数毫秒，最多 ${MOST_EFFORT_MS}`,
  }
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

/** Adds one stored form to the sums of its day. Nothing tells afterwards who filled in what. */
export async function addEffort(
  context: RequestContext,
  entity: CompiledEntity,
  effort: FieldEffort,
): Promise<void> {
  // In one order everywhere, so that two forms that are stored at once do not wait for one another.
  const fields = [WHOLE_FORM, ...[...effort.keys()].sort()]
  const total = [...effort.values()].reduce((sum, ms) => sum + ms, 0)
  await context.db.query({
    text:
      `INSERT INTO ${context.model.schema}.tenon_field_effort AS e (entity, day, field, times, ms) ` +
      `SELECT $1, $2::date, u.field, 1, u.ms FROM unnest($3::text[], $4::bigint[]) AS u (field, ms) ` +
      `ON CONFLICT (entity, day, field) DO UPDATE SET times = e.times + 1, ms = e.ms + excluded.ms`,
    values: [entity.id, todayOf(context), fields, fields.map((field) => effort.get(field) ?? total)],
  })
}

export interface EffortSum {
  /** Forms that were stored. */
  readonly forms: number
  /** By field id. */
  readonly fields: ReadonlyMap<string, { readonly ms: number; readonly times: number; readonly last: string }>
}

/** The sums of the last days, this one counted in. */
export async function readEffort(
  context: RequestContext,
  entity: CompiledEntity,
  days: number,
): Promise<EffortSum> {
  const from = dayIn(context.model.settings.timeZone, new Date(context.now().getTime() - (days - 1) * DAY_MS))
  const { rows } = await context.db.query<EffortRow>({
    text:
      `SELECT field, sum(times)::float8 AS times, sum(ms)::float8 AS ms, max(day)::text AS last ` +
      `FROM ${context.model.schema}.tenon_field_effort WHERE entity = $1 AND day >= $2::date GROUP BY field`,
    values: [entity.id, from],
  })
  const byField = new Map(rows.map(({ field, ...sum }) => [field, sum]))
  const forms = byField.get(WHOLE_FORM)?.times ?? 0
  byField.delete(WHOLE_FORM)
  return { forms, fields: byField }
}

interface EffortRow {
  readonly field: string
  readonly times: number
  readonly ms: number
  readonly last: string
}

const DAY_MS = 86_400_000

/** Each night, in every workspace: sums of days that nobody looks at any more go. */
export function effortUpkeepTask(db: Database, observe: Observe, now = () => new Date()): PeriodicTask {
  return {
    name: 'field_effort_upkeep',
    cron: '17 4 * * *',
    async run(signal) {
      for (const { schema } of await listWorkspaces(db)) {
        if (signal.aborted) return
        try {
          await dropOldEffort(db, quoteName(schema), now())
        } catch (error) {
          observe('fault', { during: `time spent at fields of ${schema}`, error })
        }
      }
    },
  }
}

export async function dropOldEffort(db: Executor, schema: string, now: Date): Promise<void> {
  await db.query({
    text: `DELETE FROM ${schema}.tenon_field_effort WHERE day < $1::date`,
    values: [new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)],
  })
}
