import { nearest } from '../../metadata/nearest.ts'
import { isKnownField } from '../access/access.ts'
import { AUDIT_ACTIONS } from '../audit/actions.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RequestContext } from './context.ts'
import { checkParameters, parseLimit } from './parse-list.ts'
import { unknownField } from './parse-selection.ts'

/** What is asked of the audit; what is undefined is not asked. */
export interface AuditQuestion {
  /** The acting user's id. */
  readonly user: string | undefined
  readonly entity: CompiledEntity | undefined
  readonly record: string | undefined
  /** A field of `entity` that was changed. */
  readonly field: CompiledField | undefined
  readonly actions: readonly string[] | undefined
  readonly subject: string | undefined
  readonly request: string | undefined
  /** Instants as PostgreSQL reads them: from the first to before the second. */
  readonly from: string | undefined
  readonly until: string | undefined
  readonly limit: number
  readonly after: string | undefined
}

export const AUDIT_PARAMETERS = [
  ...['user', 'entity', 'record', 'field', 'action', 'subject', 'request'],
  ...['from', 'until', 'limit', 'after'],
]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
const MAX_SUBJECT_LENGTH = 200

/** @throws AppError with every problem at once; ENTITY_UNKNOWN for an entity that the asker may not know */
export function parseAuditQuestion(
  context: RequestContext,
  raw: Readonly<Record<string, unknown>>,
): AuditQuestion {
  const problems = checkParameters(raw, AUDIT_PARAMETERS)
  const text = (name: string, isGood: (value: string) => boolean): string | undefined => {
    const value = raw[name]
    if (value === undefined) return undefined
    if (typeof value === 'string' && isGood(value)) return value
    problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } }))
    return undefined
  }
  const entityName = text('entity', (value) => value !== '')
  const entity = entityName === undefined ? undefined : entityFor(context, entityName)
  const question: AuditQuestion = {
    user: text('user', (value) => UUID.test(value)),
    entity,
    record: text('record', (value) => UUID.test(value)),
    field: parseField(context, entity, raw.field, problems),
    actions: parseActions(raw.action, problems),
    subject: text('subject', (value) => value.length <= MAX_SUBJECT_LENGTH && isStorable(value)),
    request: text('request', (value) => UUID.test(value)),
    from: toInstant(context, text('from', isTime), 0),
    until: toInstant(context, text('until', isTime), 1),
    limit: parseLimit(raw.limit, problems),
    after: text('after', (value) => value !== ''),
  }
  if (problems.length > 0) throw new AppError(problems)
  return question
}

function isStorable(text: string): boolean {
  return text !== '' && text.isWellFormed() && !text.includes('\u0000')
}

function isTime(text: string): boolean {
  return (DAY.test(text) || INSTANT.test(text)) && !Number.isNaN(Date.parse(text))
}

/** A day is one of the workspace's, the last one whole; an instant is itself. @param days to add to a day */
function toInstant(context: RequestContext, text: string | undefined, days: number): string | undefined {
  if (text === undefined || !DAY.test(text)) return text
  const day = new Date(Date.parse(text) + days * 86_400_000).toISOString().slice(0, 10)
  return `${day} 00:00:00 ${context.model.settings.timeZone}`
}

function parseField(
  context: RequestContext,
  entity: CompiledEntity | undefined,
  name: unknown,
  problems: Problem[],
): CompiledField | undefined {
  if (name === undefined) return undefined
  const field = typeof name === 'string' ? entity?.fields.get(name) : undefined
  if (entity !== undefined && field !== undefined && isKnownField(context.access, entity, field)) return field
  const isAlone = entity === undefined || typeof name !== 'string'
  problems.push(
    isAlone
      ? problem('HTTP_PARAMETER_INVALID', '/field', {
          params: { name: 'field' },
          hint: { en: 'Say “entity” as well.', 'zh-CN': '请同时给出 entity。' },
        })
      : unknownField(context, entity, name, '/field'),
  )
  return undefined
}

function parseActions(raw: unknown, problems: Problem[]): readonly string[] | undefined {
  if (typeof raw !== 'string') return undefined
  const known: readonly string[] = AUDIT_ACTIONS
  const names = raw.split(',')
  for (const name of names.filter((one) => !known.includes(one))) {
    const hint = didYouMean(nearest(name, known))
    problems.push(problem('HTTP_PARAMETER_INVALID', '/action', { params: { name: 'action' }, hint }))
  }
  return names
}
