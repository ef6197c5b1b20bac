import type { IncomingMessage, ServerResponse } from 'node:http'
import { SESSION_DAYS, type SignIn } from '../access/sign-in.ts'
import { sessionCookie, withoutView } from './cookie.ts'
import { sendJson } from './respond.ts'

/** Answers a session that was just opened, as a token and as a cookie. */
export function sendSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  { token, user }: SignIn,
  secure: boolean,
): void {
  const cookie = sessionCookie(token, SESSION_DAYS * 86_400, secure)
  // Token and user stand at the top, as the contract says.
  sendJson(response, 200, JSON.stringify({ token, user }), {
    'Set-Cookie': withoutView(cookie, request.headers.cookie, secure),
  })
}
