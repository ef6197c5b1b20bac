const NAME = 'tenon_session'

/**
 * Over TLS the prefix makes the browser take the cookie from this very host alone (RFC 6265bis §4.1.3): a sibling
 * subdomain, which may be another workspace or another program, cannot put a session of its own in its place.
 */
function nameOf(secure: boolean): string {
  return secure ? `__Host-${NAME}` : NAME
}

/**
 * The session token among the cookies of a request.
 * @param secure whether the request came by TLS
 */
export function readCookieToken(header: string | undefined, secure: boolean): string | undefined {
  if (header === undefined) return undefined
  const name = nameOf(secure)
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
