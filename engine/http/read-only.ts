import type { IncomingMessage } from 'node:http'
import { refuse } from '../errors.ts'

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Questions that come as POST because they are long; a role that is not in force is asked about and kept nowhere. */
const QUESTION =
  /^\/api\/(?:records\/[^/?]+\/(?:query|aggregate)|reports(?:\/[^/?]+\/run)?|explain\/roles)\/?(?:\?|$)/

/**
 * Refuses everything but questions. What is not known to be one is none: a new call changes nothing in a view before
 * somebody has thought about it.
 * @throws AppError AUTH_VIEW_READ_ONLY
 */
export function assertReads({ method = 'GET', url = '' }: IncomingMessage): void {
  if (READING.has(method) || (method === 'POST' && QUESTION.test(url))) return
  throw refuse('AUTH_VIEW_READ_ONLY')
}
