import { type FigureColumn, measureColumn, measureJson } from '../records/figure-sql.ts'
import { conditionSql } from '../records/filter.ts'
import type { Parameters } from '../records/parameters.ts'
import type { RowSource } from '../records/row-source.ts'
import type { Figure } from './parse-report.ts'

/** A sum over rows that can be summed up again over groups of them. */
export interface FigurePart {
  readonly fn: 'count' | 'sum' | 'min' | 'max' | 'count_distinct'
  /** Undefined: the row itself is counted. */
  readonly argument: string | undefined
}

/** How a figure is worked out. */
export interface FigureSql {
  readonly parts: readonly FigurePart[]
  /** The figure out of its parts. */
  final(parts: readonly string[]): string
}

/** What of a figure is asked of each row. */
export function figureSql(figure: Figure, rows: RowSource, parameters: Parameters): FigureSql {
  const { fn } = figure
  const when = figure.filter === undefined ? undefined : conditionSql(figure.filter, rows, parameters)
  const value =
    figure.value !== undefined
      ? `(${conditionSql(figure.value, rows, parameters)})::numeric`
      : figure.path === undefined
        ? undefined
        : rows.column(figure.path)
  const among = (sql: string | undefined) =>
    when === undefined ? sql : `CASE WHEN ${when} THEN ${sql ?? '1'} END`
  const single = (part: FigurePart['fn']): FigureSql => ({
    parts: [{ fn: part, argument: among(value) }],
    final: ([one]) => one!,
  })
  switch (fn) {
    case 'share':
      return {
        parts: [
          { fn: 'count', argument: among(undefined) },
          { fn: 'count', argument: undefined },
        ],
        final: ([part, whole]) => `round(${part}::numeric / nullif(${whole}, 0), 6)`,
      }
    case 'avg':
      return {
        parts: [
          { fn: 'sum', argument: among(value) },
          { fn: 'count', argument: among(value) },
        ],
        final: ([sum, count]) => `${sum}::numeric / nullif(${count}, 0)`,
      }
    default:
      return single(fn)
  }
}

/** Whether groups of rows can be worked out first and their sums from those. */
export function isSummable({ parts }: FigureSql): boolean {
  return parts.every(({ fn }) => fn !== 'count_distinct')
}

/** A part over rows. */
export function partSql({ fn, argument = '*' }: FigurePart): string {
  if (fn === 'count_distinct') return `count(DISTINCT ${argument})`
  return `${fn}(${argument})`
}

/** A part over parts of groups. */
export function combined({ fn }: FigurePart, part: string): string {
  return fn === 'count' ? `coalesce(sum(${part}), 0)::bigint` : `${fn}(${part})`
}

/** A figure as it goes out. */
export function figureJson({ fn, field }: Figure, sql: string): string {
  return fn === 'share' ? sql : measureJson({ fn, field }, sql)
}

export function figureColumn({ fn, field }: Figure, sql: string): FigureColumn | undefined {
  return fn === 'share'
    ? { sql, type: 'number', sqlType: 'numeric' }
    : (measureColumn({ fn, field }, sql) ?? { sql, type: 'number', sqlType: 'numeric' })
}
