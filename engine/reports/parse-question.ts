import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import { isRecord } from '../model/pointer.ts'
import { checkParameters } from '../records/parse-list.ts'
import { daysBetween, PERIOD_NAMES, type Period, type PeriodName } from './period.ts'

/** What a viewer chooses of a report. */
export interface ReportQuestion {
  readonly period: PeriodName | Period | undefined
  /** Values by field. */
  readonly where: Readonly<Record<string, readonly unknown[]>>
}

export const NO_QUESTION: ReportQuestion = { period: undefined, where: {} }
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MAX_VALUES = 200

/**
 * `{"period": "this_month" | {"from", "to"}, "where": {"owner": [id]}}`
 * @throws AppError with every problem (400)
 */
export function parseQuestion(raw: Readonly<Record<string, unknown>>): ReportQuestion {
  const problems: Problem[] = [...checkParameters(raw, ['period', 'where'])]
  const period = parsePeriod(raw.period, problems)
  const where = parseWhere(raw.where, problems)
  if (problems.length > 0) throw new AppError(problems)
  return { period, where }
}

function parsePeriod(raw: unknown, problems: Problem[]): PeriodName | Period | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined
  if (typeof raw === 'string') {
    const known = PERIOD_NAMES.find((name) => name === raw)
    const range = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(raw)
    if (range !== null) return parsePeriod({ from: range[1], to: range[2] }, problems)
    if (known === undefined) {
      const hint = didYouMean(nearest(raw.slice(0, 40), PERIOD_NAMES)) ?? {
        en: `One of: ${PERIOD_NAMES.join(', ')}; or two days, 2026-01-01..2026-03-31.`,
        'zh-CN': `可选：${PERIOD_NAMES.join('、')}；或起止日期，如 2026-01-01..2026-03-31。`,
      }
      problems.push(problem('REPORT_PERIOD_INVALID', '/period', { hint }))
    }
    return known
  }
  const { from, to } = isRecord(raw) ? raw : {}
  if (isDay(from) && isDay(to) && from <= to) return daysBetween(from, to)
  problems.push(problem('REPORT_PERIOD_INVALID', '/period'))
  return undefined
}

function isDay(raw: unknown): raw is string {
  return typeof raw === 'string' && DAY.test(raw) && !Number.isNaN(Date.parse(`${raw}T00:00:00Z`))
}

function parseWhere(raw: unknown, problems: Problem[]): Readonly<Record<string, readonly unknown[]>> {
  const parsed = typeof raw === 'string' ? jsonIn(raw) : raw
  if (parsed === undefined || parsed === null) return {}
  if (!isRecord(parsed)) {
    problems.push(problem('HTTP_PARAMETER_INVALID', '/where', { params: { name: 'where' } }))
    return {}
  }
  return Object.fromEntries(
    Object.entries(parsed).map(([path, values]) => {
      const list = Array.isArray(values) ? values : [values]
      if (list.length === 0 || list.length > MAX_VALUES) {
        problems.push(problem('HTTP_PARAMETER_INVALID', `/where/${path}`, { params: { name: path } }))
      }
      return [path, list]
    }),
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // no object: refused like any other
  }
}
