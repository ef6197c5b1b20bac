import type { IncomingMessage } from 'node:http'
import type { Actor } from '../access/actor.ts'
import { type AuditEntry, recordAudit } from '../audit/record-audit.ts'
import { AppError } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { authenticate } from './authenticate.ts'
import type { HttpDeps } from './deps.ts'
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
 * Signs in and leaves what came of it: who it was, or under which name it failed. Attempts that the throttle holds
 * back are not told one by one, since nothing bounds them.
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
    if (error instanceof AppError && error.code === 'AUTH_FAILED') {
      const details = { account: account.slice(0, 320).toWellFormed().replaceAll('\u0000', '') }
      await auditCall(deps, request, model, undefined, { action: 'sign_in_failed', details })
    }
    throw error
  }
}

/**
 * Leaves an audit row of a refused attempt (403) of somebody signed in. The refusal is answered whatever becomes of
 * that: trouble goes to the log.
 */
export async function auditDenied(deps: HttpDeps, request: IncomingMessage, fault: AppError): Promise<void> {
  if (fault.status !== 403 || fault.code === 'HTTP_ORIGIN_DENIED') return
  try {
    const model = await modelOf(deps.models, request)
    const actor = await authenticate(deps, request, model)
    if (actor === undefined) return
    const path = (request.url ?? '').split('?', 1)[0]!.slice(0, 500).toWellFormed()
    const details = { method: request.method ?? '', path, code: fault.code }
    await auditCall(deps, request, model, actor, { action: 'denied', details })
  } catch (error) {
    deps.observer.observe('fault', { during: 'the audit of a refusal', error })
  }
}
