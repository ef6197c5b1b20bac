import { didYouMean as guessed } from '../metadata/nearest.ts'
import { approvalProblems } from './problems/approval.ts'
import { authProblems } from './problems/auth.ts'
import { backupProblems } from './problems/backup.ts'
import { connectionProblems } from './problems/connection.ts'
import { fieldProblems } from './problems/field.ts'
import { flowProblems } from './problems/flow.ts'
import { httpProblems } from './problems/http.ts'
import { importProblems } from './problems/import.ts'
import { mergeProblems } from './problems/merge.ts'
import { metaProblems } from './problems/meta.ts'
import { pilotProblems } from './problems/pilot.ts'
import { poolProblems } from './problems/pool.ts'
import type {
  LocalText,
  OwnWord,
  Problem,
  ProblemKind,
  ProblemParams,
  SimilarRecord,
} from './problems/problem.ts'
import { queryProblems } from './problems/query.ts'
import { recordProblems } from './problems/record.ts'
import { reportProblems } from './problems/report.ts'
import { requestProblems } from './problems/request.ts'
import { sandboxProblems } from './problems/sandbox.ts'
import { secretProblems } from './problems/secret.ts'
import { silentProblems } from './problems/silent.ts'
import { startProblems } from './problems/start.ts'
import { webformProblems } from './problems/webform.ts'

export type { LocalText, OwnWord, Problem, ProblemParams, SimilarRecord } from './problems/problem.ts'

/** Every problem the engine can answer with, by code; docs/errors.md is generated from it. */
export const PROBLEMS = {
  ...approvalProblems,
  ...authProblems,
  ...backupProblems,
  ...connectionProblems,
  ...fieldProblems,
  ...flowProblems,
  ...httpProblems,
  ...importProblems,
  ...mergeProblems,
  ...metaProblems,
  ...pilotProblems,
  ...silentProblems,
  ...poolProblems,
  ...queryProblems,
  ...recordProblems,
  ...reportProblems,
  ...requestProblems,
  ...sandboxProblems,
  ...secretProblems,
  ...startProblems,
  ...webformProblems,
} as const

export type ProblemCode = keyof typeof PROBLEMS

export interface ProblemDetail {
  readonly params?: ProblemParams
  readonly hint?: LocalText | undefined
  readonly similar?: SimilarRecord
}

/** Builds one problem; `path` is a JSON pointer into what was sent ('' = the whole). */
export function problem(code: ProblemCode, path = '', detail: ProblemDetail = {}): Problem {
  const { params, hint, similar } = detail
  return { code, path, ...(params && { params }), ...(hint && { hint }), ...(similar && { similar }) }
}

/** The hint that guesses what was meant, or undefined where nothing is near. */
export const didYouMean = (nearest: string | undefined): OwnWord | undefined => guessed(nearest)

const QUOTED_LENGTH = 80

/** A value as a message shows it: short, on one line, whatever it is. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length <= QUOTED_LENGTH ? text : `${text.slice(0, QUOTED_LENGTH)}…`
}

export function problemKind(code: string): ProblemKind {
  return (PROBLEMS as Record<string, ProblemKind>)[code] ?? PROBLEMS.HTTP_INTERNAL
}

export type Language = 'en' | 'zh-CN'

/** Problems as a further language says them: by code the message, by `CODE.hint` the hint of its kind, by its key a word. */
export type ProblemTexts = Readonly<Record<string, string>>

/**
 * The message of a problem in a language, its params filled in.
 * @param further says it instead, as far as it does; texts of definitions stay in the language
 */
export function problemMessage(fault: Problem, language: Language, further?: ProblemTexts): string {
  const message = further?.[fault.code] ?? problemKind(fault.code).message[language]
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fault.params?.[name] ?? whole
    return typeof value === 'object' ? wordIn(value, language, further) : String(value)
  })
}

/** Its own hint, else that of its kind. */
export function problemHint(fault: Problem, language: Language, further?: ProblemTexts): string | undefined {
  if (fault.hint !== undefined) return wordIn(fault.hint, language, further)
  return further?.[`${fault.code}.hint`] ?? problemKind(fault.code).hint?.[language]
}

function wordIn(word: LocalText | OwnWord, language: Language, further: ProblemTexts | undefined): string {
  if (further === undefined || !('key' in word)) return word[language]
  const { key, values } = word
  return (
    further[key]?.replace(/\{(\w+)\}/g, (whole, name: string) => values?.[name] ?? whole) ?? word[language]
  )
}

const REFUSAL = Symbol.for('tenon.refusal')

/**
 * A refusal that carries one or more problems; the first decides the status. Known by a mark rather than by its class:
 * what loads this module a second time (a plugin, a loader of tests) refuses like everybody else.
 */
export class AppError extends Error {
  readonly [REFUSAL] = true
  readonly problems: readonly Problem[]
  readonly retryAfterSeconds: number | undefined
  readonly #status: number | undefined
  /** @param options.status where another one fits better here than that of the first problem's kind */
  constructor(
    problems: Problem | readonly Problem[],
    options: { retryAfterSeconds?: number; status?: number; cause?: unknown } = {},
  ) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem]
    const first = list[0] ?? problem('HTTP_INTERNAL')
    super(`${first.code} ${first.path}`.trim(), { cause: options.cause })
    this.name = 'AppError'
    this.problems = list.length > 0 ? list : [first]
    this.retryAfterSeconds = options.retryAfterSeconds
    this.#status = options.status
  }
  get code(): string {
    return this.problems[0]?.code ?? 'HTTP_INTERNAL'
  }
  get status(): number {
    return this.#status ?? problemKind(this.code).status
  }
}

Object.defineProperty(AppError, Symbol.hasInstance, {
  value(this: typeof AppError, value: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value)
    return typeof value === 'object' && value !== null && REFUSAL in value
  },
})

/** Refuses with one problem. */
export function refuse(code: ProblemCode, path = '', detail: ProblemDetail = {}): AppError {
  return new AppError(problem(code, path, detail))
}
