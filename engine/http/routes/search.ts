import { Router } from 'express'
import { searchRecords } from '../../records/search-records.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendJson } from '../respond.ts'

/** One question to all entities. */
export function searchRoutes(deps: HttpDeps): Router {
  const routes = Router()
  routes.get('/api/search', async (request, response) => {
    const context = await openContext(deps, request)
    const { status, body } = await searchRecords(context, parseParameters(queryOf(request)))
    sendJson(response, status, body)
  })
  return routes
}
