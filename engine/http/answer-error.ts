import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Language, refuse } from '../errors.ts'
import { auditDenied } from './audit-calls.ts'
import { openContext } from './authenticate.ts'
import { clearedViewCookie } from './cookie.ts'
import type { HttpDeps } from './deps.ts'
import { faultOf } from './fault.ts'
import { acceptedLanguage, furtherWords, languageOf } from './language.ts'
import { isSecure } from './origin.ts'
import { sendProblem } from './problem.ts'
import { RequestAborted } from './read-body.ts'
import type { ExtraHeaders } from './respond.ts'
import { clearedSandboxCookie } from './sandbox-cookie.ts'

/**
 * Answers a request whose handling failed: a refusal as its problem, anything else as HTTP_INTERNAL after the
 * log has it. The language is the request's, else the actor's.
 */
export async function answerError(
  deps: HttpDeps,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  fallback?: Language,
): Promise<void> {
  if (error instanceof RequestAborted) {
    response.destroy()
    return
  }
  const fault = faultOf(error)
  if (fault === undefined || fault.status >= 500) {
    if (fault?.code !== 'HTTP_UNAVAILABLE') {
      deps.observer.observe('fault', { during: `${request.method} ${pathOf(request)}`, error })
    }
  }
  if (response.headersSent)
    response.destroy() // half an answer must not look like a whole one
  else {
    const language = languageOf(request, fallback ?? (await languageOfActor(deps, request)))
    if (fault !== undefined) await auditDenied(deps, request, fault)
    const headers = cookiesTaken(fault?.code, isSecure(request, deps.trusts))
    const words = furtherWords(deps.registry, request)
    sendProblem(response, fault ?? refuse('HTTP_INTERNAL'), { language, words }, headers)
  }
}

/** What is over is taken from the browser, so that its next request means the session itself. */
function cookiesTaken(code: string | undefined, secure: boolean): ExtraHeaders {
  if (code === 'AUTH_VIEW_ENDED') return { 'Set-Cookie': clearedViewCookie(secure) }
  if (code !== 'AUTH_SANDBOX_ENDED') return {}
  return { 'Set-Cookie': [clearedSandboxCookie(secure), clearedViewCookie(secure)] }
}

/** The address without its query, which may hold what does not belong into a log. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}

/** The language of who asks, as far as that can be told; what goes wrong on the way is not the question here. */
async function languageOfActor(deps: HttpDeps, request: IncomingMessage): Promise<Language | undefined> {
  if (acceptedLanguage(request.headers['accept-language']) !== undefined) return undefined
  try {
    return (await openContext(deps, request)).actor.language
  } catch {
    return undefined
  }
}
