import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { endPasses, findPass, mayAskForReset, takePass } from '../../access/passes.ts'
import { endSessions, findAccount, isPasswordOf, openSession } from '../../access/sign-in.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { enqueueLinkMail } from '../../notify/send-link.ts'
import { requestContext } from '../../records/context.ts'
import { patchRecord } from '../../records/patch.ts'
import { auditCall } from '../audit-calls.ts'
import { carriedToken, openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { checkOrigin, clientAddress, isSecure } from '../origin.ts'
import { ownContext, personIn } from '../own-context.ts'
import { noParameters } from '../query-of.ts'
import { OPEN_BODY_BYTES, readJsonBody } from '../read-body.ts'
import { requestOrigin, viaOf } from '../request-origin.ts'
import { sendData, sendEmpty } from '../respond.ts'
import { sendSignIn } from '../send-sign-in.ts'
import { fromOf } from '../sign-in-from.ts'
import { modelOf } from '../workspace.ts'

/** How people come by a password: by a link of an invitation, after they forgot theirs, or as they like. */
export function passwordRoutes(deps: HttpDeps): Router {
  const { trusts } = deps
  const routes = Router()

  routes.post('/api/auth/forgot', async (request, response) => {
    noParameters(request)
    checkOrigin(request, trusts)
    const { email } = readShape(await readJsonBody(request, OPEN_BODY_BYTES), { email: 'text' })
    const model = await modelOf(deps.models, request)
    const settle = await deps.throttle.begin(
      `${model.workspace} forgot ${email}`,
      clientAddress(request, trusts),
    )
    settle(false) // asking again and again is to become slow, whoever it is for
    // The answer goes out before anybody is looked for: neither it nor its time tells who has an account.
    sendData(response, 202, { mailed: deps.settings.mails })
    if (!deps.settings.mails) return
    await mailReset(deps, model, email).catch((error: unknown) =>
      deps.observer.observe('fault', { during: 'password reset', error }),
    )
  })

  routes.post('/api/auth/link', async (request, response) => {
    noParameters(request)
    checkOrigin(request, trusts)
    const { token } = readShape(await readJsonBody(request, OPEN_BODY_BYTES), { token: 'text' })
    const { purpose, name, email } = await findPass(deps.db, await modelOf(deps.models, request), token)
    sendData(response, 200, { purpose, name, email })
  })

  routes.post('/api/auth/password', async (request, response) => {
    noParameters(request)
    checkOrigin(request, trusts)
    const body = readShape(await readJsonBody(request, OPEN_BODY_BYTES), { token: 'text', password: 'text' })
    const model = await modelOf(deps.models, request)
    const user = await setByPass(deps, model, body, request)
    await deps.sessions.usersChanged(deps.db, model.workspace, user.id)
    const signedIn = await openSession(deps.db, model, user, fromOf(request, trusts))
    await auditCall(deps, request, model, user, { action: 'sign_in' })
    sendSignIn(request, response, signedIn, isSecure(request, trusts))
  })

  routes.post('/api/auth/password/change', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const id = personIn(context)
    const body = readShape(await readJsonBody(request, OPEN_BODY_BYTES), {
      current_password: 'text',
      password: 'text',
    })
    const { model } = context
    const fits = await isPasswordOf(deps, model, id, body.current_password, clientAddress(request, trusts))
    if (!fits) throw refuse('AUTH_PASSWORD_WRONG', '/current_password')
    await patchRecord(ownContext(context), 'user', id, { password: body.password })
    await endSessions(deps.db, model, id, carriedToken(deps, request)?.token)
    await endPasses(deps.db, model, id)
    await deps.sessions.usersChanged(deps.db, model.workspace, id)
    sendEmpty(response, 204)
  })

  return routes
}

async function mailReset(deps: HttpDeps, model: CompiledModel, account: string): Promise<void> {
  const userId = await findAccount(deps.db, model, account)
  if (userId === undefined || !(await mayAskForReset(deps.db, model, userId))) return
  await enqueueLinkMail(deps.db, model, { purpose: 'password_reset', userId, by: undefined })
}

/**
 * Sets the password of a pass's holder, all or nothing: a password that is refused leaves the link good.
 * @throws AppError AUTH_LINK_INVALID, and what the password's field says
 */
async function setByPass(
  deps: HttpDeps,
  model: CompiledModel,
  { token, password }: { readonly token: string; readonly password: string },
  request: IncomingMessage,
) {
  return deps.db.transaction(async (tx) => {
    const { userId: id, name, email, language } = await takePass(tx, model, token)
    const actor = {
      kind: 'user',
      id,
      name,
      roles: [],
      roleKey: '',
      language: model.settings.language,
    } as const
    const context = requestContext({
      model,
      actor,
      db: deps.db,
      search: deps.registry.search(),
      via: viaOf(request),
      origin: requestOrigin(request, deps.trusts),
    })
    await patchRecord(ownContext(context), 'user', id, { password }, { runner: tx })
    await endSessions(tx, model, id, undefined)
    await endPasses(tx, model, id)
    return { id, name, email, language }
  })
}
