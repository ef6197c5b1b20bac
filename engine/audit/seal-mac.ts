import { createHmac } from 'node:crypto'

/** A secret from which the seals' key comes. */
export interface SealSecret {
  /** Tells the secrets apart and nothing of them. */
  readonly id: string
  derive(purpose: 'audit seal'): Buffer
}

/** The secrets by which seals are made and checked. */
export interface SealSecrets {
  /** The one that seals. */
  active(): SealSecret
  find(id: string): SealSecret | undefined
}

/** One link of the chain. */
export interface Seal {
  /** 1, 2, 3 … */
  readonly number: number
  /** Rows that are there; a month whose rows were dropped because their time was over. */
  readonly kind: 'rows' | 'dropped'
  /** `YYYY-MM-01`. */
  readonly month: string
  /** It covers the rows of the month with afterId < id <= lastId; ids as decimal texts. */
  readonly afterId: string
  readonly lastId: string
  /** As PostgreSQL writes a list: `{1,2,3}`. */
  readonly ids: string
  /** Hex, 16 bytes a row. */
  readonly marks: string
  /** Milliseconds since 1970, as text. */
  readonly at: string
  readonly keyId: string
}

/** The mac of a seal, which covers it whole and the mac before it; hex. */
export function macOf(secret: SealSecret, seal: Seal, previousMac: string): string {
  const { number, kind, month, afterId, lastId, ids, marks, at, keyId } = seal
  const text = JSON.stringify([previousMac, number, kind, month, afterId, lastId, ids, marks, at, keyId])
  return createHmac('sha256', secret.derive('audit seal')).update(text).digest('hex')
}
