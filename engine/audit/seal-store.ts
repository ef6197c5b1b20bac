import type { Executor } from '../db/database.ts'
import { macOf, type Seal, type SealSecrets } from './seal-mac.ts'

export type StoredSeal = Seal & { readonly mac: string }

const COLUMNS =
  `s.number, s.kind, s.month::text AS month, s.after_id::text AS "afterId", s.last_id::text AS "lastId", ` +
  `s.ids::text AS ids, encode(s.marks, 'hex') AS marks, (extract(epoch FROM s.at) * 1000)::bigint::text AS at, ` +
  `s.key_id AS "keyId", encode(s.mac, 'hex') AS mac`

/** The end of the chain; undefined before the first seal. */
export async function lastSeal(db: Executor, schema: string): Promise<StoredSeal | undefined> {
  const { rows } = await db.query<StoredSeal>({
    text: `SELECT ${COLUMNS} FROM ${schema}.tenon_audit_seal s ORDER BY s.number DESC LIMIT 1`,
  })
  return rows[0]
}

/** Seals in their order, a page at a time. @param kind only those */
export async function* readSeals(
  db: Executor,
  schema: string,
  kind?: Seal['kind'],
): AsyncGenerator<StoredSeal> {
  const PAGE = 20
  for (let after = 0; ; ) {
    const { rows } = await db.query<StoredSeal>({
      text:
        `SELECT ${COLUMNS} FROM ${schema}.tenon_audit_seal s WHERE s.number > $1 ` +
        `AND ($2::text IS NULL OR s.kind = $2) ORDER BY s.number LIMIT ${PAGE}`,
      values: [after, kind ?? null],
    })
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!.number
  }
}

/** Adds a link to the chain. Call under the lock of the audit's state. */
export async function appendSeal(
  tx: Executor,
  schema: string,
  secrets: SealSecrets,
  link: Pick<Seal, 'kind' | 'month' | 'afterId' | 'lastId' | 'ids' | 'marks'>,
  previous: StoredSeal | undefined,
  now: Date,
): Promise<StoredSeal> {
  const secret = secrets.active()
  const number = (previous?.number ?? 0) + 1
  const seal: Seal = { ...link, number, at: String(now.getTime()), keyId: secret.id }
  const mac = macOf(secret, seal, previous?.mac ?? '')
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_audit_seal (number, kind, month, after_id, last_id, ids, marks, at, key_id, mac) ` +
      `VALUES ($1, $2, $3::date, $4::bigint, $5::bigint, $6::bigint[], decode($7, 'hex'), ` +
      `to_timestamp($8::bigint / 1000.0), $9, decode($10, 'hex'))`,
    values: [
      seal.number,
      seal.kind,
      seal.month,
      seal.afterId,
      seal.lastId,
      seal.ids,
      seal.marks,
      seal.at,
      seal.keyId,
      mac,
    ],
  })
  return { ...seal, mac }
}
