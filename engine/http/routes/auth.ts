import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { type Access, ADMINISTRATIVE_RIGHTS, accessOf, type EntityAccess } from '../../access/access.ts'
import { scopeName } from '../../access/row-test.ts'
import { type Credentials, readSignedInUser, signIn, signOut } from '../../access/sign-in.ts'
import { issueToken, listTokens, revokeToken } from '../../access/tokens.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { KIND_NAMES } from '../../model/definition-set.ts'
import { unseenNews } from '../../process/news.ts'
import { readOwnSettings } from '../../process/own-settings.ts'
import type { RequestContext } from '../../records/context.ts'
import { labelOfSandbox } from '../../sandboxes/sandbox.ts'
import { auditCall, auditSignIn } from '../audit-calls.ts'
import { carriedSession, openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import { clearedCookie, readCookieToken, withoutView } from '../cookie.ts'
import type { HttpDeps } from '../deps.ts'
import { checkOrigin, isSecure } from '../origin.ts'
import { noParameters } from '../query-of.ts'
import { OPEN_BODY_BYTES, readJsonBody } from '../read-body.ts'
import { sendData, sendEmpty } from '../respond.ts'
import { clearedSandboxCookie } from '../sandbox-cookie.ts'
import { sendSignIn } from '../send-sign-in.ts'
import { fromOf } from '../sign-in-from.ts'
import { modelOf, ofHost } from '../workspace.ts'

/** Sign-in, sign-out, who am I, API tokens. */
export function authRoutes(deps: HttpDeps): Router {
  const { trusts } = deps
  const routes = Router()

  routes.post('/api/auth/login', async (request, response) => {
    noParameters(request)
    checkOrigin(request, trusts) // nobody is to be signed in to a stranger's account from another site
    const credentials = readCredentials(await readJsonBody(request, OPEN_BODY_BYTES))
    const model = await modelOf(deps.models, request)
    const signedIn = await auditSignIn(deps, request, model, credentials.account, () =>
      signIn(deps, model, credentials, fromOf(request, trusts)),
    )
    sendSignIn(request, response, signedIn, isSecure(request, trusts))
  })

  routes.post('/api/auth/logout', async (request, response) => {
    noParameters(request)
    const model = await modelOf(deps.models, request)
    const carried = carriedSession(deps, request)
    if (carried?.fromCookie === true) checkOrigin(request, trusts)
    // Who looks through another's eyes signs out themselves; the view ends with the session.
    const actor = carried === undefined ? undefined : await deps.sessions.find(model, carried.token)
    if (actor?.id !== undefined && carried !== undefined) {
      await signOut(deps.db, model, carried.token)
      await deps.sessions.usersChanged(deps.db, model.workspace, actor.viewer?.id ?? actor.id)
      await auditCall(deps, request, model, actor, { action: 'sign_out' })
    }
    const secure = isSecure(request, trusts)
    const cookies = withoutView(clearedCookie(secure), request.headers.cookie, secure)
    if (carried?.isSandbox === true) {
      await endBehind(deps, request, secure)
      sendEmpty(response, 204, { 'Set-Cookie': [...cookies, clearedSandboxCookie(secure)] })
      return
    }
    sendEmpty(response, 204, { 'Set-Cookie': cookies })
  })

  routes.get('/api/auth/me', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    sendData(response, 200, await presentMe(deps, context))
  })

  routes.get('/api/tokens', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    sendData(response, 200, await listTokens(deps.db, context.model, context.actor))
  })

  routes.post('/api/tokens', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const issued = await issueToken(
      deps.db,
      context.model,
      context.actor,
      await readTokenRequest(request),
      context.now(),
    )
    const { label, roles, expires_at } = issued
    const made = { action: 'token_made', subject: issued.id, details: { label, roles, expires_at } } as const
    await auditCall(deps, request, context.model, context.actor, made)
    sendData(response, 201, issued)
  })

  routes.delete('/api/tokens/:id', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    await revokeToken(deps.db, context.model, context.actor, request.params.id)
    await deps.sessions.usersChanged(deps.db, context.model.workspace, context.actor.id)
    const revoked = { action: 'token_revoked', subject: request.params.id } as const
    await auditCall(deps, request, context.model, context.actor, revoked)
    sendEmpty(response, 204)
  })

  return routes
}

/** Whoever signs out in a sandbox is signed out of the live workspace too, from which they came. */
async function endBehind(deps: HttpDeps, request: IncomingMessage, secure: boolean): Promise<void> {
  const token = readCookieToken(request.headers.cookie, secure)
  if (token === undefined) return
  const model = await ofHost(deps.models, request)
  const actor = await deps.sessions.find(model, token)
  if (actor?.id === undefined) return
  await signOut(deps.db, model, token)
  await deps.sessions.usersChanged(deps.db, model.workspace, actor.id)
  await auditCall(deps, request, model, actor, { action: 'sign_out' })
}

/** An e-mail, a phone number, or either of them under `email`, as the one field of the sign-in page has it. */
function readCredentials(raw: unknown): Credentials {
  const isByPhone = typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'phone')
  if (isByPhone) {
    const { phone, password } = readShape(raw, { phone: 'text', password: 'text' })
    return { account: phone, password }
  }
  const { email, password } = readShape(raw, { email: 'text', password: 'text' })
  return { account: email, password }
}

async function readTokenRequest(request: IncomingMessage) {
  const body = readShape(await readJsonBody(request), { label: 'text', roles: 'texts', expires_at: 'text?' })
  const { label, roles, expires_at } = body
  return { label, roles, ...(expires_at === undefined ? {} : { expiresAt: expires_at }) }
}

async function presentMe(deps: HttpDeps, { model, actor }: RequestContext): Promise<object> {
  const user = actor.id === undefined ? undefined : await readSignedInUser(deps.db, model, actor.id)
  if (user === undefined) throw refuse('AUTH_REQUIRED')
  const access = accessOf(model, actor)
  // Whoever sees as somebody else arranges nothing, and puts nothing away.
  const isOneself = actor.viewer === undefined
  const news = isOneself ? await unseenNews(deps.db, model, user.id) : []
  return {
    user,
    roles: actor.roles,
    permissions: permissionsOf(model, access),
    administration: ADMINISTRATIVE_RIGHTS.filter((right) => access.may(right)),
    definitions: KIND_NAMES.filter((kind) => access.edits(kind)),
    language: actor.language,
    workspace: model.workspace,
    viewer: actor.viewer,
    settings: isOneself
      ? await readOwnSettings(deps.db, model.schema, user.id)
      : { favourites: [], opening_views: {} },
    news: news.length === 0 ? undefined : news,
    ...(model.sandboxOf === undefined
      ? {}
      : { sandbox_of: model.sandboxOf, workspace_label: await labelOfSandbox(deps.db, model.workspace) }),
    pilot:
      model.trial === undefined
        ? undefined
        : { changeset: model.trial.changeset, label: model.trial.label, since: model.trial.since },
  }
}

/** What the actor may do, entity by entity; one of which they may do nothing is not told. */
function permissionsOf(model: CompiledModel, access: Access): Readonly<Record<string, unknown>> {
  const all = [...model.entities.keys()].map((name) => [name, access.entity(name)] as const)
  const known = all.filter(([, { create, read }]) => create || read !== 'none')
  return Object.fromEntries(known.map(([name, rights]) => [name, presentRights(rights)]))
}

function presentRights({ create, read, update, delete: remove, export: out }: EntityAccess) {
  return {
    create,
    read: scopeName(read),
    update: scopeName(update),
    delete: scopeName(remove),
    export: scopeName(out),
  }
}
