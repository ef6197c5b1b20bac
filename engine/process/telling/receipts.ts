import type { Executor } from '../../db/database.ts'
import { instantSql, parseJson } from '../../db/values.ts'
import type { CompiledModel } from '../../model/compiled.ts'

export interface ReceiptQuestion {
  readonly person?: string | undefined
  readonly record?: string | undefined
  readonly run?: string | undefined
  readonly limit: number
  /** The id of the last one of the page before. */
  readonly after?: string | undefined
}

interface TellRow {
  readonly id: string
  readonly name: string | null
  readonly ways: string
}

/**
 * What people were told, the newest first, with the receipt of each way: later (should those before it fail), held (until
 * the person wants to be told), sending, sent, read, failed, skipped.
 */
export async function listReceipts(
  db: Executor,
  { schema, entities }: CompiledModel,
  { person, record, run, limit, after }: ReceiptQuestion,
): Promise<{ readonly data: readonly object[]; readonly next: string | null }> {
  const [user, notification] = [entities.get('user')!, entities.get('notification')!]
  const column = (entity: typeof user, field: string) => entity.fields.get(field)!.columns[0]!
  const { rows } = await db.query<TellRow>({
    text:
      'SELECT t.id::text AS id, t.person::text AS person, ' +
      `u.${column(user, 'name')} AS name, t.kind, t.title, t.entity, t.record::text AS record, t.flow, t.run::text AS run, ` +
      `t.is_first AS first, ${instantSql('t.created_at')} AS created_at, (` +
      "SELECT json_agg(json_build_object('channel', d.channel, " +
      `'state', CASE WHEN d.state = 'sent' AND n.${column(notification, 'read')} THEN 'read' ELSE d.state END, ` +
      `'due_at', ${instantSql('d.due_at')}, 'at', ${instantSql('d.at')}, ` +
      "'fault', coalesce(d.fault, CASE WHEN d.state = 'sending' THEN o.fault END), 'tries', o.tries) ORDER BY d.rank)::text " +
      `FROM ${schema}.tenon_delivery d LEFT JOIN ${schema}.tenon_outgoing o ON o.id = d.outgoing ` +
      `LEFT JOIN ${notification.table} n ON n."id" = d.notification WHERE d.told = t.id) AS ways ` +
      `FROM ${schema}.tenon_told t LEFT JOIN ${user.table} u ON u."id" = t.person WHERE ($1::uuid IS NULL OR t.person = $1::uuid) ` +
      'AND ($2::uuid IS NULL OR t.record = $2::uuid) AND ($3::uuid IS NULL OR t.run = $3::uuid) ' +
      'AND ($4::uuid IS NULL OR t.id < $4::uuid) ORDER BY t.id DESC LIMIT $5',
    values: [person ?? null, record ?? null, run ?? null, after ?? null, limit + 1],
  })
  const page = rows.slice(0, limit)
  return {
    data: page.map(({ ways, ...row }) => ({ ...row, ways: parseJson(ways) })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
