import type { IncomingMessage } from 'node:http'
import type { Actor } from '../access/actor.ts'
import { refuse } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { modelFor } from '../model/pilots/choose.ts'
import { readIn } from '../model/read-in.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import { readCookieToken, readViewToken } from './cookie.ts'
import type { HttpDeps } from './deps.ts'
import { languageOf, readingLanguage } from './language.ts'
import { checkOrigin, isSecure } from './origin.ts'
import { assertReads } from './read-only.ts'
import { requestOrigin, viaOf } from './request-origin.ts'
import { enteredSandbox } from './sandbox-cookie.ts'
import { modelOf } from './workspace.ts'

const BEARER = /^bearer +(\S+) *$/i

/** The token that a request carries, and whether its browser sent it by itself. */
export interface CarriedToken {
  readonly token: string
  readonly fromCookie: boolean
  /** It came as the cookie of a view: where that is over, the session beside it is not taken instead. */
  readonly isView?: true
  /** It came as the cookie of a sandbox, likewise. */
  readonly isSandbox?: true
}

export function carriedToken(deps: HttpDeps, request: IncomingMessage): CarriedToken | undefined {
  const view = carriedView(deps, request)
  return view === undefined ? carriedSession(deps, request) : { token: view, fromCookie: true, isView: true }
}

function carriedView(deps: HttpDeps, request: IncomingMessage): string | undefined {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined || cookie === undefined) return undefined
  return readViewToken(cookie, isSecure(request, deps.trusts))
}

/** The token of the session itself, past a view that was opened from it. */
export function carriedSession(deps: HttpDeps, request: IncomingMessage): CarriedToken | undefined {
  const header = request.headers.authorization
  if (header !== undefined) {
    const token = BEARER.exec(header)?.[1]
    return token === undefined ? undefined : { token, fromCookie: false }
  }
  const { cookie } = request.headers
  if (cookie === undefined) return undefined
  const sandbox = enteredSandbox(request)
  if (sandbox !== undefined) return { token: sandbox.token, fromCookie: true, isSandbox: true }
  const token = readCookieToken(cookie, isSecure(request, deps.trusts))
  return token === undefined ? undefined : { token, fromCookie: true }
}

/**
 * The context of a request: its workspace's model, taken once, and its actor. Who tries a pilot has its model everywhere. Without a wait where both are in
 * memory, which is the hot path.
 * @throws AppError AUTH_REQUIRED, AUTH_VIEW_ENDED, AUTH_SANDBOX_ENDED, AUTH_VIEW_READ_ONLY, WORKSPACE_UNKNOWN, HTTP_ORIGIN_DENIED (thrown or rejected)
 */
export function openContext(
  deps: HttpDeps,
  request: IncomingMessage,
): RequestContext | Promise<RequestContext> {
  const model = modelOf(deps.models, request)
  return model instanceof Promise
    ? model.then((loaded) => contextOf(deps, request, loaded))
    : contextOf(deps, request, model)
}

function contextOf(
  deps: HttpDeps,
  request: IncomingMessage,
  model: CompiledModel,
): RequestContext | Promise<RequestContext> {
  const actor = authenticate(deps, request, model)
  return actor instanceof Promise
    ? actor.then((found) => required(deps, request, model, found))
    : required(deps, request, model, actor)
}

/** Who asks, or undefined for nobody known; a cookie of another site's request is refused first. */
export function authenticate(
  deps: HttpDeps,
  request: IncomingMessage,
  model: CompiledModel,
): Actor | undefined | Promise<Actor | undefined> {
  const carried = carriedToken(deps, request)
  if (carried === undefined) return undefined
  if (carried.fromCookie) checkOrigin(request, deps.trusts)
  return deps.sessions.find(model, carried.token)
}

function whyNobody(carried: CarriedToken | undefined) {
  if (carried?.isView === true) return 'AUTH_VIEW_ENDED'
  return carried?.isSandbox === true ? 'AUTH_SANDBOX_ENDED' : 'AUTH_REQUIRED'
}

function required(
  deps: HttpDeps,
  request: IncomingMessage,
  inForce: CompiledModel,
  found: Actor | undefined,
): RequestContext {
  if (found === undefined) throw refuse(whyNobody(carriedToken(deps, request)))
  if (found.viewer !== undefined) assertReads(request)
  // What an answer says in words, it says in the language that this request asks for.
  const language = languageOf(request, found.language)
  const actor = language === found.language ? found : { ...found, language }
  const model = modelFor(inForce, actor)
  const tag = readingLanguage(request)
  const read =
    tag === undefined
      ? { model }
      : { model: readIn(model, deps.registry, tag, language), words: deps.registry.words(tag) }
  return requestContext({
    ...read,
    actor,
    db: deps.db,
    search: deps.registry.search(),
    via: viaOf(request),
    origin: requestOrigin(request, deps.trusts),
  })
}
