const NAME = 'tenon_session'
const VIEW = 'tenon_view'

/**
 * Over TLS the prefix makes the browser take the cookie from this very host alone (RFC 6265bis §4.1.3): a sibling
 * subdomain, which may be another workspace or another program, cannot put a session of its own in its place.
 */
function nameOf(secure: boolean, name = NAME): string {
  return secure ? `__Host-${name}` : name
}

/**
 * The session token among the cookies of a request.
 * @param secure whether the request came by TLS
 */
export function readCookieToken(header: string | undefined, secure: boolean): string | undefined {
  return header === undefined ? undefined : cookieIn(header, nameOf(secure))
}

/** The token of a view among the cookies of a request. */
export function readViewToken(header: string, secure: boolean): string | undefined {
  // Few requests carry one, and all carry cookies.
  return header.includes(VIEW) ? cookieIn(header, nameOf(secure, VIEW)) || undefined : undefined
}

function cookieIn(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** @param maxAgeSeconds how long the browser keeps it */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  return `${nameOf(secure)}=${token}; ${attributes}${secure ? '; Secure' : ''}`
}

export function clearedCookie(secure: boolean): string {
  return sessionCookie('', 0, secure)
}

/**
 * The cookie of a view, beside that of the session. It has no age of its own: sent until it is taken away, it never
 * makes way for the session by itself, so that nobody acts as themselves on a page that shows somebody else's eyes.
 */
export function viewCookie(token: string, secure: boolean): string {
  return `${nameOf(secure, VIEW)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

export function clearedViewCookie(secure: boolean): string {
  return `${viewCookie('', secure)}; Max-Age=0`
}

/**
 * Whoever signs in or out begins anew: a view that the browser still carries is taken away too.
 * @param set the session's own cookie
 * @param sent the cookies of the request
 */
export function withoutView(set: string, sent: string | undefined, secure: boolean): readonly string[] {
  const carries = sent !== undefined && readViewToken(sent, secure) !== undefined
  return carries ? [set, clearedViewCookie(secure)] : [set]
}
