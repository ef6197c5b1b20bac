import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../errors.ts'
import { canonicalInstant } from '../fields/date-time.ts'
import { isInstant, isRecordId, isStorableText } from '../fields/parts/formats.ts'

export type HolderKind = 'user' | 'team' | 'role'

/** Who gets a record: a user's or team's id, a role's name. */
export interface SharedWith {
  readonly kind: HolderKind
  readonly name: string
}

/** What is said of a share; absent is left as it is. */
export interface ShareTerms {
  readonly access?: 'read' | 'edit'
  /** An instant as the API writes it; null: for good. */
  readonly until?: string | null
  readonly remark?: string | null
}

export interface NewShare extends ShareTerms {
  readonly with: SharedWith
  readonly access: 'read' | 'edit'
}

const KINDS: readonly HolderKind[] = ['user', 'team', 'role']
const TERMS = ['access', 'until', 'remark'] as const
const MAX_REMARK = 500

/**
 * The body of a new share: `{"with": {"user": id}, "access", "until"?, "remark"?}`.
 * @throws AppError with every problem at once
 */
export function parseNewShare(body: unknown, now: Date): NewShare {
  const given = readObject(body)
  const problems = unknownKeys(given, ['with', ...TERMS])
  const terms = parseTerms(given, now, problems)
  const holder = parseHolder(given.with)
  if (holder === undefined) {
    problems.push(problem(given.with === undefined ? 'FIELD_REQUIRED' : 'SHARE_HOLDER_INVALID', '/with'))
  }
  if (given.access === undefined) problems.push(problem('FIELD_REQUIRED', '/access'))
  if (problems.length > 0 || holder === undefined || terms.access === undefined) throw new AppError(problems)
  return { ...terms, with: holder, access: terms.access }
}

/**
 * The body of a change to a share: `{"access"?, "until"?, "remark"?}`.
 * @throws AppError with every problem at once
 */
export function parseShareTerms(body: unknown, now: Date): ShareTerms {
  const given = readObject(body)
  const problems = unknownKeys(given, TERMS)
  const terms = parseTerms(given, now, problems)
  if (problems.length > 0) throw new AppError(problems)
  return terms
}

function readObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  return body as Readonly<Record<string, unknown>>
}

const MAX_TOLD = 20

function unknownKeys(given: Readonly<Record<string, unknown>>, known: readonly string[]): Problem[] {
  const strangers = Object.keys(given).filter((name) => !known.includes(name))
  return strangers.slice(0, MAX_TOLD).map((name) => {
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return problem('FIELD_UNKNOWN', path, { params: { name }, hint: didYouMean(nearest(name, known)) })
  })
}

function parseHolder(said: unknown): SharedWith | undefined {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined
  const entries = Object.entries(said)
  const [kind, name] = entries[0] ?? []
  if (entries.length !== 1 || typeof name !== 'string' || !(KINDS as readonly unknown[]).includes(kind))
    return undefined
  if (kind !== 'role' && !isRecordId(name)) return undefined
  return { kind: kind as HolderKind, name: kind === 'role' ? name : name.toLowerCase() }
}

function parseTerms(given: Readonly<Record<string, unknown>>, now: Date, problems: Problem[]): ShareTerms {
  const { access, until, remark } = given
  if (access !== undefined && access !== 'read' && access !== 'edit') {
    const expected = { en: '“read” or “edit”', 'zh-CN': '“read”或“edit”' }
    problems.push(problem('FIELD_TYPE_WRONG', '/access', { params: { expected } }))
  }
  const end = parseUntil(until, now, problems)
  if (remark !== undefined && remark !== null) problems.push(...remarkProblems(remark))
  return {
    ...(access === 'read' || access === 'edit' ? { access } : {}),
    ...(end === undefined ? {} : { until: end }),
    ...(typeof remark === 'string' || remark === null ? { remark } : {}),
  }
}

function parseUntil(until: unknown, now: Date, problems: Problem[]): string | null | undefined {
  if (until === undefined || until === null) return until
  if (typeof until !== 'string' || !isInstant(until)) {
    const expected = {
      en: 'an instant such as 2026-03-02T01:00:00Z, or null',
      'zh-CN': '时刻（例如 2026-03-02T01:00:00Z）或 null',
    }
    problems.push(problem('FIELD_TYPE_WRONG', '/until', { params: { expected } }))
    return undefined
  }
  if (Date.parse(until) <= now.getTime()) problems.push(problem('SHARE_OVER', '/until'))
  return canonicalInstant(until)
}

function remarkProblems(remark: unknown): readonly Problem[] {
  if (typeof remark !== 'string') {
    return [problem('FIELD_TYPE_WRONG', '/remark', { params: { expected: { en: 'text', 'zh-CN': '文本' } } })]
  }
  if (!isStorableText(remark)) return [problem('FIELD_TEXT_INVALID', '/remark')]
  if ([...remark].length > MAX_REMARK)
    return [problem('FIELD_TEXT_TOO_LONG', '/remark', { params: { limit: MAX_REMARK } })]
  return []
}
