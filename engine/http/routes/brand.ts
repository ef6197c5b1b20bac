import { Router } from 'express'
import type { HttpDeps } from '../deps.ts'
import { noParameters } from '../query-of.ts'
import { sendData } from '../respond.ts'
import { modelOf } from '../workspace.ts'

/** How a workspace looks, for the page before the door too: open to everybody, as its letterhead is. */
export function brandRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/brand', async (request, response) => {
    noParameters(request)
    const { brandColour, logo } = (await modelOf(deps.models, request)).settings
    sendData(response, 200, { color: brandColour ?? null, logo: logo ?? null })
  })

  return routes
}
