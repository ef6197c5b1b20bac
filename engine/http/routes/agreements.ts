import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { AppError, problem } from '../../errors.ts'
import { askForAgreement, sayToPlan } from '../../process/control/agree.ts'
import { agreementOf, linkRequests } from '../../process/control/agreement-view.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { editorContext } from '../meta/meta-context.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** Who must agree to a draft before it is published, what they say, and which change requests it answers. */
export function agreementRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const base = '/api/meta/changesets/:id'

  const contextOf = async (request: IncomingMessage) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    return {
      context,
      view: (id: string) => agreementOf(deps, context, id, languageOf(request, context.actor.language)),
    }
  }

  routes.get(`${base}/agreement`, async (request, response) => {
    const { view } = await contextOf(request)
    sendData(response, 200, await view(request.params.id))
  })

  routes.post(`${base}/agreement/ask`, async (request, response) => {
    const { context, view } = await contextOf(request)
    const person = personIn(context)
    const word = readShape(await readJsonBody(request), { hash: 'text', text: 'text?' } as const)
    await askForAgreement(deps, context, person, request.params.id, word)
    sendData(response, 200, await view(request.params.id))
  })

  routes.post(`${base}/agreement`, async (request, response) => {
    const { context, view } = await contextOf(request)
    const person = personIn(context)
    const shape = { hash: 'text', decision: 'text', text: 'text?' } as const
    const { decision, ...word } = readShape(await readJsonBody(request), shape)
    if (decision !== 'agreed' && decision !== 'declined')
      throw new AppError(
        problem('FIELD_OPTION_UNKNOWN', '/decision', { params: { value: decision.slice(0, 40) } }),
      )
    await sayToPlan(deps, context, person, request.params.id, { ...word, decision })
    sendData(response, 200, await view(request.params.id))
  })

  routes.put(`${base}/requests`, async (request, response) => {
    const { context, view } = await contextOf(request)
    const { requests } = readShape(await readJsonBody(request), { requests: 'texts' })
    await linkRequests(context, request.params.id, requests)
    sendData(response, 200, await view(request.params.id))
  })

  return routes
}
