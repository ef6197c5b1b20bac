import { recordAudit } from '../audit/record-audit.ts'
import type { Executor } from '../db/database.ts'
import type { RequestContext } from '../records/context.ts'

/** Tells in the sealed trail what became of a draft: words that people wrote stay out of it, they may be personal. */
export async function auditChangeset(
  { actor, via, origin, model }: RequestContext,
  tx: Executor,
  action: 'pilot' | 'silent_run' | 'agreement',
  changeset: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, model.schema, {
    ...{ action, actor: actor.id, via, origin, details, subject: `changeset/${changeset}` },
  })
}
