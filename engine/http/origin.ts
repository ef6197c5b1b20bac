import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { refuse } from '../errors.ts'

/** Whether the hop of that number (0 = who connects to us) is a proxy whose X-Forwarded-* are believed. */
export type ProxyTrust = (address: string, hop: number) => boolean

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses an unsafe request that a browser sends from another site's page. Browsers mark such requests with
 * Sec-Fetch-Site or at least with Origin; a request with neither comes from no page and carries no cookie that
 * a stranger could borrow (the algorithm of Go's net/http.CrossOriginProtection).
 * @throws AppError HTTP_ORIGIN_DENIED
 */
export function checkOrigin(request: IncomingMessage, trusts: ProxyTrust): void {
  if (SAFE_METHODS.has(request.method ?? 'GET')) return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin !== undefined && origin !== ownOrigin(request, trusts)) throw refuse('HTTP_ORIGIN_DENIED')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refuse('HTTP_ORIGIN_DENIED')
}

/** Scheme, host and port under which the client reached us. */
export function ownOrigin(request: IncomingMessage, trusts: ProxyTrust): string {
  const forwardedHost = isForwarded(request, trusts) ? first(request.headers['x-forwarded-host']) : undefined
  const host = forwardedHost ?? request.headers.host ?? ''
  return `${isSecure(request, trusts) ? 'https' : 'http'}://${host.toLowerCase()}`
}

/** Whether the client speaks TLS, to us or to the trusted proxy before us. */
export function isSecure(request: IncomingMessage, trusts: ProxyTrust): boolean {
  const forwarded = isForwarded(request, trusts) ? first(request.headers['x-forwarded-proto']) : undefined
  if (forwarded !== undefined) return forwarded === 'https'
  return (request.socket as Partial<TLSSocket>).encrypted === true
}

/** The client's address: the nearest hop that is no trusted proxy. */
export function clientAddress(request: IncomingMessage, trusts: ProxyTrust): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
  const hops = [request.socket.remoteAddress ?? '', ...forwarded.split(',').reverse()].map((hop) =>
    hop.trim(),
  )
  const client = hops.find((hop, index) => hop !== '' && !trusts(hop, index))
  return client ?? hops.at(-1) ?? ''
}

function isForwarded(request: IncomingMessage, trusts: ProxyTrust): boolean {
  return trusts(request.socket.remoteAddress ?? '', 0)
}

function first(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header
  return value?.split(',')[0]?.trim().toLowerCase()
}
