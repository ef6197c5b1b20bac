import { nearest } from '../../metadata/nearest.ts'
import { isKnownField } from '../access/access.ts'
import { didYouMean, type Problem, type ProblemCode, problem } from '../errors.ts'
import { withDefaultTags } from '../fields/parts/tag-groups.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { lateBeginnings } from '../model/default-rules.ts'
import { problemsOf } from '../model/validate-value.ts'
import type { RequestContext } from './context.ts'
import { deniedBeginnings, firstStageOf } from './stage-entries.ts'

/** What a client wants stored, by field; null clears. */
export type WriteValues = ReadonlyMap<CompiledField, unknown>

export interface ParsedWrite {
  readonly values: WriteValues
  readonly problems: readonly Problem[]
}

// What an install or an import of the engine's own may say besides: it tells the history as it was.
const PRIVILEGED = new Set(['id', 'created_at', 'created_by', 'updated_at', 'updated_by'])

/** Names that are told to be unknown; the rest is of the same kind, and each costs a look for the nearest. */
const MAX_UNKNOWN = 100

/**
 * A body as values of fields, every fault at once. Paths are JSON pointers into the body. What a new record begins with by
 * its other values is added afterwards (late-beginnings.ts).
 */
export function parseWrite(
  context: RequestContext,
  entity: CompiledEntity,
  body: unknown,
  isCreate: boolean,
): ParsedWrite {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { values: new Map(), problems: [problem('RECORD_BODY_INVALID')] }
  }
  const values = new Map<CompiledField, unknown>()
  const problems: Problem[] = []
  const present: Record<string, unknown> = {}
  let unknownNames = 0
  for (const [name, value] of Object.entries(body)) {
    const field = entity.fields.get(name)
    const path = `/${pointerPart(name)}`
    if (field === undefined || !isFieldKnown(context, entity, field, isCreate)) {
      if (++unknownNames <= MAX_UNKNOWN) problems.push(unknown(context, entity, name, path, isCreate))
    } else if (!isWritable(context, field)) {
      problems.push(problem('FIELD_READ_ONLY', path))
    } else if (!mayWrite(context, entity, field, isCreate)) {
      problems.push(problem('FIELD_DENIED', path))
    } else if (isAlwaysRequired(field) && isBlank(value)) problems.push(problem('FIELD_REQUIRED', path))
    else {
      values.set(field, value)
      if (value !== null && field.writable) present[name] = value
    }
  }
  if (isCreate) {
    addDefaults(context, entity, body, values, problems)
    addDefaultTags(entity, values)
    problems.push(...deniedBeginnings(context, entity, values))
  }
  problems.push(...checkValues(entity, present, values))
  problems.push(...checkChildren(context, values))
  return { values, problems }
}

// Stands for the parent's id while the children of a list are checked: it may not be there yet.
const PARENT = '00000000-0000-0000-0000-000000000000'

/** The problems of the records in child lists; a list that is no list of objects is the validator's matter. */
function checkChildren(context: RequestContext, values: WriteValues): readonly Problem[] {
  return [...values].flatMap(([field, list]) => {
    const relation = field.relation
    if (relation?.kind !== 'children' || !Array.isArray(list)) return []
    const child = context.model.entities.get(relation.of)
    if (child === undefined) return []
    return list.flatMap((body: unknown, index) => {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) return []
      const { id, ...rest } = body as Record<string, unknown>
      const isNew = id === undefined
      const whole = isNew ? { ...rest, [relation.by]: PARENT } : rest
      const { problems } = parseWrite(context, child, whole, isNew)
      return problems.map((fault) => ({ ...fault, path: `/${field.name}/${index}${fault.path}` }))
    })
  })
}

/** May the actor say the value of this field? The engine itself may tell the history as it was. */
export function isWritable(context: RequestContext, field: CompiledField): boolean {
  if (field.writable) return true
  if (context.actor.kind !== 'system' || field.type.computed !== undefined) return false
  return PRIVILEGED.has(field.name) || field.type.generated === true
}

/** What may be hidden is required only where it is not, which the statement of the write finds out. */
export function isAlwaysRequired(field: CompiledField): boolean {
  return field.required && field.definition.visibleWhen === undefined
}

export function isBlank(value: unknown): boolean {
  if (value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

/** Whether the actor may change the value in some record; in which is the statement's matter. */
function mayWrite(
  context: RequestContext,
  entity: CompiledEntity,
  field: CompiledField,
  isCreate: boolean,
): boolean {
  const access = context.access.entity(entity.name)
  const { edit, isCreatable } = access.cell(field)
  // Who may change no record at all is told so, not of single fields.
  return isCreate ? isCreatable || !access.create : edit !== 'none' || access.update === 'none'
}

/** What the actor may neither read nor write is not there for them. */
function isFieldKnown(
  context: RequestContext,
  entity: CompiledEntity,
  field: CompiledField,
  isCreate: boolean,
): boolean {
  return isKnownField(context.access, entity, field) || mayWrite(context, entity, field, isCreate)
}

function unknown(
  context: RequestContext,
  entity: CompiledEntity,
  name: string,
  path: string,
  isCreate: boolean,
): Problem {
  const known = [...entity.fields.values()]
    .filter((field) => field.writable && mayWrite(context, entity, field, isCreate))
    .map((field) => field.name)
  return problem('FIELD_UNKNOWN', path, { params: { name }, hint: didYouMean(nearest(name, known)) })
}

function addDefaults(
  context: RequestContext,
  entity: CompiledEntity,
  body: object,
  values: Map<CompiledField, unknown>,
  problems: Problem[],
): void {
  const late = lateBeginnings(context.model, entity)
  for (const field of entity.fields.values()) {
    if (!field.writable || Object.hasOwn(body, field.name)) continue
    if (late.has(field.name)) continue // see late-beginnings.ts
    const value = defaultOf(context, entity, field)
    if (value !== undefined) values.set(field, value)
    else if (isAlwaysRequired(field)) problems.push(problem('FIELD_REQUIRED', `/${field.name}`))
  }
}

/** The tags that groups begin with, where the client says none of the group. */
function addDefaultTags(entity: CompiledEntity, values: Map<CompiledField, unknown>): void {
  for (const field of entity.fields.values()) {
    if (field.definition.groups === undefined || field.type.name !== 'tags') continue
    const given: unknown = values.get(field) ?? []
    if (!Array.isArray(given)) continue
    const tags = withDefaultTags(given, field.definition)
    if (tags !== given) values.set(field, tags)
  }
}

/** What a new record holds where the client says nothing: a pipeline starts at its first stage. */
function defaultOf(context: RequestContext, entity: CompiledEntity, field: CompiledField): unknown {
  if (field.name === 'owner' && entity.owned) return context.actor.id
  return firstStageOf(entity, field)
}

/** What the types of the fields say of values. @param present those that are there, by name */
export function checkValues(
  entity: CompiledEntity,
  present: Record<string, unknown>,
  values: WriteValues,
): Problem[] {
  const validate = entity.validator()
  const problems = validate(present) ? [] : [...problemsOf(validate.errors ?? [], present, entity.fields)]
  const faulty = new Set(problems.map((fault) => fault.path.split('/')[1]))
  for (const [field, value] of values) {
    if (value === null || faulty.has(field.name) || !Object.hasOwn(present, field.name)) continue
    problems.push(...strangeTarget(field, value))
    const fault = field.type.check?.(value, field.definition)
    if (fault === undefined) continue
    problems.push(
      problem(fault.code as ProblemCode, `/${field.name}${fault.path ?? ''}`, {
        ...(fault.params === undefined ? {} : { params: fault.params as Record<string, string | number> }),
        hint: fault.hint,
      }),
    )
  }
  return problems
}

/** A lookup that may point to several entities points to none of the others; the schema knows shapes alone. */
function strangeTarget({ name, relation }: CompiledField, value: unknown): Problem[] {
  if (relation?.kind !== 'dynamic') return []
  const { entity } = value as { readonly entity: string }
  if (relation.to.includes(entity)) return []
  const hint = didYouMean(nearest(entity, relation.to))
  return [problem('FIELD_OPTION_UNKNOWN', `/${name}/entity`, { params: { value: entity }, hint })]
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
