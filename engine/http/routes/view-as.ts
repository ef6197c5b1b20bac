import { Router } from 'express'
import { endView, openView } from '../../access/view-as.ts'
import { refuse } from '../../errors.ts'
import { assertAdministers } from '../administers.ts'
import { auditCall } from '../audit-calls.ts'
import { authenticate, carriedToken, openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import { clearedViewCookie, viewCookie } from '../cookie.ts'
import type { HttpDeps } from '../deps.ts'
import { isSecure } from '../origin.ts'
import { personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'
import { modelOf } from '../workspace.ts'

/** Seeing the workspace as another user does: for administrators of users, read only, for an hour at most. */
export function viewAsRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.post('/api/auth/view-as', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const viewerId = personIn(context)
    const body = readShape(await readJsonBody(request), { user: 'text' })
    const userId = body.user.toLowerCase()
    await assertAdministers(context, userId)
    if (userId === viewerId) throw refuse('AUTH_VIEW_SELF', '/user')
    const carried = carriedToken(deps, request)!
    const { db, model } = context
    const view = await openView(db, model, { userId, viewerId, parentToken: carried.token })
    await deps.sessions.usersChanged(db, model.workspace, viewerId) // an earlier view of theirs is over
    const expires_at = view.expiresAt.toISOString()
    const record = { entity: model.entities.get('user')!.id, id: userId }
    const begun = { action: 'view_begun', record, details: { expires_at } } as const
    await auditCall(deps, request, model, context.actor, begun)
    const cookie = { 'Set-Cookie': viewCookie(view.token, isSecure(request, deps.trusts)) }
    sendData(response, 201, { token: view.token, expires_at }, carried.fromCookie ? cookie : {})
  })

  routes.delete('/api/auth/view-as', async (request, response) => {
    noParameters(request)
    const model = await modelOf(deps.models, request)
    const actor = await authenticate(deps, request, model)
    if (actor?.viewer !== undefined) {
      await endView(deps.db, model, carriedToken(deps, request)!.token)
      await deps.sessions.usersChanged(deps.db, model.workspace, actor.viewer.id)
      const record = { entity: model.entities.get('user')!.id, id: actor.id! }
      await auditCall(deps, request, model, actor, { action: 'view_ended', record })
    }
    sendEmpty(response, 204, { 'Set-Cookie': clearedViewCookie(isSecure(request, deps.trusts)) })
  })

  return routes
}
