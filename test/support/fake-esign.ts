import { createHmac } from 'node:crypto'
import { listenTo, stop } from './fake-systems.ts'

export const ESIGN_TOKEN = 'esign-token'
export const ESIGN_SECRET = 'esign-hook'

export interface SentContract {
  readonly reference: string
  readonly title: string
  readonly name: string
  readonly content: Buffer
  readonly signers: readonly { readonly name: string; readonly phone: string }[]
}

export interface FakeEsign {
  readonly url: string
  /** Contracts that arrived, each once by its idempotency key. */
  readonly contracts: readonly SentContract[]
  /** What was wrong with requests, in words. */
  readonly faults: readonly string[]
  /** Both parties have signed: the event goes to Tenon, with the signed file. @returns its answer's status */
  sign(reference: string, engineUrl: string, file: Uint8Array): Promise<number>
  stop(): Promise<void>
}

/**
 * A provider of signatures as they are: a bearer's token, a key that tells repetitions, the PDF itself, signers who are
 * known by their phone; and events that it signs. Whatever is not as it must be is refused and told.
 */
export async function startEsign(known: (phone: string) => boolean): Promise<FakeEsign> {
  const contracts: (SentContract & { readonly key: string })[] = []
  const faults: string[] = []
  const refused = (status: number, code: string, message: string) => {
    faults.push(message)
    return { status, json: { code, message } }
  }
  const { url, server } = await listenTo(({ method, path, headers, body }) => {
    if (method !== 'POST' || path !== '/contracts') return refused(404, 'NOT_FOUND', `${method} ${path}`)
    if (headers.authorization !== `Bearer ${ESIGN_TOKEN}`) return refused(401, 'TOKEN_WRONG', 'token')
    if (headers['content-type'] !== 'application/json') return refused(415, 'TYPE_WRONG', 'type')
    const key = String(headers['idempotency-key'] ?? '')
    if (key === '') return refused(400, 'KEY_MISSING', 'key')
    const again = contracts.find((one) => one.key === key)
    if (again !== undefined) return { json: { reference: again.reference } }
    const { title, file, signers } = JSON.parse(body) as {
      title: string
      file: { name: string; media_type: string; content: string }
      signers: SentContract['signers']
    }
    const content = Buffer.from(file.content, 'base64')
    if (file.media_type !== 'application/pdf' || !content.subarray(0, 5).equals(Buffer.from('%PDF-')))
      return refused(422, 'FILE_INVALID', 'no PDF')
    if (signers.length === 0 || signers.some(({ phone }) => !known(phone)))
      return { status: 422, json: { code: 'SIGNER_UNKNOWN', message: 'nobody is known by that phone' } }
    const reference = `ES-${contracts.length + 1}`
    contracts.push({ key, reference, title, name: file.name, content, signers })
    return { json: { reference } }
  })
  return {
    ...{ url, contracts, faults },
    async sign(reference, engineUrl, file) {
      const body = JSON.stringify({
        ...{ id: `signed-${reference}`, event: 'finished', data: { reference } },
        files: {
          file: {
            ...{ name: `已签 ${reference}.pdf`, media_type: 'application/pdf' },
            content: Buffer.from(file).toString('base64'),
          },
        },
      })
      return await sendEvent(`${engineUrl}/api/hooks/e_sign`, body)
    },
    stop: () => stop(server),
  }
}

/** An event as the provider sends it, signed. @returns the status of the answer */
export async function sendEvent(
  address: string,
  body: string,
  secret = ESIGN_SECRET,
  seconds = Math.floor(Date.now() / 1000),
): Promise<number> {
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-tenon-signature': `t=${seconds},v1=${v1}` }
  return (await fetch(address, { method: 'POST', headers, body })).status
}
