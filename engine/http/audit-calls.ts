import type { IncomingMessage } from 'node:http'
import type { Actor } from '../access/actor.ts'
import { networkOf } from '../access/throttle.ts'
import { type AuditEntry, recordAudit } from '../audit/record-audit.ts'
import { AppError, type Problem, problemKind } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { authenticate } from './authenticate.ts'
import type { HttpDeps } from './deps.ts'
import { clientAddress } from './origin.ts'
import { requestOrigin, viaOf } from './request-origin.ts'
import { modelOf } from './workspace.ts'

/**
 * Writes the audit row of a call that is no write on a record. Of a view it is told who really looked, and as whom.
 * @param actor undefined for nobody known
 */
export function auditCall(
  deps: HttpDeps,
  request: IncomingMessage,
  model: CompiledModel,
  actor: Pick<Actor, 'id' | 'viewer'> | undefined,
  entry: Omit<AuditEntry, 'actor' | 'via' | 'origin'>,
): Promise<void> {
  const origin = requestOrigin(request, deps.trusts)
  const viewer = actor?.viewer
  const details = viewer === undefined ? entry.details : { ...entry.details, as: actor?.id }
  return recordAudit(deps.db, model.schema, {
    ...entry,
    ...(details === undefined ? {} : { details }),
    actor: viewer?.id ?? actor?.id,
    via: viaOf(request),
    origin,
  })
}

/**
 * Signs in and leaves what came of it: who it was, under which name it failed, or that the throttle held it back. Of the
 * latter, which nothing else bounds, only some are told, with how many there were: see ToldAttempts.
 */
export async function auditSignIn<T extends { readonly user: { readonly id: string } }>(
  deps: HttpDeps,
  request: IncomingMessage,
  model: CompiledModel,
  account: string,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    const signedIn = await attempt()
    await auditCall(deps, request, model, signedIn.user, { action: 'sign_in' })
    return signedIn
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const written = account.slice(0, 320).toWellFormed().replaceAll('\u0000', '')
    if (error.code === 'AUTH_FAILED') {
      const details = { account: written }
      await auditCall(deps, request, model, undefined, { action: 'sign_in_failed', details })
    } else if (HELD_BACK.has(error.code)) {
      const source = `${model.workspace} ${networkOf(clientAddress(request, deps.trusts))}`
      const attempts = deps.attempts.count(source, written.toLowerCase())
      if (attempts !== undefined) {
        const details = { ...refusalOf(request, error.code), account: written, attempts }
        await auditCall(deps, request, model, undefined, { action: 'denied', details })
      }
    }
    throw error
  }
}

const HELD_BACK: ReadonlySet<string> = new Set(['AUTH_THROTTLED', 'AUTH_LOCKED'])

function refusalOf(request: IncomingMessage, code: string) {
  const path = (request.url ?? '').split('?', 1)[0]!.slice(0, 500).toWellFormed()
  return { method: request.method ?? '', path, code }
}

/** Places of refused operations that one entry names. */
const MAX_PLACES = 100

/** What somebody signed in was refused, and where in what they sent; all of a call make one entry. */
export interface Refused {
  readonly code: string
  readonly places: readonly string[]
}

/**
 * Leaves an audit row of a refused attempt (403) of somebody signed in, among whatever else was wrong with it. The
 * refusal is answered whatever becomes of that: trouble goes to the log.
 */
export async function auditDenied(deps: HttpDeps, request: IncomingMessage, fault: AppError): Promise<void> {
  const denied = deniedIn(fault.problems)
  const code = fault.status === 403 ? fault.code : denied[0]?.code
  if (code === undefined || code === 'HTTP_ORIGIN_DENIED') return
  await noteRefusal(deps, request, { code, places: denied.length > 1 ? denied.map(({ path }) => path) : [] })
}

/** Those of some problems that stand for a refusal. */
export function deniedIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => problemKind(code).status === 403)
}

/** Leaves the audit row of what was refused within a call that did the rest. */
export async function noteRefusal(
  deps: HttpDeps,
  request: IncomingMessage,
  { code, places }: Refused,
): Promise<void> {
  try {
    const model = await modelOf(deps.models, request)
    const actor = await authenticate(deps, request, model)
    if (actor === undefined) return
    const where = places.length === 0 ? {} : { refused: places.length, places: places.slice(0, MAX_PLACES) }
    const details = { ...refusalOf(request, code), ...where }
    await auditCall(deps, request, model, actor, { action: 'denied', details })
  } catch (error) {
    deps.observer.observe('fault', { during: 'the audit of a refusal', error })
  }
}
