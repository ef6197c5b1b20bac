const NAME = 'tenon_session'

/** The session token among the cookies of a request. */
export function readCookieToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals !== -1 && pair.slice(0, equals).trim() === NAME) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** @param maxAgeSeconds how long the browser keeps it */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  return `${NAME}=${token}; ${attributes}${secure ? '; Secure' : ''}`
}

export function clearedCookie(secure: boolean): string {
  return sessionCookie('', 0, secure)
}
