import { nearest } from '../../metadata/nearest.ts'
import type { RuleScope, ScopeEntry, TypedCall, TypedRule } from '../../metadata/rules/types.ts'
import { isKnownField } from '../access/access.ts'
import { AUDIT_ACTIONS } from '../audit/actions.ts'
import { AppError, didYouMean, type Problem, problem, quoted, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { checkCondition } from './filter.ts'
import { checkParameters, type ListParameters, parseFilter, parseLimit, parseNames } from './parse-list.ts'
import { unknownField } from './parse-selection.ts'

/** What can be asked of an entry of the audit, with the columns behind it; `entity` and `fields` are worked out. */
export const AUDIT_COLUMNS = {
  at: { type: 'datetime', sql: 'a.at', sqlType: 'timestamptz' },
  actor: { type: 'id', sql: 'a.actor', sqlType: 'uuid' },
  via: { type: 'text', sql: 'a.via', sqlType: 'text' },
  action: { type: 'text', sql: 'a.action', sqlType: 'text' },
  record: { type: 'id', sql: 'a.record', sqlType: 'uuid' },
  version: { type: 'number', sql: 'a.version', sqlType: 'integer' },
  subject: { type: 'text', sql: 'a.subject', sqlType: 'text' },
  request: { type: 'id', sql: 'a.request', sqlType: 'uuid' },
  address: { type: 'text', sql: 'a.address', sqlType: 'text' },
  erased: { type: 'boolean', sql: '(a.changes IS NULL)', sqlType: 'boolean' },
} as const

/** What an entry is told with. */
export const AUDIT_KEYS = [
  ...['id', 'at', 'actor', 'via', 'action', 'entity', 'record', 'version'],
  ...['subject', 'request', 'address', 'erased', 'changes', 'details'],
] as const

/** What is asked of the audit. */
export interface AuditQuestion {
  /** What entries must fulfil besides the field. */
  readonly condition: TypedRule | undefined
  /** A field that was changed, in records of its entity. */
  readonly field: CompiledField | undefined
  /** Whether one record is meant, whose entries an index has. */
  readonly isOfRecord: boolean
  readonly limit: number
  readonly after: string | undefined
  /** Which parts of the entries are told; undefined for all. */
  readonly keys: readonly string[] | undefined
  /** As it was sent: what a cursor belongs to. */
  readonly filter: unknown
}

const PARAMETERS = ['filter', 'sort', 'fields', 'limit', 'after', 'count']
const NEWEST_FIRST = '-at'

/** @throws AppError with every problem of the question (400) */
export function parseAuditQuestion(context: RequestContext, raw: ListParameters): AuditQuestion {
  const problems = checkParameters(raw, PARAMETERS)
  const filter = parseFilter(raw.filter, problems)
  if (raw.sort !== undefined && raw.sort !== '' && raw.sort !== NEWEST_FIRST)
    problems.push(problem('QUERY_FIELD_NOT_SORTABLE', '/sort', { params: { name: quoted(raw.sort) } }))
  if (raw.count !== undefined && raw.count !== 'none') problems.push(problem('QUERY_COUNT_INVALID', '/count'))
  const after = raw.after === '' ? undefined : raw.after
  if (after !== undefined && typeof after !== 'string')
    problems.push(problem('QUERY_CURSOR_INVALID', '/after'))
  const keys = parseKeys(raw.fields, problems)
  const limit = parseLimit(raw.limit, problems)
  const typed = collected(problems, () => checkCondition(filter, scopeOf(context), '/filter'))
  const parts = typed === undefined ? [] : partsOf(typed)
  const field = fieldIn(context, parts, problems)
  if (problems.length > 0) throw new AppError(problems)
  const rest = parts.filter((part) => asksForField(part) === undefined)
  return {
    condition:
      rest.length === 0 ? undefined : { kind: 'call', type: 'boolean', operator: 'and', arguments: rest },
    field,
    isOfRecord: rest.some((part) => isEqual(part, 'record')),
    ...{ limit, after: after as string | undefined, keys, filter },
  }
}

/** @throws AppError AUTH_DENIED without the right `audit` */
export function assertMayRead({ access }: RequestContext): void {
  if (!access.may('audit')) throw refuse('AUTH_DENIED')
}

/**
 * A condition on entries alone, without a field: which of them change one is told only record by record, to those who
 * see it, and a count would tell it of all.
 */
export function checkEntryCondition(
  context: RequestContext,
  filter: unknown,
  problems: Problem[],
): TypedRule | undefined {
  const { fields: _, ...entries } = scopeEntries(context)
  return collected(problems, () => checkCondition(filter, scopeWith(entries), '/filter'))
}

function collected<T>(problems: Problem[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

function parseKeys(raw: unknown, problems: Problem[]): readonly string[] | undefined {
  const list = parseNames(raw, 'fields', problems)
  const names = (list ?? '').split(',').map((name) => name.trim())
  const wanted = names.filter((name) => name !== '')
  const known: readonly string[] = AUDIT_KEYS
  for (const name of wanted.filter((one) => !known.includes(one) && one !== '*'))
    problems.push(
      problem('QUERY_FIELD_UNKNOWN', '/fields', { params: { name }, hint: didYouMean(nearest(name, known)) }),
    )
  return wanted.length === 0 || wanted.includes('*') ? undefined : ['id', ...wanted]
}

/** The entities of which the asker may know. */
export function knownEntities({ model, access }: RequestContext): readonly CompiledEntity[] {
  return [...model.entities.values()].filter(({ name }) => access.entity(name).read !== 'none')
}

const scopeOf = (context: RequestContext): RuleScope => scopeWith(scopeEntries(context))

function scopeEntries(context: RequestContext): Readonly<Record<string, ScopeEntry>> {
  return {
    ...AUDIT_COLUMNS,
    action: { type: 'text', options: AUDIT_ACTIONS },
    entity: { type: 'text', options: knownEntities(context).map(({ name }) => name) },
    fields: { type: 'texts' },
  }
}

function scopeWith(entries: Readonly<Record<string, ScopeEntry>>): RuleScope {
  return {
    resolve: (path) => (Object.hasOwn(entries, path) ? entries[path] : undefined),
    names: (under) => (under === undefined ? Object.keys(entries) : []),
  }
}

/** What must hold together. */
function partsOf(typed: TypedRule): readonly TypedRule[] {
  return typed.kind === 'call' && typed.operator === 'and' ? typed.arguments.flatMap(partsOf) : [typed]
}

/** The field of `{"has":[{"var":"fields"},"level"]}`. */
function asksForField(rule: TypedRule): string | undefined {
  return rule.kind === 'call' && rule.operator === 'has' ? textBeside(rule, 'fields') : undefined
}

function isEqual(rule: TypedRule, name: string): rule is TypedCall {
  return rule.kind === 'call' && rule.operator === '==' && textBeside(rule, name) !== undefined
}

/** The text that a call puts beside a column. */
function textBeside(call: TypedCall, name: string): string | undefined {
  const isNamed = call.arguments.some((one) => one.kind === 'path' && one.path.join('.') === name)
  const literal = call.arguments.find((one) => one.kind === 'literal')
  return isNamed && literal?.kind === 'literal' && typeof literal.value === 'string'
    ? literal.value
    : undefined
}

/**
 * Which field was changed: a name means something in one entity alone, and is told to those who see it. So it is asked
 * for beside the entity and nowhere deeper.
 */
function fieldIn(
  context: RequestContext,
  parts: readonly TypedRule[],
  problems: Problem[],
): CompiledField | undefined {
  const names = parts.flatMap((part) => asksForField(part) ?? [])
  const isDeeper = parts.some((part) => asksForField(part) === undefined && mentions(part, 'fields'))
  const entityPart = parts.find((part) => isEqual(part, 'entity'))
  const entity = entityPart === undefined ? undefined : textBeside(entityPart as TypedCall, 'entity')
  if (names.length === 0 && !isDeeper) return undefined
  const found = entity === undefined ? undefined : context.model.entities.get(entity)
  const [name = ''] = names
  if (isDeeper || names.length > 1 || found === undefined) {
    problems.push(problem('QUERY_AUDIT_FIELD_ALONE', '/filter'))
    return undefined
  }
  const field = found.fields.get(name)
  if (field !== undefined && isKnownField(context.access, found, field)) return field
  problems.push(unknownField(context, found, name, '/filter'))
  return undefined
}

function mentions(rule: TypedRule, name: string): boolean {
  if (rule.kind === 'path') return rule.path.join('.') === name
  if (rule.kind === 'fallback') return mentions(rule.value, name)
  return rule.kind === 'call' && rule.arguments.some((one) => mentions(one, name))
}

/** @throws AppError RECORD_NOT_FOUND for what is no number of an entry */
export function parseAuditId(text: string): string {
  if (/^\d{1,18}$/.test(text)) return text
  throw refuse('RECORD_NOT_FOUND')
}
