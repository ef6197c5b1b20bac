import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet, { type HelmetOptions } from 'helmet'

/** Headers as one flat list of names and values, as Node writes them at once. */
export type HeaderList = readonly string[]

/** What helmet would write under these options: worked out once, so that an answer costs nothing more. */
function headersOf(options: HelmetOptions): HeaderList {
  const list: string[] = []
  const response = {
    setHeader: (name: string, value: unknown) => list.push(name, String(value)),
    removeHeader: () => undefined,
  }
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, (fault) => {
    if (fault !== undefined) throw fault
  })
  return list
}

/** It goes with answers over TLS alone. */
const NO_HSTS = { strictTransportSecurity: false } as const

/**
 * Of an answer of the API, so that no browser takes it for a page, frames it or lends it to another site. Headers that
 * say something of documents alone are left out: they would travel with every record.
 */
export const API_HEADERS: HeaderList = headersOf({
  ...NO_HSTS,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})

const NONCE_MARK = '__CSP_NONCE__'

const PAGE_HEADERS: HeaderList = [
  ...headersOf({
    ...NO_HSTS,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", `'nonce-${NONCE_MARK}'`],
        // antd measures texts by a style attribute, which can carry no nonce and cannot run anything.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        // The designer shows web forms as they will look.
        'frame-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  }),
  'Permissions-Policy',
  'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
]

/**
 * Of the public page of a web form: nothing but files of ours, nothing written at run time; framed by the sites that its
 * form names and by nobody else.
 */
export function webformHeaders(ancestors: readonly string[]): Readonly<Record<string, string>> {
  const list = headersOf({
    ...NO_HSTS,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        ...{ 'script-src': ["'self'"], 'style-src': ["'self'"], 'img-src': ["'self'"] },
        ...{ 'connect-src': ["'self'"], 'form-action': ["'self'"], 'base-uri': ["'none'"] },
        'frame-ancestors': ancestors.length === 0 ? ["'none'"] : [...ancestors],
      },
    },
    // It knows one site at most; browsers that know frame-ancestors pass it over.
    xFrameOptions: ancestors.length === 0 ? { action: 'deny' } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginOpenerPolicy: false,
  })
  const pairs = list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1]!] as const] : []))
  return Object.fromEntries(pairs)
}

/**
 * Of a page: scripts are files of ours, styles too or carry the nonce, since antd writes them at run time; nobody
 * frames it, and no window that it opens or was opened by reaches it.
 * @param nonce of this answer alone
 */
export function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < PAGE_HEADERS.length; at += 2) {
    headers[PAGE_HEADERS[at]!] = PAGE_HEADERS[at + 1]!.replaceAll(NONCE_MARK, nonce)
  }
  return headers
}

const [, HSTS_VALUE = ''] = headersOf({
  contentSecurityPolicy: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  referrerPolicy: false,
  xContentTypeOptions: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})

/** Tells the browser to come by TLS from now on, for a year; only where it came by TLS (RFC 6797 §7.2). */
export const HSTS = ['Strict-Transport-Security', HSTS_VALUE] as const
