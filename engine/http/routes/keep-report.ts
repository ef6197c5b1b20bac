import type { Router } from 'express'
import type { ReportDefinition } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import { saveContentDefinition } from '../../model/content.ts'
import { newId } from '../../model/uuid.ts'
import { allOf } from '../../reports/drill.ts'
import { openedReport } from '../../reports/opened.ts'
import { parseQuestion, type ReportQuestion } from '../../reports/parse-question.ts'
import { narrowingRule, parseReport } from '../../reports/parse-report.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { workspaceDeps } from '../meta/meta-context.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

const LABEL_LENGTH = 120

/** A report as whoever looks has narrowed it, kept as their own: `POST /api/reports/{name}/keep`. */
export function keepReportRoute(routes: Router, deps: HttpDeps): void {
  routes.post('/api/reports/:name/keep', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const user = personIn(context)
    const { label, ...asked } = readShape(await readJsonBody(request), {
      ...{ label: 'text', period: 'text?', where: 'object?' },
    } as const)
    const called = label.trim()
    if (called === '') throw refuse('FIELD_REQUIRED', '/label')
    if (called.length > LABEL_LENGTH)
      throw refuse('FIELD_TEXT_TOO_LONG', '/label', { params: { limit: LABEL_LENGTH } })
    const definition = await openedReport(context, request.params.name)
    const question = parseQuestion(asked)
    parseReport(context, definition, question) // what cannot be asked is not kept
    const name = `own_${newId().replaceAll('-', '').slice(-12)}`
    const own = ownReport(definition, question, { name, label: called, belongsTo: { user } })
    await saveContentDefinition(workspaceDeps(deps, context), { kind: 'report', name }, own, user)
    await deps.models.refresh(context.model.workspace)
    sendData(response, 201, { name, label: called })
  })
}

/** The report with what was chosen as its own filter and the time that it begins with. */
function ownReport(
  definition: ReportDefinition,
  { period, where }: ReportQuestion,
  own: Pick<ReportDefinition, 'name' | 'label' | 'belongsTo'>,
): ReportDefinition {
  const { id: _id, was: _was, for: _for, requirement: _requirement, note: _note, ...asked } = definition
  const filter = allOf([
    definition.filter,
    ...Object.entries(where).map(([path, values]) => narrowingRule(path, values)),
  ])
  return {
    ...asked,
    ...own,
    ...(filter === undefined ? {} : { filter: filter as ReportDefinition['filter'] }),
    ...(definition.period !== undefined && typeof period === 'string'
      ? { period: { ...definition.period, default: period } }
      : {}),
  }
}
