import { Router } from 'express'
import { refuse } from '../../errors.ts'
import { parseOwnSettings, readOwnSettings, saveOwnSettings } from '../../process/own-settings.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** What a person has arranged for themselves: favourites, the views that lists open with. */
export function ownSettingsRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/auth/settings', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    sendData(response, 200, await readOwnSettings(deps.db, context.model.schema, personIn(context)))
  })

  routes.patch('/api/auth/settings', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
    const person = personIn(context)
    await saveOwnSettings(
      deps.db,
      context.model.schema,
      person,
      parseOwnSettings(await readJsonBody(request)),
    )
    sendData(response, 200, await readOwnSettings(deps.db, context.model.schema, person))
  })

  return routes
}
