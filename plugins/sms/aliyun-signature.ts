import { createHmac, randomUUID } from 'node:crypto'

export interface AliyunKey {
  readonly keyId: string
  readonly secret: string
  readonly now: Date
  /** No request may be sent twice under one: a new one each time. */
  readonly nonce?: string
}

/** The address of a signed call (signature version 1.0 of Alibaba Cloud's RPC style: HMAC-SHA1 over the sorted question). */
export function signedUrl(
  base: string,
  question: Readonly<Record<string, string>>,
  { keyId, secret, now, nonce = randomUUID() }: AliyunKey,
): string {
  const all: Readonly<Record<string, string>> = {
    ...question,
    ...{ AccessKeyId: keyId, SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: nonce },
    Timestamp: `${now.toISOString().slice(0, 19)}Z`,
  }
  const text = Object.keys(all)
    .sort()
    .map((name) => `${encode(name)}=${encode(all[name]!)}`)
    .join('&')
  const signature = createHmac('sha1', `${secret}&`)
    .update(`GET&${encode('/')}&${encode(text)}`)
    .digest('base64')
  return `${base.replace(/\/$/, '')}/?Signature=${encode(signature)}&${text}`
}

/** RFC 3986: all but letters, digits and -_.~ is written with %. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
