import { AppError } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import type { ReportFigures, ReportsPort } from '../registry/ports.ts'
import { openedReport } from './opened.ts'
import { parseQuestion } from './parse-question.ts'
import { type ReportAnswer, runReport } from './run-report.ts'

/** Reports for those who stand beside them and may not import them; a refusal is an answer like any other. */
export function createReports(): ReportsPort {
  return {
    async figuresOf(given, name, period) {
      const context = given as RequestContext
      try {
        const definition = await openedReport(context, name)
        const question = parseQuestion(period === undefined ? {} : { period })
        return toFigures(await runReport(context, definition, question))
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'HTTP_UNAVAILABLE') throw error
        return { refused: error.problems, rows: [], count: 0 }
      }
    },
  }
}

function toFigures(answer: ReportAnswer): ReportFigures {
  if (!('rows' in answer)) {
    const records = answer.records as readonly { readonly id: string }[]
    return { refused: [], rows: [], listed: records.map(({ id }) => id), count: answer.rowCount }
  }
  if (answer.shape === 'number') return { refused: [], rows: [answer.total?.values ?? {}], count: 1 }
  const paths = answer.shape === 'funnel' ? ['stage'] : answer.rowGroups.map(({ path }) => path)
  const across = answer.columnGroups[0]?.path
  const rows = answer.rows.flatMap(({ keys, values, cells }) => {
    const named = Object.fromEntries(keys.map(({ value }, index) => [paths[index], value]))
    if (across === undefined) return [{ ...named, ...values }]
    return (cells ?? []).flatMap((cell, index) =>
      cell === null ? [] : [{ ...named, [across]: answer.columns[index]?.keys[0]?.value, ...cell.values }],
    )
  })
  return { refused: [], rows, count: answer.rowCount }
}
