import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Language, refuse } from '../../errors.ts'
import type { RecordAnswer } from '../../records/context.ts'
import { answerError } from '../answer-error.ts'
import { answerMethod } from '../answer-method.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseParameters, type QueryParameters } from '../parameters.ts'
import { sendEmpty, sendJson } from '../respond.ts'
import { matchRecords, type RecordMatch } from './match-records.ts'
import { callsOf, type RecordCall } from './record-calls.ts'

export const RECORDS_PREFIX = '/api/records/'

/** Serves everything under /api/records/; never rejects. */
export function recordsHandler(
  deps: HttpDeps,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    let language: Language | undefined
    try {
      const url = request.url ?? ''
      const mark = url.indexOf('?')
      const match = matchRecords(url.slice(RECORDS_PREFIX.length, mark === -1 ? undefined : mark))
      if (match === undefined) throw refuse('HTTP_ROUTE_UNKNOWN')
      const call = callOf(match, request.method)
      if (call === undefined) {
        answerMethod(deps, request, response, methodsOf(match))
        return
      }
      const opened = openContext(deps, request)
      const context = opened instanceof Promise ? await opened : opened
      language = context.actor.language
      const query = mark === -1 ? '' : url.slice(mark + 1)
      const parameters = readQuery(query)
      const answer = await call({ deps, context, request, response, match, query, parameters })
      if (answer !== undefined) sendAnswer(response, answer)
    } catch (error) {
      await answerError(deps, request, response, error, language)
    }
  }
}

/** A DELETE of a user is answered with what to do instead; nobody is told that there is one. */
function methodsOf(match: RecordMatch): readonly string[] {
  const { route, entity } = match
  const methods = Object.keys(callsOf(match))
  return route === 'record' && entity === 'user' ? methods.filter((method) => method !== 'DELETE') : methods
}

function callOf(match: RecordMatch, method: string | undefined): RecordCall | undefined {
  return callsOf(match)[method === 'HEAD' ? 'GET' : (method ?? '')]
}

function sendAnswer(response: ServerResponse, answer: RecordAnswer): void {
  if (answer.status === 204) sendEmpty(response, 204, answer.headers)
  else sendJson(response, answer.status, answer.body, answer.headers)
}

// The same few questions come again and again (everybody opens the same views): each is taken apart once.
const questions = new Map<string, QueryParameters>()
const MAX_QUESTIONS = 500
const MAX_QUESTION_LENGTH = 2000

function readQuery(query: string): QueryParameters {
  const known = questions.get(query)
  if (known !== undefined) return known
  const parameters = Object.freeze(parseParameters(query))
  if (query.length <= MAX_QUESTION_LENGTH && parameters.after === undefined) {
    if (questions.size >= MAX_QUESTIONS) questions.clear()
    questions.set(query, parameters)
  }
  return parameters
}
