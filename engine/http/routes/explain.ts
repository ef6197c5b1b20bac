import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import type { Access } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import { findActor } from '../../access/find-actor.ts'
import { refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { explainRecord } from '../../records/explain.ts'
import { explainField } from '../../records/explain-field.ts'
import { explainRole, explainRoles } from '../../records/explain-role.ts'
import { explainUser } from '../../records/explain-user.ts'
import { recordId } from '../../records/get.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { draftInSight } from '../meta/draft-model.ts'
import { presentFault } from '../meta/present-meta.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendJson } from '../respond.ts'

/** Why somebody can or cannot see and change a record; who sees a field; what a role or a person may do. */
export function explainRoutes(deps: HttpDeps): Router {
  const routes = Router()
  rightsRoutes(routes, deps)
  routes.get('/api/explain/:entity/:id', async (request, response) => {
    const { user } = parseParameters(queryOf(request), ['user'])
    const context = await openContext(deps, request)
    const subject = await subjectOf(context, user)
    const answer = await explainRecord(context, request.params.entity, request.params.id, subject)
    sendJson(response, answer.status, answer.body)
  })
  return routes
}

function rightsRoutes(routes: Router, deps: HttpDeps): void {
  routes.get('/api/explain/fields/:entity/:field', async (request, response) => {
    const context = await contextFor(deps, request, (access) => access.may('users') || access.edits())
    noParameters(request)
    sendData(response, 200, await explainField(context, request.params.entity, request.params.field))
  })

  routes.get('/api/explain/users/:id/rights', async (request, response) => {
    const context = await contextFor(deps, request, (access) => access.may('users'))
    noParameters(request)
    sendData(response, 200, explainUser(context, await subjectOf(context, request.params.id)))
  })

  routes.get('/api/explain/roles', async (request, response) => {
    const context = await contextFor(deps, request, (access) => access.may('users') || access.edits())
    noParameters(request)
    sendData(response, 200, await explainRoles(context))
  })

  routes.post('/api/explain/roles', async (request, response) => {
    const { changeset } = parseParameters(queryOf(request), ['changeset'])
    const context = await contextFor(deps, request, (access) => access.edits())
    const body = await readJsonBody(request)
    const draft = changeset === undefined ? undefined : await draftInSight(deps, context, changeset)
    const { problems, entities } = await explainRole(context, body, deps.registry, draft)
    const told = problems.map((fault) => presentFault(fault, context))
    sendData(response, 200, { problems: told, entities })
  })
}

/** The context of who may. @throws AppError AUTH_REQUIRED, AUTH_DENIED */
async function contextFor(
  deps: HttpDeps,
  request: IncomingMessage,
  may: (access: Access) => boolean,
): Promise<RequestContext> {
  const context = await openContext(deps, request)
  if (!may(context.access)) throw refuse('AUTH_DENIED')
  return context
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
