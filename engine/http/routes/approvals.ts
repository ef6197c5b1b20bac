import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { AppError, problem, problemHint, problemMessage, refuse } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import { parseAct } from '../../process/approvals/acts.ts'
import { actOnApproval } from '../../process/approvals/decide.ts'
import { addDelegation, listDelegations, removeDelegation } from '../../process/approvals/delegations.ts'
import { listInbox } from '../../process/approvals/inbox.ts'
import { type TurnPlace, turnPlaces } from '../../process/approvals/turn-places.ts'
import type { RequestContext } from '../../records/context.ts'
import { onCurrentModel } from '../../records/model-moved.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'
import { approvalDeps } from './approval-calls.ts'

/** Turns that are decided in one call at most. */
const MOST_TURNS = 100

/** What waits for somebody, and who decides while they are away. */
export function approvalRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/approvals', async (request, response) => {
    const context = await openContext(deps, request)
    const raw = parseParameters(queryOf(request), ['state', 'limit', 'after'])
    sendJson(response, 200, JSON.stringify(await listInbox(context, raw)))
  })

  routes.post('/api/approvals/decide', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const body = readShape(await readJsonBody(request), { act: 'text', turns: 'texts', comment: 'text?' })
    const { act, turns, comment } = body
    if (act !== 'approve' && act !== 'reject')
      throw refuse('FIELD_OPTION_UNKNOWN', '/act', { params: { value: act.slice(0, 40) } })
    if (turns.length > MOST_TURNS)
      throw refuse('FIELD_LIST_TOO_LONG', '/turns', { params: { limit: MOST_TURNS } })
    parseAct(act, comment === undefined ? {} : { comment })
    const data: object[] = []
    const places = await turnPlaces(context, turns.filter(isRecordId))
    for (const turn of new Set(turns.map((one) => one.toLowerCase()))) {
      data.push(await decideOne(deps, request, context, act, { turn, comment, place: places.get(turn) }))
    }
    sendData(response, 200, data)
  })

  routes.get('/api/approvals/delegations', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    sendJson(response, 200, JSON.stringify(await listDelegations(context)))
  })

  routes.post('/api/approvals/delegations', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const body = readShape(await readJsonBody(request), {
      ...{ person: 'text?', delegate: 'text', from: 'text?', until: 'text', remark: 'text?' },
    } as const)
    sendData(response, 201, await addDelegation(context, body))
  })

  routes.delete('/api/approvals/delegations/:id', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    sendData(response, 200, await removeDelegation(context, request.params.id))
  })

  return routes
}

interface OneTurn {
  readonly turn: string
  readonly comment: string | undefined
  readonly place: TurnPlace | undefined
}

/** One of several words: what refuses it holds none of the others up. */
async function decideOne(
  deps: HttpDeps,
  request: IncomingMessage,
  context: RequestContext,
  act: 'approve' | 'reject',
  { turn, comment, place }: OneTurn,
): Promise<object> {
  try {
    if (place === undefined) throw refuse('APPROVAL_TURN_OVER', '/turns')
    const renew = async () => {
      await deps.models.refresh(context.model.workspace)
      return openContext(deps, request)
    }
    const body = { turn, ...(comment === undefined ? {} : { comment }) }
    const run = await onCurrentModel(context, renew, (current) =>
      actOnApproval(approvalDeps(deps), current, act, place.entity, place.record, body),
    )
    return { turn, ok: true, state: run.state }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    const fault = error.problems[0] ?? problem('HTTP_INTERNAL')
    const { language } = context.actor
    const texts = context.words?.problems
    const hint = problemHint(fault, language, texts)
    return {
      ...{ turn, ok: false },
      problem: {
        ...{ code: fault.code, path: '/turns', message: problemMessage(fault, language, texts) },
        ...(hint === undefined ? {} : { hint }),
      },
    }
  }
}
