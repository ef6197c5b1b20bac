import type { RequestContext } from '../records/context.ts'
import type { ReportsPort } from '../registry/ports.ts'
import { openedReport } from './opened.ts'
import { parseQuestion } from './parse-question.ts'
import { runReport } from './run-report.ts'

/** Reports for those who stand beside them and may not import them. */
export function createReports(): ReportsPort {
  return {
    async figuresOf(given, name, period) {
      const context = given as RequestContext
      const definition = await openedReport(context, name)
      const answer = await runReport(
        context,
        definition,
        parseQuestion(period === undefined ? {} : { period }),
      )
      if (!('rows' in answer)) {
        const records = answer.records as readonly { readonly id: string }[]
        return { rows: [], listed: records.map(({ id }) => id), count: answer.rowCount }
      }
      const paths = answer.shape === 'funnel' ? ['stage'] : answer.rowGroups.map(({ path }) => path)
      const across = answer.columnGroups[0]?.path
      const rows = answer.rows.flatMap(({ keys, values, cells }) => {
        const named = Object.fromEntries(keys.map(({ value }, index) => [paths[index], value]))
        if (across === undefined) return [{ ...named, ...values }]
        return (cells ?? []).flatMap((cell, index) =>
          cell === null
            ? []
            : [{ ...named, [across]: answer.columns[index]?.keys[0]?.value, ...cell.values }],
        )
      })
      const isNumber = answer.shape === 'number'
      return { rows: isNumber ? [answer.total?.values ?? {}] : rows, count: answer.rowCount }
    },
  }
}
