import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Language, refuse } from '../errors.ts'
import type { HttpDeps } from './deps.ts'
import { faultOf } from './fault.ts'
import { languageOf } from './language.ts'
import { sendProblem } from './problem.ts'
import { RequestAborted } from './read-body.ts'

/**
 * Answers a request whose handling failed: a refusal as its problem, anything else as HTTP_INTERNAL after the
 * log has it. The language is the request's, else the actor's.
 */
export function answerError(
  deps: Pick<HttpDeps, 'observer'>,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  fallback?: Language,
): void {
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
  else sendProblem(response, fault ?? refuse('HTTP_INTERNAL'), languageOf(request, fallback))
}

/** The address without its query, which may hold what does not belong into a log. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}
