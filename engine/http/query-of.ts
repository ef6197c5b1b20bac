import type { IncomingMessage } from 'node:http'
import { parseParameters } from './parameters.ts'

/** What stands after `?` in the address, '' for nothing; as sent. */
export function queryOf(request: IncomingMessage): string {
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  return mark === -1 ? '' : url.slice(mark + 1)
}

/**
 * Refuses every parameter in the address, for calls that take none.
 * @throws AppError HTTP_PARAMETER_UNKNOWN
 */
export function noParameters(request: IncomingMessage): void {
  parseParameters(queryOf(request), [])
}
