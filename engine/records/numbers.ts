import type { Database } from '../db/database.ts'
import { SCRATCH_PREFIX } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { todayOf } from './parameters.ts'
import { literal } from './select.ts'

/** The SQL expression that draws the next number of an auto-number field. */
export type NumberSql = string

const TOKEN = /\{(yyyy|yy|mm|dd|#+)\}/g

/**
 * The next-number expressions of an entity for today's period; a period's sequence is made when it is first
 * needed. Sequences leave gaps where a write fails: numbers stay unique and never make writers wait.
 */
export async function numberSql(
  context: RequestContext,
  entity: CompiledEntity,
): Promise<ReadonlyMap<CompiledField, NumberSql>> {
  const fields = [...entity.fields.values()].filter(
    (field) => field.sequence !== undefined && field.definition.gapless !== true,
  )
  const numbers = new Map<CompiledField, NumberSql>()
  for (const field of fields) {
    const today = todayOf(context)
    const sequence = `${context.model.schema}.${quoteName(seriesOf(field, today))}`
    await ensureSequence(context.model, context.db, sequence)
    const next = `nextval(${literal(sequence)})`
    numbers.set(field, patternSql(String(field.definition.pattern ?? '{####}'), today, next))
  }
  return numbers
}

/** What the series of a field's numbers is called that runs on this day. */
export function seriesOf(field: CompiledField, today: string): string {
  return `${field.sequence}${periodOf(field, today)}`
}

/** The part of the day within which a field's numbers run on: `_2026`, `_202603`, … or nothing. */
function periodOf(field: CompiledField, today: string): string {
  const digits = today.replaceAll('-', '')
  switch (field.definition.reset) {
    case 'year':
      return `_${digits.slice(0, 4)}`
    case 'month':
      return `_${digits.slice(0, 6)}`
    case 'day':
      return `_${digits}`
    default:
      return ''
  }
}

/** A number in its pattern. @param counter the SQL of the count */
export function patternSql(pattern: string, today: string, counter: string): NumberSql {
  const [year, month, day] = today.split('-') as [string, string, string]
  const dates: Readonly<Record<string, string>> = { yyyy: year, yy: year.slice(2), mm: month, dd: day }
  const parts: string[] = []
  let last = 0
  for (const match of pattern.matchAll(TOKEN)) {
    parts.push(literal(pattern.slice(last, match.index)))
    const token = match[1]!
    parts.push(token.startsWith('#') ? paddedSql(counter, token.length) : literal(dates[token]!))
    last = match.index + match[0].length
  }
  parts.push(literal(pattern.slice(last)))
  return parts.filter((part) => part !== "''").join(' || ')
}

/** Digits of the largest bigint: more are never drawn. */
const MOST_DIGITS = 19

// No sub-select: PostgreSQL would run it once for a statement, and all rows of a batch would get one number.
function paddedSql(counter: string, width: number): string {
  const format = `FM${'9'.repeat(Math.max(0, MOST_DIGITS - width))}${'0'.repeat(width)}`
  return `to_char(${counter}, '${format}')`
}

/** By the database as well: what was made within a transaction that is taken back, such as a simulation's, goes with it. */
const made = new WeakMap<CompiledModel, WeakMap<Database, Set<string>>>()

async function ensureSequence(model: CompiledModel, db: Database, sequence: string): Promise<void> {
  const ofModel = made.get(model) ?? new WeakMap<Database, Set<string>>()
  made.set(model, ofModel)
  const known = ofModel.get(db) ?? new Set<string>()
  ofModel.set(db, known)
  if (known.has(sequence)) return
  try {
    // Past the pool for writes: whoever asks may hold one of its connections.
    await db.transaction((tx) => tx.query({ text: `CREATE SEQUENCE IF NOT EXISTS ${sequence}` }), {
      direct: true,
    })
  } catch (error) {
    // Two nodes may make it at the same moment: IF NOT EXISTS does not cover that, being there does.
    if ((error as { code?: unknown }).code !== '23505') throw error
  }
  // In a scratch schema it was made in the transaction around us, and goes with a part of it that is taken back.
  if (!sequence.includes(SCRATCH_PREFIX)) known.add(sequence)
}
