import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { endSession, listSessions } from '../../access/session-list.ts'
import { endSessions } from '../../access/sign-in.ts'
import { AppError, didYouMean, problem, refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { patchRecord } from '../../records/patch.ts'
import { readStanding } from '../../records/standing.ts'
import { assertAdministers } from '../administers.ts'
import { auditCall } from '../audit-calls.ts'
import { carriedToken, openContext } from '../authenticate.ts'
import { clearedCookie } from '../cookie.ts'
import type { HttpDeps } from '../deps.ts'
import { invite } from '../invite.ts'
import { isSecure } from '../origin.ts'
import { ownContext, personIn } from '../own-context.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty, sendJson } from '../respond.ts'

/** What people change about themselves, whatever their roles say about users. */
export const OWN_FIELDS = [
  'language',
  'time_zone',
  'working_days',
  'works_from',
  'works_until',
  'absent_from',
  'absent_until',
  'deputy',
] as const
/** What they see besides. */
const SHOWN = ['name', 'email', 'phone', 'roles', 'team', 'teams', ...OWN_FIELDS]
const EXPANDED = 'team,teams,deputy'

/** One's own account: profile and sessions; and what an administrator of users does for others. */
export function ownAccountRoutes(deps: HttpDeps): Router {
  const routes = Router()
  profileRoutes(routes, deps)
  sessionRoutes(routes, deps)

  routes.get('/api/users/standing', async (request, response) => {
    const context = await openContext(deps, request)
    if (!context.access.may('users')) throw refuse('AUTH_DENIED')
    const { ids = '' } = parseParameters(queryOf(request), ['ids'])
    sendData(response, 200, await readStanding(context, parseIds(ids)))
  })

  routes.post('/api/users/:id/invitation', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    await assertAdministers(context, request.params.id)
    sendData(response, 201, await invite(deps, context, request, request.params.id))
  })

  routes.delete('/api/users/:id/sessions', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    await assertAdministers(context, request.params.id)
    await endSessions(deps.db, context.model, request.params.id, undefined)
    await deps.sessions.usersChanged(deps.db, context.model.workspace, request.params.id.toLowerCase())
    await auditEnd(deps, request, context, request.params.id)
    sendEmpty(response, 204)
  })

  return routes
}

const MAX_IDS = 200

/** @throws AppError HTTP_PARAMETER_INVALID for more ids than a page shows */
function parseIds(written: string): readonly string[] {
  const ids = written.split(',').filter((id) => id !== '')
  if (ids.length > MAX_IDS) throw refuse('HTTP_PARAMETER_INVALID', '/ids', { params: { name: 'ids' } })
  return ids
}

/** Leaves it in the audit that sessions of a user were ended. */
function auditEnd(
  deps: HttpDeps,
  request: IncomingMessage,
  { model, actor }: RequestContext,
  userId: string,
): Promise<void> {
  const record = { entity: model.entities.get('user')!.id, id: userId.toLowerCase() }
  return auditCall(deps, request, model, actor, { action: 'sessions_ended', record })
}

function profileRoutes(routes: Router, deps: HttpDeps): void {
  routes.get('/api/auth/profile', async (request, response) => {
    noParameters(request)
    sendProfile(response, await readProfile(await openContext(deps, request)))
  })

  routes.patch('/api/auth/profile', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const id = personIn(context)
    const body = checkOwnFields(await readJsonBody(request))
    await patchRecord(ownContext(context), 'user', id, body)
    await deps.sessions.usersChanged(deps.db, context.model.workspace, id)
    sendProfile(response, await readProfile(context))
  })
}

async function readProfile(context: RequestContext): Promise<string> {
  const answer = await getRecord(ownContext(context), 'user', personIn(context), {
    fields: SHOWN.join(','),
    expand: EXPANDED,
  })
  return answer.body
}

function sendProfile(response: Parameters<typeof sendJson>[0], body: string): void {
  sendJson(response, 200, body)
}

/** @throws AppError FIELD_UNKNOWN for each key that is not one's own to change */
function checkOwnFields(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const known: readonly string[] = OWN_FIELDS
  const strange = Object.keys(body).filter((name) => !known.includes(name))
  if (strange.length === 0) return body
  throw new AppError(
    strange.map((name) => {
      const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      return problem('FIELD_UNKNOWN', path, { params: { name }, hint: didYouMean(nearest(name, known)) })
    }),
  )
}

function sessionRoutes(routes: Router, deps: HttpDeps): void {
  routes.get('/api/auth/sessions', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const own = carriedToken(deps, request)?.token
    sendData(response, 200, await listSessions(deps.db, context.model, personIn(context), own))
  })

  routes.delete('/api/auth/sessions', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const id = personIn(context)
    await endSessions(deps.db, context.model, id, undefined)
    await deps.sessions.usersChanged(deps.db, context.model.workspace, id)
    await auditEnd(deps, request, context, id)
    sendEmpty(response, 204, { 'Set-Cookie': clearedCookie(isSecure(request, deps.trusts)) })
  })

  routes.delete('/api/auth/sessions/:id', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const id = personIn(context)
    await endSession(deps.db, context.model, id, request.params.id)
    await deps.sessions.usersChanged(deps.db, context.model.workspace, id)
    await auditEnd(deps, request, context, id)
    sendEmpty(response, 204)
  })
}
