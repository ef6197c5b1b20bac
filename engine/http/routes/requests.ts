import { Router } from 'express'
import { answerRequest } from '../../process/requests/answer-request.ts'
import { fileRequest } from '../../process/requests/file-request.ts'
import { findRequest, listRequests } from '../../process/requests/request.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { personIn } from '../own-context.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'

/** What people wish to be different, and what became of it. */
export function requestRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/requests', async (request, response) => {
    const context = await openContext(deps, request)
    const raw = parseParameters(queryOf(request), ['state', 'limit', 'after'])
    sendJson(response, 200, JSON.stringify(await listRequests(context, raw)))
  })

  routes.post('/api/requests', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const person = personIn(context)
    const body = readShape(await readJsonBody(request), {
      ...{ page: 'text', text: 'text', expected: 'text?', entity: 'text?', record: 'text?' },
    } as const)
    const id = await fileRequest(deps, context, person, body)
    sendData(response, 201, await findRequest(context, id))
  })

  routes.patch('/api/requests/:id', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const person = personIn(context)
    const body = readShape(await readJsonBody(request), { state: 'text', answer: 'text?' } as const)
    await answerRequest(deps, context, person, request.params.id, body)
    sendData(response, 200, await findRequest(context, request.params.id))
  })

  return routes
}
