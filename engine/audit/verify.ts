import type { Database, Executor } from '../db/database.ts'
import { markSql, monthSql } from './row-sql.ts'
import { macOf, type SealSecrets } from './seal-mac.ts'
import { readSeals, type StoredSeal } from './seal-store.ts'

/** Something that is not as it was when it was sealed. */
export interface AuditFault {
  readonly kind:
    | 'row_altered'
    | 'row_removed'
    | 'row_inserted'
    | 'seal_altered'
    | 'seal_missing'
    | 'seal_key_unknown'
  /** The row's id or the seal's number. */
  readonly id: string
}

export interface AuditReport {
  readonly seals: number
  /** Rows there are, sealed ones and those too new for a seal, which nothing vouches for yet. */
  readonly rows: number
  readonly unsealed: number
  /** The end of the chain, to note elsewhere: only so a chain that was cut short can be told from a shorter one. */
  readonly last: { readonly number: number; readonly mac: string } | undefined
  /** At most `MAX_FAULTS`. */
  readonly faults: readonly AuditFault[]
}

export const MAX_FAULTS = 1_000
const MARK_DIGITS = 32

/**
 * Walks the chain from its first seal, and every row beside it, as of one moment.
 * @param schema the workspace's, quoted
 */
export async function verifyAudit(db: Database, schema: string, secrets: SealSecrets): Promise<AuditReport> {
  return db.transaction(
    async (tx) => {
      await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' })
      return walk(tx, schema, secrets)
    },
    { direct: true, statementTimeoutMs: 0 },
  )
}

async function walk(tx: Executor, schema: string, secrets: SealSecrets): Promise<AuditReport> {
  const faults: AuditFault[] = []
  const tell = (kind: AuditFault['kind'], id: string | number) => {
    if (faults.length < MAX_FAULTS) faults.push({ kind, id: String(id) })
  }
  const dropped = await droppedMonths(tx, schema, secrets)
  let [seals, rows] = [0, 0]
  let last: StoredSeal | undefined
  let range: StoredSeal[] = []
  const finishRange = async () => {
    if (range.length > 0) rows += await checkRange(tx, schema, range, dropped, tell)
    range = []
  }
  for await (const seal of readSeals(tx, schema)) {
    seals++
    for (let number = (last?.number ?? 0) + 1; number < seal.number; number++) tell('seal_missing', number)
    const fault = faultOfSeal(seal, last, secrets)
    if (fault !== undefined) tell(fault, seal.number)
    if (seal.kind === 'rows') {
      if (range[0] !== undefined && range[0].lastId !== seal.lastId) await finishRange()
      range.push(seal)
    }
    last = seal
  }
  await finishRange()
  const unsealed = await countUnsealed(tx, schema, last?.lastId ?? '0')
  const end = last === undefined ? undefined : { number: last.number, mac: last.mac }
  return { seals, rows: rows + unsealed, unsealed, last: end, faults }
}

/** A seal after a missing one cannot be checked against it: that one is told, not this. */
function faultOfSeal(
  seal: StoredSeal,
  previous: StoredSeal | undefined,
  secrets: SealSecrets,
): AuditFault['kind'] | undefined {
  const secret = secrets.find(seal.keyId)
  if (secret === undefined) return 'seal_key_unknown'
  if ((previous?.number ?? 0) + 1 !== seal.number) return undefined
  return macOf(secret, seal, previous?.mac ?? '') === seal.mac ? undefined : 'seal_altered'
}

/** Months whose rows were dropped when their time was over. That a seal of it is genuine, the walk finds out. */
async function droppedMonths(
  tx: Executor,
  schema: string,
  secrets: SealSecrets,
): Promise<ReadonlySet<string>> {
  const months = new Set<string>()
  for await (const seal of readSeals(tx, schema, 'dropped')) {
    if (secrets.find(seal.keyId) !== undefined) months.add(seal.month)
  }
  return months
}

interface FoundRow {
  readonly id: string
  readonly month: string
  readonly mark: string
}

const FOUND = `a.id::text AS id, ${monthSql('a')} AS month, encode(${markSql('a')}, 'hex') AS mark`

/** Compares the rows of one range of ids with its seals, one a month; gives how many rows there are. */
async function checkRange(
  tx: Executor,
  schema: string,
  seals: readonly StoredSeal[],
  dropped: ReadonlySet<string>,
  tell: (kind: AuditFault['kind'], id: string) => void,
): Promise<number> {
  const { number, afterId, lastId } = seals[0]!
  const expected = new Map(
    seals.filter(({ month }) => !dropped.has(month)).flatMap((seal) => markedRows(seal)),
  )
  const { rows } = await tx.query<FoundRow>({
    text:
      `SELECT ${FOUND} FROM ${schema}.tenon_audit a ` +
      `WHERE (a.id > $1::bigint OR $3::boolean) AND a.id <= $2::bigint ORDER BY a.id`,
    values: [afterId, lastId, number === 1], // below the first range nothing was ever numbered
  })
  for (const row of rows) {
    const mark = expected.get(row.id)
    if (mark === undefined) tell('row_inserted', row.id)
    else if (mark !== row.mark) tell('row_altered', row.id)
    expected.delete(row.id)
  }
  for (const id of expected.keys()) tell('row_removed', id)
  return rows.length
}

function markedRows({ ids, marks }: StoredSeal): readonly (readonly [string, string])[] {
  const list = ids === '{}' ? [] : ids.slice(1, -1).split(',')
  return list.map((id, at) => [id, marks.slice(at * MARK_DIGITS, (at + 1) * MARK_DIGITS)])
}

/** How many rows are too new for a seal. */
async function countUnsealed(tx: Executor, schema: string, afterId: string): Promise<number> {
  const { rows } = await tx.query<{ count: string }>({
    text: `SELECT count(*) AS count FROM ${schema}.tenon_audit a WHERE a.id > $1::bigint`,
    values: [afterId],
  })
  return Number(rows[0]?.count ?? 0)
}
