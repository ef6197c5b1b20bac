import type { ConnectorCall, FreshToken, OutgoingAnswer } from './connector.ts'
import { connectorFault, statusFault } from './connector-fault.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The JSON object that an answer of the status 200 holds.
 * @throws ConnectorFault for another status, or what is no JSON
 */
export function objectIn(answer: OutgoingAnswer): Values {
  if (answer.status !== 200)
    throw statusFault(answer.status, `answered ${answer.status}`, undefined, answer.headers['retry-after'])
  const content = parsed(answer.text)
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Values
  throw connectorFault('CALL_ANSWER_UNREADABLE', 'the answer is no JSON object', { kind: 'again' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // told by the caller
  }
}

/** What came of a call with a token: `renew` where the other side would not take the token. */
export type Tried<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'renew' }

/**
 * Calls with the connection's token; one that is no longer taken is renewed once.
 * @throws ConnectorFault CALL_TOKEN_REFUSED where the new one is not taken either
 */
export async function withToken<T>(
  call: ConnectorCall,
  fetch: () => Promise<FreshToken>,
  act: (token: string) => Promise<Tried<T>>,
): Promise<T> {
  const token = await call.token(fetch)
  const first = await act(token)
  if (first.kind === 'done') return first.value
  const second = await act(await call.token(fetch, token))
  if (second.kind === 'done') return second.value
  throw connectorFault('CALL_TOKEN_REFUSED', 'the access token is not taken', { kind: 'again' })
}

/** A text of at most so many characters, its end marked where something is left off. */
export function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** A text of at most so many bytes of UTF-8. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let [shown, size] = ['', Buffer.byteLength('…')]
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > most) break
    shown += character
  }
  return `${shown}…`
}
