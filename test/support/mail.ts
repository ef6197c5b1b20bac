import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as the server got it. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body as sent, quoted-printable and base64 undone. */
  readonly text: string
  readonly subject: string
}

export interface MailServer {
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  /** The next recipients are answered like this, such as 451 for “try again”. */
  refuseNext(code: number): void
  /** The first mail to that address that has come, waited for up to ten seconds. */
  mailTo(address: string): Promise<ReceivedMail>
  stop(): Promise<void>
}

/** A real SMTP server on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      const code = refusals.shift()
      done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        mails.push(
          readMail(
            Buffer.concat(chunks),
            from,
            rcptTo.map(({ address }) => address),
          ),
        )
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseNext: (code) => refusals.push(code),
    async mailTo(address) {
      const until = Date.now() + 60_000
      for (;;) {
        const found = mails.find(({ to }) => to.includes(address))
        if (found !== undefined) return found
        if (Date.now() > until) throw new Error(`no mail to ${address}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function readMail(raw: Buffer, from: string, to: readonly string[]): ReceivedMail {
  const text = raw
    .toString('latin1')
    .split(/(?=Content-Type: text\/)/)
    .map(decodePart)
    .join('')
  const written = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(text)?.[1] ?? ''
  return { from, to, text, subject: decodeWords(written) }
}

function decodePart(part: string): string {
  const [head = '', ...body] = part.split('\r\n\r\n')
  const content = body.join('\r\n\r\n')
  if (/base64/i.test(head))
    return `${head}\n${Buffer.from(content.split('--')[0]!, 'base64').toString('utf8')}`
  if (!/quoted-printable/i.test(head)) return part
  const bytes = content
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return `${head}\n${Buffer.from(bytes, 'latin1').toString('utf8')}`
}

function decodeWords(subject: string): string {
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?(Q|B)\?([^?]*)\?=/gi, (_whole, way: string, word: string) =>
      way.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(
            word
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          ).toString('utf8'),
    )
}
