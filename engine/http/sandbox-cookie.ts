import type { IncomingMessage } from 'node:http'

const NAME = 'tenon_sandbox'

/** The sandbox that a browser has entered, and the session there. */
export interface EnteredSandbox {
  readonly workspace: string
  readonly token: string
}

const SHAPE = /^([a-z][a-z0-9_-]{0,39})\.([A-Za-z0-9_-]{43})$/

/**
 * What the cookie of a sandbox says, beside that of the session in the live workspace. A request that says by itself which
 * workspace or who it is means that.
 */
export function enteredSandbox({ headers }: IncomingMessage): EnteredSandbox | undefined {
  const { cookie, authorization } = headers
  // Few requests carry one, and all carry cookies.
  if (cookie === undefined || !cookie.includes(NAME)) return undefined
  if (authorization !== undefined || headers['x-workspace'] !== undefined) return undefined
  const found = valueIn(cookie, `__Host-${NAME}`) ?? valueIn(cookie, NAME)
  const [, workspace, token] = SHAPE.exec(found ?? '') ?? []
  return workspace === undefined || token === undefined ? undefined : { workspace, token }
}

function valueIn(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** Sent until it is taken away, as that of a view: nobody acts in the live workspace who believes to be in a sandbox. */
export function sandboxCookie({ workspace, token }: EnteredSandbox, secure: boolean): string {
  return `${nameOf(secure)}=${workspace}.${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

export function clearedSandboxCookie(secure: boolean): string {
  return `${nameOf(secure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`
}

const nameOf = (secure: boolean): string => (secure ? `__Host-${NAME}` : NAME)
