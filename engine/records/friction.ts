import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Use } from '../model/uses.ts'
import type { RequestContext } from './context.ts'
import { type EffortSum, readEffort } from './field-effort.ts'
import { type LastUses, readLastUses } from './last-uses.ts'
import { dayIn } from './parameters.ts'

/** The newest records that are looked at, however many there are. */
export const FRICTION_SAMPLE = 2_000
/** Time spent is that of the last days, this one counted in; what has not been used as long is idle. */
export const FRICTION_DAYS = 90
/** Fewer records, or forms, say nothing of a habit. */
const FEWEST = 20
/** A field that is filled less often is hardly wanted. */
const HARDLY_FILLED = 0.1
const DAY_MS = 86_400_000

/** What a field costs those who fill in the form, and who has anything from it. */
export interface FieldFriction {
  readonly field: CompiledField
  /** Share of the records looked at in which it holds something, 0 to 1; null where it has no column, or none is there. */
  readonly filled: number | null
  /** Seconds a stored form on the average; null where none was measured. */
  readonly seconds: number | null
  /** The last day on which somebody was at it in a form. */
  readonly last: string | null
  /** What reads it, but for layouts, roles and texts, which show what is there: each once, the last used first. */
  readonly uses: readonly FieldUse[]
  /** Layouts in whose form it stands. */
  readonly layouts: readonly string[]
  /** Whether a form shows it: one of a layout, or the generated one. */
  readonly onForm: boolean
}

/** A definition that reads a field. */
export interface FieldUse {
  readonly definition: Use['definition']
  /** The last day on which it was opened or at work; null: not since that is noted; undefined: it leaves no trace. */
  readonly last: string | null | undefined
}

export interface Friction {
  readonly records: number
  readonly forms: number
  /** Since when it is noted what people open. */
  readonly since: string
  readonly fields: readonly FieldFriction[]
  /** What could go: hardly filled, asked for by forms, and nothing that reads it has been used for long. */
  readonly spare: { readonly fields: readonly string[]; readonly seconds: number | null }
}

/** Kinds whose mention of a field is no use of its value. */
const SHOWING: ReadonlySet<string> = new Set(['layout', 'role', 'translation', 'scenario'])

/**
 * The burden of each field that forms ask for.
 * @param usesByItem mentions of the entity's fields, from `itemUses`
 */
export async function frictionOf(
  context: RequestContext,
  entity: CompiledEntity,
  usesByItem: ReadonlyMap<string, readonly Use[]>,
): Promise<Friction> {
  const asked = [...entity.fields.values()].filter(isAsked)
  const sample = await fillOf(context, entity, asked)
  const effort = await readEffort(context, entity, FRICTION_DAYS)
  const onForms = formsWith(context, entity)
  const reading = (field: CompiledField): readonly Use[] =>
    (usesByItem.get(field.name) ?? []).filter((use) => isUse(use, entity, field))
  const used = asked.flatMap(reading).map(({ definition }) => definition)
  const lastUses = await readLastUses(context, used, entity.name)
  const fields = asked.map((field): FieldFriction => {
    const layouts = onForms?.get(field.name) ?? []
    const spent = effort.fields.get(field.id)
    return {
      field,
      filled: sample.filled.get(field.name) ?? null,
      seconds: secondsOf(spent?.ms ?? 0, effort),
      last: spent?.last ?? null,
      uses: byDefinition(reading(field), lastUses),
      layouts,
      onForm: onForms === undefined || layouts.length > 0,
    }
  })
  return {
    records: sample.records,
    forms: effort.forms,
    since: lastUses.since,
    fields,
    spare: spareOf(entity, fields, { records: sample.records, isIdle: idleIn(context, lastUses) }),
  }
}

/** Each definition once, however often it reads the field. */
function byDefinition(uses: readonly Use[], { dayOf }: LastUses): readonly FieldUse[] {
  const found = new Map(uses.map(({ definition }) => [`${definition.kind}/${definition.name}`, definition]))
  return [...found.values()]
    .map((definition) => ({ definition, last: dayOf(definition) }))
    .sort((one, other) =>
      (one.last ?? '') < (other.last ?? '') ? 1 : (one.last ?? '') > (other.last ?? '') ? -1 : 0,
    )
}

/** Whether what reads a field has been at rest for so long that nobody would miss it. */
function idleIn(context: RequestContext, { since }: LastUses): (use: FieldUse) => boolean {
  const first = dayIn(
    context.model.settings.timeZone,
    new Date(context.now().getTime() - FRICTION_DAYS * DAY_MS),
  )
  return ({ last }) => last !== undefined && (last ?? since) < first
}

/** What a person is asked for: neither kept nor worked out by the engine. */
function isAsked(field: CompiledField): boolean {
  const { computed, generated, writeOnly } = field.type
  return field.writable && !field.system && computed === undefined && generated !== true && writeOnly !== true
}

function secondsOf(ms: number, { forms }: EffortSum): number | null {
  return forms === 0 ? null : Math.round(ms / forms / 100) / 10
}

/** One read of the newest rows by their key, which costs the same on any table: those deleted are left out afterwards. */
export function fillSql(entity: CompiledEntity, fields: readonly CompiledField[]): string {
  const counts = fields.map(
    ({ columns: [column] }, index) => `count(${filledSql(fields[index]!, column!)}) AS f${index}`,
  )
  const columns = fields.map(({ columns: [column] }) => `r.${column}`)
  return (
    `SELECT count(*)::int AS n${counts.map((sql) => `, ${sql}`).join('')} FROM (` +
    `SELECT ${['r."deleted_at"', ...columns].join(', ')} FROM ${entity.table} r ` +
    `ORDER BY r."id" DESC LIMIT ${FRICTION_SAMPLE}) t WHERE t."deleted_at" IS NULL`
  )
}

/** A list without an entry is empty, as is a box that nobody has ticked. */
function filledSql({ ruleType, columns }: CompiledField, column: string): string {
  if (columns.length === 1 && ruleType === 'boolean') return `NULLIF(t.${column}, false)`
  if (columns.length === 1 && ruleType === 'texts') return `NULLIF(t.${column}, '{}')`
  return `t.${column}`
}

async function fillOf(context: RequestContext, entity: CompiledEntity, asked: readonly CompiledField[]) {
  const fields = asked.filter(({ columns }) => columns.length > 0)
  const { rows } = await context.db.query<Readonly<Record<string, number | string>>>({
    text: fillSql(entity, fields),
  })
  const row = rows[0]!
  const records = Number(row.n)
  const share = (index: number): number => Math.round((Number(row[`f${index}`]) / records) * 1_000) / 1_000
  const filled = records === 0 ? [] : fields.map(({ name }, index) => [name, share(index)] as const)
  return { records, filled: new Map(filled) }
}

/** The layouts whose form has each field; undefined where a form is generated, which has them all. */
function formsWith(
  { model }: RequestContext,
  entity: CompiledEntity,
): ReadonlyMap<string, readonly string[]> | undefined {
  const layouts = [...model.definitions.layout.values()].filter((layout) => layout.entity === entity.name)
  if (layouts.length === 0 || layouts.some(({ form }) => form === undefined)) return undefined
  const found = new Map<string, string[]>()
  for (const { name, form } of layouts) {
    for (const field of new Set(form!.flatMap((section) => section.fields)))
      found.set(field, [...(found.get(field) ?? []), name])
  }
  return found
}

/** What a field says of itself is no use of it. */
function isUse({ definition, path }: Use, entity: CompiledEntity, field: CompiledField): boolean {
  if (SHOWING.has(definition.kind)) return false
  if (definition.kind !== 'entity' || definition.name !== entity.name) return true
  const at = entity.definition.fields.findIndex(({ name }) => name === field.name)
  return !path.startsWith(`/fields/${at}/`)
}

/** Of what hardly anybody fills in, nothing at work reads and nobody must fill in: what its going would save. */
function spareOf(
  { titleField }: CompiledEntity,
  fields: readonly FieldFriction[],
  { records, isIdle }: { readonly records: number; readonly isIdle: (use: FieldUse) => boolean },
): Friction['spare'] {
  if (records < FEWEST) return { fields: [], seconds: null }
  const spare = fields.filter(
    ({ field, filled, uses, onForm }) =>
      onForm &&
      !field.required &&
      field !== titleField &&
      field.name !== 'owner' &&
      filled !== null &&
      filled < HARDLY_FILLED &&
      uses.every(isIdle),
  )
  const measured = spare.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))
  const seconds = measured.length === 0 ? null : measured.reduce((sum, one) => sum + one, 0)
  return {
    fields: spare.map(({ field }) => field.name),
    seconds: seconds === null ? null : Math.round(seconds),
  }
}
