import { timingSafeEqual } from 'node:crypto'
import { AppError, problem, refuse } from '../errors.ts'
import { newId } from '../model/uuid.ts'
import type { Vault } from '../registry/vault.ts'

/** A page may stand open for this long before it is sent, milliseconds. */
export const TICKET_MS = 24 * 3_600_000
const PURPOSE = 'web form ticket'

/** What a page carries: when it was handed out, and an id by which it counts once. */
export interface Ticket {
  readonly id: string
  readonly issuedAt: number
}

/** A new ticket of a form: signed, so that neither its time nor its form can be altered. */
export function issueTicket(vault: Vault, form: string, now: Date): string {
  const body = `${now.getTime().toString(36)}.${newId()}`
  return `${body}.${signatureOf(vault, form, body)}`
}

const TICKET =
  /^([0-9a-z]{1,12})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([0-9a-f]{64})$/

/** @throws AppError WEBFORM_TICKET_INVALID for one that is forged, of another form, or too old */
export function readTicket(vault: Vault, form: string, text: string, now: Date): Ticket {
  const [, time = '', id = '', signature = ''] = TICKET.exec(text) ?? []
  const expected = Buffer.from(signatureOf(vault, form, `${time}.${id}`))
  const given = Buffer.from(signature)
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  const issuedAt = Number.parseInt(time, 36)
  if (!isOurs || now.getTime() - issuedAt > TICKET_MS) throw refuse('WEBFORM_TICKET_INVALID', '/ticket')
  return { id, issuedAt }
}

/** @throws AppError WEBFORM_TOO_FAST: no person reads and writes that quickly */
export function assertUnhurried({ issuedAt }: Ticket, minimumSeconds: number, now: Date): void {
  const seconds = Math.ceil((issuedAt + minimumSeconds * 1000 - now.getTime()) / 1000)
  if (seconds <= 0) return
  throw new AppError(problem('WEBFORM_TOO_FAST', '', { params: { seconds } }), { retryAfterSeconds: seconds })
}

function signatureOf(vault: Vault, form: string, body: string): string {
  return vault.blind(`${form} ${body}`, PURPOSE)
}
