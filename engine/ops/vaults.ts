import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { SealedPlace, Vault, VaultPort } from '../registry/vault.ts'
import { boxKey, closeBox, openBox } from './box.ts'
import type { SecretKey, SecretKeys } from './secret-key.ts'

const DIGEST_KEY_BYTES = 32

/** What the key of the digests belongs to: there is one a workspace. */
export const DIGEST_KEY_PLACE: SealedPlace = { field: 'digest key', record: '' }

/** What the database keeps of a vault. */
export interface SecretRow {
  /** A UUID. */
  readonly salt: string
  /** A box, in hexadecimal digits. */
  readonly digest_key: string
}

/**
 * The vaults of workspaces. Values are encrypted with a key derived from the secret in use and the workspace's salt.
 * Digests have a random key of the workspace's own, which lies in the database encrypted: so they stay the same, and
 * unique values unique, while the secret changes.
 */
export function createVaultPort(db: Executor, keys: SecretKeys): VaultPort {
  return {
    async open(schema) {
      const row = (await readSecret(db, schema)) ?? (await makeSecret(db, schema, keys.active()))
      return createVault(keys, row)
    },
    temporary: () => createVault(keys, newSecretRow(keys.active())),
  }
}

async function readSecret(db: Executor, schema: string): Promise<SecretRow | undefined> {
  const { rows } = await db.query<SecretRow>({
    text: `SELECT salt::text AS salt, encode(digest_key, 'hex') AS digest_key FROM ${schema}.tenon_secret`,
  })
  return rows[0]
}

/** Of several nodes at once one makes it; the others find it. */
async function makeSecret(db: Executor, schema: string, secret: SecretKey): Promise<SecretRow> {
  const made = newSecretRow(secret)
  await db.query({
    text:
      `INSERT INTO ${schema}.tenon_secret (salt, digest_key) VALUES ($1::uuid, decode($2, 'hex')) ` +
      'ON CONFLICT DO NOTHING',
    values: [made.salt, made.digest_key],
  })
  return (await readSecret(db, schema))!
}

/** A salt and a key for digests, both random. */
export function newSecretRow(secret: SecretKey): SecretRow {
  const salt = randomUUID()
  const box = closeBox(randomBytes(DIGEST_KEY_BYTES), secret, salt, contextOf(DIGEST_KEY_PLACE))
  return { salt, digest_key: box.toString('hex') }
}

/** The vault of one workspace. */
export function createVault(keys: SecretKeys, { salt, digest_key: digestBox }: SecretRow): Vault {
  const digest = Buffer.from(digestBox, 'hex')
  const open = (box: Buffer, place: SealedPlace): Buffer => {
    const id = boxKey(box)
    const secret = keys.find(id)
    if (secret === undefined) throw refuse('SECRET_KEY_MISSING', '', { params: { key: id } })
    const plain = openBox(box, secret, salt, contextOf(place))
    if (plain === undefined) throw refuse('SECRET_VALUE_DAMAGED')
    return plain
  }
  // Opened now, as long as the secret is there that it was closed with: another may follow while this node runs.
  let digestKey = keys.find(boxKey(digest)) === undefined ? undefined : open(digest, DIGEST_KEY_PLACE)
  return {
    seal: (text, place) => closeBox(Buffer.from(text), keys.active(), salt, contextOf(place)),
    open: (box, place) => open(box, place).toString(),
    blind(text, purpose) {
      digestKey ??= open(digest, DIGEST_KEY_PLACE)
      return createHmac('sha256', digestKey).update(`${purpose}\0`).update(text).digest('hex')
    },
    reseal(box, place, keyId) {
      if (boxKey(box) === keyId) return undefined
      const secret = keys.find(keyId)
      if (secret === undefined) throw refuse('SECRET_KEY_MISSING', '', { params: { key: keyId } })
      return closeBox(open(box, place), secret, salt, contextOf(place))
    },
  }
}

function contextOf({ field, record }: SealedPlace): string {
  return `${field} ${record}`
}
