import type { IncomingMessage } from 'node:http'
import { issuePass } from '../access/passes.ts'
import { hasPassword } from '../access/sign-in.ts'
import { refuse } from '../errors.ts'
import { linkOf } from '../notify/link.ts'
import { enqueueLinkMail } from '../notify/send-link.ts'
import type { RequestContext } from '../records/context.ts'
import { auditCall } from './audit-calls.ts'
import type { HttpDeps } from './deps.ts'
import { ownOrigin } from './origin.ts'

/** How a person gets in: by mail, or by a link that the asker passes on. */
export interface Invitation {
  readonly purpose: 'invitation' | 'password_reset'
  readonly mailed: boolean
  /** Shown this once; absent where it was mailed. */
  readonly link?: string
  readonly expires_at?: string
}

/**
 * Invites a user who has no password yet, or gives one who has a way to set another.
 * @throws AppError RECORD_NOT_FOUND for one who may not sign in
 */
export async function invite(
  deps: HttpDeps,
  { model, actor }: RequestContext,
  request: IncomingMessage,
  userId: string,
): Promise<Invitation> {
  const has = await hasPassword(deps.db, model, userId)
  if (has === undefined) throw refuse('RECORD_NOT_FOUND')
  const purpose = has ? 'password_reset' : 'invitation'
  const record = { entity: model.entities.get('user')!.id, id: userId.toLowerCase() }
  const details = { purpose, mailed: deps.settings.mails }
  await auditCall(deps, request, model, actor, { action: 'invited', record, details })
  if (deps.settings.mails) {
    await enqueueLinkMail(deps.db, model, { purpose, userId, by: actor.id })
    return { purpose, mailed: true }
  }
  const { token, expiresAt } = await issuePass(deps.db, model, { purpose, userId, by: actor.id })
  const base = deps.settings.publicUrl
  // Without a public address the link leads where the asker is, who sees it and passes it on.
  const link =
    base === undefined
      ? linkOf(ownOrigin(request, deps.trusts), 'default', token)
      : linkOf(base, model.workspace, token)
  return { purpose, mailed: false, link, expires_at: expiresAt.toISOString() }
}
