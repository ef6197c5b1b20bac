/**
 * - `refused`: the other side's last word; trying again changes nothing
 * - `again`: it may do better later (unreachable, overloaded, its own fault)
 * - `limited`: it takes no more for now; everything of the connection waits
 */
export type FaultKind = 'refused' | 'again' | 'limited'

/** Why a call failed, as the log and `onError` know it. */
export interface ConnectorFault {
  /** UPPER_CASE, such as CALL_UNREACHABLE or the other side's own. */
  readonly code: string
  /** What happened, for those who look after the connection; no secrets. */
  readonly text: string
  readonly kind: FaultKind
  /** Not before then, in milliseconds. */
  readonly afterMs?: number
}

const FAULT = Symbol.for('tenon.connector-fault')
const LONGEST_TEXT = 500

/** A fault to throw. Known by a mark rather than by a class: a plugin may load this module a second time. */
export function connectorFault(
  code: string,
  text: string,
  { kind = 'refused', afterMs }: { readonly kind?: FaultKind; readonly afterMs?: number } = {},
): Error {
  const fault: ConnectorFault = {
    ...{ code: codeOf(code), text: text.toWellFormed().slice(0, LONGEST_TEXT), kind },
    ...(afterMs === undefined ? {} : { afterMs }),
  }
  return Object.assign(new Error(`${fault.code}: ${fault.text}`), { [FAULT]: fault })
}

/** The fault that an error carries; undefined for any other error. */
export function faultOf(error: unknown): ConnectorFault | undefined {
  return typeof error === 'object' && error !== null && FAULT in error
    ? (error as { readonly [FAULT]: ConnectorFault })[FAULT]
    : undefined
}

/** A code of the other side as `onError` names it: "signer.unknown" is SIGNER_UNKNOWN. */
export function codeOf(written: string): string {
  const code = written
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
    .slice(0, 80)
  return /^[A-Z][A-Z0-9_]{2,}$/.test(code) ? code : `CALL_${code}`.slice(0, 80)
}

/**
 * The fault of an answer's status: 429 limits, 5xx and 408 may do better later, the rest is the last word.
 * @param retryAfter the header of that name: seconds, or a date
 */
export function statusFault(status: number, text: string, code?: string, retryAfter?: string): Error {
  const afterMs = retryAfterMs(retryAfter)
  const more = afterMs === undefined ? {} : { afterMs }
  if (status === 429) return connectorFault(code ?? 'CALL_LIMITED', text, { kind: 'limited', ...more })
  if (status >= 500 || status === 408)
    return connectorFault(code ?? 'CALL_FAILED', text, { kind: 'again', ...more })
  return connectorFault(code ?? `CALL_STATUS_${status}`, text)
}

const LONGEST_WAIT_MS = 3_600_000

function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_WAIT_MS) : undefined
}
