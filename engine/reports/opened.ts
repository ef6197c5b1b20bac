import { nearest } from '../../metadata/nearest.ts'
import type { DashboardDefinition, ReportDefinition } from '../../metadata/types.ts'
import { AppError, didYouMean, refuse } from '../errors.ts'
import { isOpened } from '../forms/layout.ts'
import { metBy } from '../records/belonging.ts'
import type { RequestContext } from '../records/context.ts'
import { NO_QUESTION } from './parse-question.ts'
import { parseReport } from './parse-report.ts'

type Opened = ReportDefinition | DashboardDefinition

async function opens<D extends Opened>(
  context: RequestContext,
  definitions: Iterable<D>,
): Promise<readonly D[]> {
  return await metBy(context, definitions, (definition) => isOpened(context.model, context.actor, definition))
}

/** Whether the actor may know all that a report speaks of: another would answer nothing but a refusal. */
function isShown(context: RequestContext, definition: ReportDefinition): boolean {
  try {
    parseReport(context, definition, NO_QUESTION)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** The reports that the actor opens, with translated texts, by label's order of definition. */
export async function openedReports(context: RequestContext): Promise<readonly ReportDefinition[]> {
  const mine = await opens(context, context.model.translated.report.values())
  return mine.filter((definition) => isShown(context, definition))
}

/** @throws AppError REPORT_UNKNOWN with the nearest name; also for one that is not for the actor */
export async function openedReport(context: RequestContext, name: string): Promise<ReportDefinition> {
  const known = context.model.translated.report.get(name)
  const [found] = known === undefined ? [] : await opens(context, [known])
  if (found !== undefined && isShown(context, found)) return found
  const names = (await openedReports(context)).map((report) => report.name)
  const hint = didYouMean(nearest(name.slice(0, 60), names))
  throw refuse('REPORT_UNKNOWN', '', { params: { name: name.slice(0, 60) }, hint })
}

/** The dashboards that the actor opens and of which they see a tile. */
export async function openedDashboards(context: RequestContext): Promise<readonly DashboardDefinition[]> {
  const mine = await opens(context, context.model.translated.dashboard.values())
  if (mine.length === 0) return []
  const reports = new Set((await openedReports(context)).map(({ name }) => name))
  return mine.flatMap((dashboard) => {
    const tiles = dashboard.tiles.filter(({ report }) => report === undefined || reports.has(report))
    return tiles.some(({ report }) => report !== undefined) ? [{ ...dashboard, tiles }] : []
  })
}

/** @throws AppError DASHBOARD_UNKNOWN with the nearest name */
export async function openedDashboard(context: RequestContext, name: string): Promise<DashboardDefinition> {
  const mine = await openedDashboards(context)
  const found = mine.find((dashboard) => dashboard.name === name)
  if (found !== undefined) return found
  const hint = didYouMean(
    nearest(
      name.slice(0, 60),
      mine.map((one) => one.name),
    ),
  )
  throw refuse('DASHBOARD_UNKNOWN', '', { params: { name: name.slice(0, 60) }, hint })
}

/** Whether a navigation leads the actor to a dashboard or report: one of the whole workspace, with something to show. */
export function isNavigable(context: RequestContext, kind: 'dashboard' | 'report', name: string): boolean {
  const { definitions } = context.model
  const isFor = (definition: Opened | undefined) =>
    definition !== undefined &&
    definition.belongsTo === undefined &&
    isOpened(context.model, context.actor, definition)
  const isReport = (of: string | undefined) => {
    const report = of === undefined ? undefined : definitions.report.get(of)
    return report !== undefined && isFor(report) && isShown(context, report)
  }
  if (kind === 'report') return isReport(name)
  const dashboard = definitions.dashboard.get(name)
  return isFor(dashboard) && dashboard!.tiles.some(({ report }) => isReport(report))
}
