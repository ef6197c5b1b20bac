import { nearest } from '../../metadata/nearest.ts'
import { EMPTY_RECORD } from '../../metadata/rules/environment.ts'
import { type RecordWorld, startRecordRules } from '../../metadata/rules/record-rules.ts'
import { didYouMean, type Problem, problem, quoted } from '../errors.ts'
import type { AskedField, Webform } from './webform.ts'

export type Values = Readonly<Record<string, unknown>>

/** When and where answers are judged. */
export interface Moment {
  readonly now: Date
  readonly today: string
  readonly timeZone: string
}

export interface JudgedAnswers {
  /** What is stored: of fields that are shown, those that say something. */
  readonly values: Values
  readonly problems: readonly Problem[]
}

/** Names that are told to be unknown; the rest is of the same kind. */
const MAX_UNKNOWN = 20

/**
 * Answers by the rules of the form, as its page runs them: what is hidden is dropped, what is asked for must be there.
 * Whether the values are sound is the record layer's matter. Paths are JSON pointers into the answers.
 */
export function judgeAnswers(form: Webform, answers: Values, moment: Moment): JudgedAnswers {
  const asked = new Map(form.asked.map((one) => [one.field.name, one]))
  const said = (name: string) => (Object.hasOwn(answers, name) ? answers[name] : null)
  const world: RecordWorld = {
    isNew: true,
    said: (name) => (asked.has(name) ? (isBlank(said(name)) ? null : said(name)) : undefined),
    ...{ stored: () => null, related: () => null, before: () => null },
    environment: {
      ...{ actor: EMPTY_RECORD, settings: EMPTY_RECORD },
      ...{ now: moment.now.getTime(), today: moment.today, timeZone: moment.timeZone },
    },
  }
  const { hidden, required } = startRecordRules(form.rules).judge(world)
  const values: Record<string, unknown> = {}
  const problems: Problem[] = unknownAnswers(answers, asked)
  for (const [name, one] of asked) {
    if (hidden.has(name)) continue
    const value = said(name)
    if (!isBlank(value)) {
      values[name] = value
      problems.push(...strangeOptions(one, value))
    } else if (one.isRequired || required.has(name)) problems.push(problem('FIELD_REQUIRED', `/${name}`))
  }
  return { values, problems }
}

function unknownAnswers(answers: Values, asked: ReadonlyMap<string, AskedField>): Problem[] {
  const unknown = Object.keys(answers).filter((name) => !asked.has(name))
  return unknown.slice(0, MAX_UNKNOWN).map((name) => {
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const hint = didYouMean(nearest(name, asked.keys()))
    return problem('FIELD_UNKNOWN', path, { params: { name: name.slice(0, 80) }, hint })
  })
}

/** Options that the field has and the form does not offer. */
function strangeOptions({ said, field }: AskedField, value: unknown): readonly Problem[] {
  if (said.options === undefined) return []
  const offered = new Set<unknown>(said.options)
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const strange = list.find((one) => !offered.has(one))
  if (strange === undefined) return []
  return [problem('FIELD_OPTION_UNKNOWN', `/${field.name}`, { params: { value: quoted(strange) } })]
}

/** An unticked box says nothing, too. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}
