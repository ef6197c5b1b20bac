import type { RequestContext } from '../records/context.ts'
import { createParameters, type Plan, toPlan } from '../records/parameters.ts'
import { figureJson } from './figure-parts.ts'
import type { ParsedReport } from './parse-report.ts'
import { leavesSql, listJson } from './plan-figures.ts'

export interface FunnelRow {
  /** Null: all records. */
  readonly stage: string | null
  /** JSON list. */
  readonly figures: string
}

/**
 * How many records ever came as far as each stage: who reached a later one of the funnel came through, whether the stage
 * was passed over or nobody wrote it down. Records are grouped by the stages that they reached, of which there are a few
 * dozen sets however many records there are; the sets are then taken apart.
 */
export function planFunnel(context: RequestContext, report: ParsedReport): Plan {
  const parameters = createParameters()
  const reached = report.funnel!.reached.name
  const leaves = leavesSql(context, report, parameters, (rows) => [rows.column(reached)], report.filter)
  const figures = leaves.figures.map((sql, index) => `${sql} AS m${index}`)
  const items = (stage: string) => [`${stage} AS stage`, ...figures].join(', ')
  const stages = report.funnel!.stages.map((stage, index) => {
    const further = parameters.add(report.funnel!.stages.slice(index), 'text[]')
    return `(${parameters.add(stage, 'text')}, ${further})`
  })
  const told = listJson(report.figures.map((figure, index) => figureJson(figure, `x.m${index}`)))
  const text =
    `WITH l AS MATERIALIZED (${leaves.sql}), c AS (` +
    `SELECT ${items('s.stage')} FROM (VALUES ${stages.join(', ')}) s(stage, further) ` +
    'LEFT JOIN l ON l.k0 && s.further GROUP BY s.stage ' +
    `UNION ALL SELECT ${items('NULL')} FROM l) ` +
    `SELECT x.stage, ${told} AS figures FROM c x`
  return toPlan(text, parameters)
}
