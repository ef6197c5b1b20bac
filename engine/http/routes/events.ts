import { Router } from 'express'
import { carriedToken, openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { openStream } from '../live/stream.ts'
import { noParameters } from '../query-of.ts'

/** What an id of ours can be; anything else was never one. */
const NOTICE_ID = /^[0-9a-z.-]{1,60}$/

/** What happens as it happens, for pages that are open: server-sent events. */
export function eventRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/events', async (request, response) => {
    const { model, actor } = await openContext(deps, request)
    noParameters(request)
    const said = String(request.headers['last-event-id'] ?? '')
    const lastId = said === '' ? undefined : NOTICE_ID.test(said) ? said : '?'
    const token = carriedToken(deps, request)!.token
    const begin = await deps.live.join({ model, actor, token, lastId })
    const stream = openStream(response)
    const leave = begin(stream)
    response.once('close', leave)
    if (request.method === 'HEAD' || response.destroyed) stream.end()
    if (response.destroyed) leave()
  })

  return routes
}
