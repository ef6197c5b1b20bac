import { createTransport } from 'nodemailer'
import { AppError, problem } from '../errors.ts'
import type { RenderedMessage } from './render.ts'

/** Where mails go out. */
export interface MailSettings {
  /** smtp:// or smtps://, with user and password in it where the server asks for them. */
  readonly smtpUrl: string
  /** `Name <address>` or an address. */
  readonly from: string
}

export interface Mailer {
  /**
   * Hands one mail to the server.
   * @param message `key`: the same for every try, by which mailboxes know a mail that comes twice
   * @throws AppError MAIL_REFUSED where the server refuses it for good; any other error: try again later
   */
  send(to: string, message: RenderedMessage & { readonly key?: string }): Promise<void>
  /** Signs in to the server without sending. @throws Error with the server's words */
  verify(): Promise<void>
  close(): void
}

const TIMEOUT_MS = 20_000

/** A few connections to an SMTP server, opened when they are needed. */
export function createMailer({ smtpUrl, from }: MailSettings): Mailer {
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 2,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Texts are ours, but an address in one may never make the server read a file or another host.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    async send(to, { subject, text, html, key }) {
      try {
        const same = key === undefined ? {} : { messageId: `<${key}@tenon.invalid>` }
        await transport.sendMail({ to: { name: '', address: to }, subject, text, html, ...same })
      } catch (error) {
        if (!isForGood(error)) throw error
        throw new AppError(problem('MAIL_REFUSED'), { cause: error })
      }
    },
    async verify() {
      await transport.verify()
    },
    close: () => transport.close(),
  }
}

/** 5xx is the server's last word, but for those about us (sign-in), which an administrator can mend. */
function isForGood(error: unknown): boolean {
  const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string }
  return responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH' && responseCode !== 530
}
