import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { AppError, problem, refuse } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import type { FlowDeps } from '../../process/flows/deps.ts'
import { actOnRun, listRuns, type RunAct, readRun } from '../../process/flows/manage.ts'
import { simulateFlow } from '../../process/flows/simulate.ts'
import { queueWakes } from '../../process/flows/wakes.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { onCurrentModel } from '../../records/model-moved.ts'
import { parseLimit } from '../../records/parse-list.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { modelOfFlow } from '../meta/draft-model.ts'
import { metaContext } from '../meta/meta-context.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'

export const RUN_STATES = ['waiting', 'sleeping', 'done', 'failed', 'cancelled', 'cut', 'dead'] as const

const RECORD_ID = { en: 'the id of a record', 'zh-CN': '记录的 ID' }

/** Runs of flows: their history, what is done to those that failed, and what a flow would do. */
export function flowRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/flows/runs', async (request, response) => {
    const context = await metaContext(deps, request, 'flows')
    const {
      flow,
      state,
      record,
      limit: size,
      after,
    } = parseParameters(queryOf(request), [...['flow', 'state', 'record', 'limit', 'after']])
    const problems: ReturnType<typeof problem>[] = []
    const limit = parseLimit(size, problems)
    if (state !== undefined && !(RUN_STATES as readonly string[]).includes(state))
      problems.push(problem('FIELD_OPTION_UNKNOWN', '/state', { params: { value: state.slice(0, 40) } }))
    if (record !== undefined && !isRecordId(record))
      problems.push(problem('FIELD_TYPE_WRONG', '/record', { params: { expected: RECORD_ID } }))
    if (after !== undefined && !isRecordId(after)) problems.push(problem('QUERY_CURSOR_INVALID', '/after'))
    if (problems.length > 0) throw new AppError(problems)
    const { data, next } = await listRuns(
      deps.db,
      context.model,
      { flow, state, record, limit, after },
      context,
    )
    sendJson(response, 200, JSON.stringify({ data, page: { next } }))
  })

  routes.get('/api/flows/runs/:id', async (request, response) => {
    const context = await metaContext(deps, request, 'flows')
    noParameters(request)
    sendData(response, 200, await readRun(flowsOf(deps, context), context.model, request.params.id, context))
  })

  for (const act of ['retry', 'cancel', 'replay'] as const) {
    routes.post(`/api/flows/runs/:id/${act}`, async (request, response) => {
      const context = await actingContext(deps, request)
      noParameters(request)
      sendData(response, 200, await done(deps, context, request.params.id ?? '', act))
    })
  }

  routes.post('/api/flows/:name/simulate', async (request, response) => {
    const context = await actingContext(deps, request)
    noParameters(request)
    const { record, changeset } = readShape(await readJsonBody(request), {
      record: 'text?',
      changeset: 'text?',
    })
    if (record !== undefined && !isRecordId(record)) throw refuse('FLOW_RECORD_GONE', '/record')
    const { name } = request.params
    // A flow reads whatever it likes: who writes one and has it done at once could as well publish it.
    if (changeset !== undefined && !(context.access.edits('flow') && context.access.may('publish')))
      throw refuse('AUTH_DENIED')
    const model = changeset === undefined ? context.model : await modelOfFlow(deps, context, changeset, name)
    const inIts = { ...context, model }
    sendData(response, 200, await simulateFlow(flowsOf(deps, inIts), model, name, record, inIts))
  })

  return routes
}

/** Who sees as somebody else looks only. */
async function actingContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await metaContext(deps, request, 'flows')
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  return context
}

async function done(deps: HttpDeps, context: RequestContext, id: string, act: RunAct): Promise<object> {
  const renew = async () => {
    const model = await deps.models.refresh(context.model.workspace)
    return model === undefined ? context : requestContext({ ...context, model })
  }
  const run = await onCurrentModel(context, renew, (current) =>
    actOnRun(flowsOf(deps, current), current.model, id, act),
  )
  return { run }
}

function flowsOf({ db, registry, observer }: HttpDeps, { model, now }: RequestContext): FlowDeps {
  return { db, registry, observe: observer.observe, now, wakes: queueWakes, modelOf: async () => model }
}
