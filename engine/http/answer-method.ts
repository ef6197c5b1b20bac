import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError, problem } from '../errors.ts'
import type { HttpDeps } from './deps.ts'
import { furtherWords, languageOf } from './language.ts'
import { sendProblem } from './problem.ts'
import { sendEmpty } from './respond.ts'

/**
 * Answers a method that no handler took: 204 to OPTIONS, else 405, both with Allow.
 * @param methods what the address takes
 */
export function answerMethod(
  deps: Pick<HttpDeps, 'registry'>,
  request: IncomingMessage,
  response: ServerResponse,
  methods: readonly string[],
): void {
  const head = methods.includes('GET') && !methods.includes('HEAD') ? ['HEAD'] : []
  const allow = { Allow: [...methods, ...head, 'OPTIONS'].join(', ') }
  if (request.method === 'OPTIONS') {
    sendEmpty(response, 204, allow)
    return
  }
  const fault = problem('HTTP_METHOD_NOT_ALLOWED', '', { params: { method: request.method ?? '' } })
  sendProblem(
    response,
    new AppError(fault),
    { language: languageOf(request), words: furtherWords(deps.registry, request) },
    allow,
  )
}
