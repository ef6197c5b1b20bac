import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SecretKey } from './secret-key.ts'

// A box: form (1 byte), id of the secret (4), nonce (12), ciphertext, tag (16).
const FORM = 1
const KEY_AT = 1
const NONCE_AT = 5
const TEXT_AT = 17
const TAG_LENGTH = 16
const CIPHER = 'aes-256-gcm'

/** SQL of the id of the secret with which a box was made, as hexadecimal digits. */
export function boxKeySql(box: string): string {
  return `encode(substring(${box} from ${KEY_AT + 1} for ${NONCE_AT - KEY_AT}), 'hex')`
}

/** The id of the secret with which a box was made. */
export function boxKey(box: Buffer): string {
  return box.subarray(KEY_AT, NONCE_AT).toString('hex')
}

/**
 * Encrypts by AES-256-GCM with a fresh random nonce of 96 bits (NIST SP 800-38D: good for 2^32 values a key).
 * @param salt sets workspaces apart
 * @param context what the box belongs to: without the same it does not open
 */
export function closeBox(plain: Buffer, secret: SecretKey, salt: string, context: string): Buffer {
  const nonce = randomBytes(TEXT_AT - NONCE_AT)
  const head = Buffer.concat([Buffer.from([FORM]), Buffer.from(secret.id, 'hex')])
  const cipher = createCipheriv(CIPHER, secret.derive('encryption', salt), nonce)
  cipher.setAAD(Buffer.concat([head, Buffer.from(context)]))
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What a box holds; undefined where it was altered, or belongs to something else. */
export function openBox(box: Buffer, secret: SecretKey, salt: string, context: string): Buffer | undefined {
  if (box.length < TEXT_AT + TAG_LENGTH || box[0] !== FORM) return undefined
  const nonce = box.subarray(NONCE_AT, TEXT_AT)
  const decipher = createDecipheriv(CIPHER, secret.derive('encryption', salt), nonce, {
    authTagLength: TAG_LENGTH,
  })
  decipher.setAAD(Buffer.concat([box.subarray(0, NONCE_AT), Buffer.from(context)]))
  decipher.setAuthTag(box.subarray(-TAG_LENGTH))
  try {
    return Buffer.concat([decipher.update(box.subarray(TEXT_AT, -TAG_LENGTH)), decipher.final()])
  } catch {
    return undefined // the tag does not fit
  }
}
