import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { shapeOf } from '../../../metadata/report-shape.ts'
import { textIn } from '../../../metadata/text.ts'
import type { DashboardDefinition, ReportDefinition } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import { isRecord } from '../../model/pointer.ts'
import type { RequestContext } from '../../records/context.ts'
import { createNoteOpened, type NoteOpened } from '../../records/last-uses.ts'
import { changeToken } from '../../reports/changes.ts'
import { openedDashboard, openedDashboards, openedReport, openedReports } from '../../reports/opened.ts'
import { NO_QUESTION, parseQuestion } from '../../reports/parse-question.ts'
import { parseReport } from '../../reports/parse-report.ts'
import { previewDefinition } from '../../reports/preview.ts'
import { createReportCache } from '../../reports/report-cache.ts'
import { presentReport, runReport } from '../../reports/run-report.ts'
import { trendOf } from '../../reports/snapshots.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'
import { keepReportRoute } from './keep-report.ts'
import { sendReport } from './report-export.ts'

const TREND_DAYS = 30
const MAX_TREND_DAYS = 400

/** Reports and dashboards for whoever asks; every figure with the filter of its records. */
export function reportRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const cache = createReportCache()
  const note = createNoteOpened()

  routes.get('/api/reports', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    sendData(
      response,
      200,
      (await openedReports(context)).map((report) => summaryOf(context, report)),
    )
  })

  routes.post('/api/reports', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const { definition, ...asked } = await bodyOf(request)
    const checked = previewDefinition(context, deps.registry, definition)
    sendData(response, 200, await runReport(context, checked, parseQuestion(asked)))
  })

  routes.get('/api/reports/:name', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const definition = await openedReport(context, request.params.name)
    sendData(response, 200, presentReport(context, parseReport(context, definition, NO_QUESTION)))
  })

  routes.post('/api/reports/:name/run', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const question = parseQuestion(await bodyOf(request))
    const definition = await openedReport(context, request.params.name)
    const asked = { name: definition.name, question }
    const body = await cache.answer(context, asked, () => runReport(context, definition, question))
    await note(context, definition)
    sendJson(response, 200, body)
  })

  routes.get('/api/reports/:name/trend', async (request, response) => {
    const context = await openContext(deps, request)
    const { days } = parseParameters(queryOf(request), ['days'])
    const definition = await openedReport(context, request.params.name)
    sendData(response, 200, await trendOf(context, definition, parseDays(days)))
  })

  routes.get('/api/reports/:name/export', async (request, response) => {
    const context = await openContext(deps, request)
    const { format, bom, ...asked } = parseParameters(queryOf(request), ['format', 'bom', 'period', 'where'])
    const definition = await openedReport(context, request.params.name)
    await note(context, definition)
    await sendReport({ deps, context, request, response }, definition, parseQuestion(asked), { format, bom })
  })

  keepReportRoute(routes, deps)
  dashboardRoutes(routes, deps, note)
  return routes
}

function dashboardRoutes(routes: Router, deps: HttpDeps, note: NoteOpened): void {
  routes.get('/api/dashboards', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const dashboards = await openedDashboards(context)
    sendData(
      response,
      200,
      dashboards.map((dashboard) => ({
        ...named(context, dashboard),
        tiles: dashboard.tiles.length,
        belongsTo: dashboard.belongsTo ?? null,
      })),
    )
  })

  routes.get('/api/dashboards/:name', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const dashboard = await openedDashboard(context, request.params.name)
    await note(context, dashboard)
    sendData(response, 200, presentDashboard(context, dashboard))
  })

  routes.get('/api/changes', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    sendData(response, 200, { token: await changeToken(context.db, context.model.schema) })
  })
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJsonBody(request)
  if (!isRecord(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  return body
}

function parseDays(raw: string | undefined): number {
  if (raw === undefined) return TREND_DAYS
  const days = /^\d{1,3}$/.test(raw) ? Number(raw) : 0
  if (days >= 1 && days <= MAX_TREND_DAYS) return days
  const hint = { en: `1 to ${MAX_TREND_DAYS}.`, 'zh-CN': `1 到 ${MAX_TREND_DAYS}。` }
  throw refuse('HTTP_PARAMETER_INVALID', '/days', { params: { name: 'days' }, hint })
}

function named({ actor }: RequestContext, { name, label }: ReportDefinition | DashboardDefinition) {
  return { name, label: textIn(label, actor.language, name) }
}

function summaryOf(context: RequestContext, report: ReportDefinition) {
  const entity = context.model.entities.get(report.entity)
  return {
    ...named(context, report),
    entity: report.entity,
    entityLabel: textIn(entity?.label, context.actor.language, report.entity),
    shape: shapeOf(report),
    belongsTo: report.belongsTo ?? null,
  }
}

function presentDashboard(context: RequestContext, dashboard: DashboardDefinition) {
  const { language } = context.actor
  const { report: reports } = context.model.translated
  return {
    ...named(context, dashboard),
    period: dashboard.period ?? null,
    belongsTo: dashboard.belongsTo ?? null,
    tiles: dashboard.tiles.map(({ name, label, report, chart, text, trend, width = 6, height = 2 }) => {
      const shown = report === undefined ? undefined : reports.get(report)
      return {
        name,
        label: textIn(label ?? shown?.label, language, report ?? ''),
        report: report ?? null,
        entity: shown?.entity ?? null,
        parameters: shown?.parameters ?? [],
        chart: chart ?? null,
        trend: trend === true,
        text: text === undefined ? null : textIn(text, language, ''),
        width,
        height,
      }
    }),
  }
}
