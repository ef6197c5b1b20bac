import { Router } from 'express'
import type { Actor } from '../../access/actor.ts'
import { findActor } from '../../access/find-actor.ts'
import { refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { explainRecord } from '../../records/explain.ts'
import { recordId } from '../../records/get.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters } from '../parameters.ts'
import { queryOf } from '../query-of.ts'
import { sendJson } from '../respond.ts'

/** Why somebody can or cannot see and change a record. */
export function explainRoutes(deps: HttpDeps): Router {
  const routes = Router()
  routes.get('/api/explain/:entity/:id', async (request, response) => {
    const { user } = parseParameters(queryOf(request), ['user'])
    const context = await openContext(deps, request)
    const subject = await subjectOf(context, user)
    const answer = await explainRecord(context, request.params.entity, request.params.id, subject)
    sendJson(response, answer.status, answer.body)
  })
  return routes
}

/** Oneself, or another for whoever manages the users. */
async function subjectOf(context: RequestContext, user: string | undefined): Promise<Actor> {
  const { actor, access, db, model } = context
  if (user === undefined || user.toLowerCase() === actor.id) return actor
  if (!access.may('users')) throw refuse('AUTH_DENIED')
  const found = await findActor(db, model, recordId(user))
  if (found === undefined) throw refuse('RECORD_NOT_FOUND')
  return found
}
