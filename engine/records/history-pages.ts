/** Numbers looked through at first, and at most, at once. */
const FIRST_STEP = 20_000n
const LAST_STEP = 1_000_000n
/** After this long a page is answered as far as it came, milliseconds; the cursor goes on from there. */
const PATIENCE_MS = 4_000

/** Audit rows of a stretch of numbers, the newest first. */
export type ReadStretch<Row> = (stretch: {
  /** Decimal; rows with afterId < id < beforeId. */
  readonly afterId: string
  readonly beforeId: string
  readonly limit: number
}) => Promise<readonly Row[]>

export interface AuditPage<Row> {
  readonly rows: readonly Row[]
  /** Rows older than this number are still to be looked at; undefined where there are none. */
  readonly nextId: string | undefined
}

/**
 * A page of the audit, read backwards in stretches that grow while little is found: so a common question costs one
 * short stretch, and a rare one never sorts everything.
 * @param beforeId decimal; the page begins below it
 * @param options isIndexed: all rows come at once, from an index of their own
 */
export async function readPage<Row extends { readonly id: string }>(
  read: ReadStretch<Row>,
  beforeId: string,
  limit: number,
  options: { readonly isIndexed?: boolean; readonly now?: () => number } = {},
): Promise<AuditPage<Row>> {
  const { isIndexed = false, now = Date.now } = options
  const end = now() + PATIENCE_MS
  const rows: Row[] = []
  let before = BigInt(beforeId)
  for (let step = FIRST_STEP; before > 1n; step = step * 4n < LAST_STEP ? step * 4n : LAST_STEP) {
    const after = before > step && !isIndexed ? before - step - 1n : 0n
    const wanted = limit + 1 - rows.length
    rows.push(...(await read({ afterId: String(after), beforeId: String(before), limit: wanted })))
    if (rows.length > limit) return { rows: rows.slice(0, limit), nextId: rows[limit - 1]!.id }
    before = after + 1n
    if (before > 1n && now() > end) return { rows, nextId: String(before) }
  }
  return { rows, nextId: undefined }
}
