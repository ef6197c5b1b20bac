import { Router } from 'express'
import { isNavigable } from '../../reports/opened.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { keptAnswers } from '../kept-answers.ts'
import { ownViews } from '../model/own-views.ts'
import { type OpensFigures, presentModel } from '../model/present-model.ts'
import { openApiDocument } from '../openapi/document.ts'
import { noParameters } from '../query-of.ts'
import { sendCached, sendData } from '../respond.ts'

/** What the asking actor may know of the model in force: for pages, and as OpenAPI; 304 while it is the same. */
export function modelRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const modelFor = keptAnswers((context) => {
    const { model, actor } = context
    const opens: OpensFigures = (kind, name) => isNavigable(context, kind, name)
    return { data: presentModel(model, actor, actor.language, opens) }
  })
  const openApiFor = keptAnswers(({ model, actor }) => openApiDocument(model, actor, actor.language))

  routes.get('/api/meta/model', async (request, response) => {
    noParameters(request)
    sendCached(request, response, modelFor(await openContext(deps, request)))
  })

  routes.get('/api/views', async (request, response) => {
    noParameters(request)
    sendData(response, 200, await ownViews(await openContext(deps, request)))
  })

  routes.get('/api/openapi.json', async (request, response) => {
    noParameters(request)
    sendCached(request, response, openApiFor(await openContext(deps, request)))
  })

  return routes
}
