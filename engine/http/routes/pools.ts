import { Router } from 'express'
import { forecastRecycling, listPools } from '../../process/pool/tell.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendJson } from '../respond.ts'

/** Pools, and what returns to them by and by, for whoever may read their records. */
export function poolRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/pools', async (request, response) => {
    const context = await openContext(deps, request)
    const { status, body } = await listPools(context, parseParameters(queryOf(request), ['entity']))
    sendJson(response, status, body)
  })

  routes.get('/api/pools/:name/recycling', async (request, response) => {
    const context = await openContext(deps, request)
    const asked = parseParameters(queryOf(request), ['until'])
    const { status, body } = await forecastRecycling(context, request.params.name, asked)
    sendJson(response, status, body)
  })

  return routes
}
