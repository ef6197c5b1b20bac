import { AppError } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import type { ReportFigures, ReportsPort } from '../registry/ports.ts'
import { openedDashboard, openedReport } from './opened.ts'
import { parseQuestion } from './parse-question.ts'
import { type ReportAnswer, runReport } from './run-report.ts'

/** Reports for those who stand beside them and may not import them; a refusal is an answer like any other. */
export function createReports(): ReportsPort {
  return {
    async figuresOf(given, name, period) {
      const context = given as RequestContext
      return await refusedOr(async () => {
        const definition = await openedReport(context, name)
        const question = parseQuestion(period === undefined ? {} : { period })
        return toFigures(await runReport(context, definition, question))
      })
    },
    async tilesOf(given, name) {
      const context = given as RequestContext
      return await refusedOr(async () => {
        const { tiles } = await openedDashboard(context, name)
        const rows: Readonly<Record<string, unknown>>[] = []
        for (const { name: tile, report } of tiles) {
          if (report === undefined) continue
          const found = toFigures(
            await runReport(context, await openedReport(context, report), parseQuestion({})),
          )
          rows.push(...found.rows.map((row) => ({ tile, ...row })))
          if (found.listed !== undefined) rows.push({ tile, count: found.count })
        }
        return { refused: [], rows, count: tiles.length }
      })
    },
  }
}

async function refusedOr(work: () => Promise<ReportFigures>): Promise<ReportFigures> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'HTTP_UNAVAILABLE') throw error
    return { refused: error.problems, rows: [], count: 0 }
  }
}

function toFigures(answer: ReportAnswer): ReportFigures {
  if (!('rows' in answer)) {
    const records = answer.records as readonly { readonly id: string }[]
    return { refused: [], rows: [], listed: records.map(({ id }) => id), count: answer.rowCount }
  }
  const { entity, rowCount: count } = answer
  if (answer.shape === 'number') {
    const { values = {}, filter } = answer.total ?? {}
    return { refused: [], rows: [values], filters: [filter], entity, count: 1 }
  }
  const paths = answer.shape === 'funnel' ? ['stage'] : answer.rowGroups.map(({ path }) => path)
  const across = answer.columnGroups[0]?.path
  const found = answer.rows.flatMap(({ keys, values, filter, cells }) => {
    const named = Object.fromEntries(keys.map(({ value }, index) => [paths[index], value]))
    if (across === undefined) return [{ row: { ...named, ...values }, filter }]
    return (cells ?? []).flatMap((cell, index) => {
      const key = answer.columns[index]?.keys[0]?.value
      return cell === null ? [] : [{ row: { ...named, [across]: key, ...cell.values }, filter: cell.filter }]
    })
  })
  return {
    ...{ refused: [], entity, count },
    rows: found.map(({ row }) => row),
    filters: found.map(({ filter }) => filter),
  }
}
