import type { IncomingMessage } from 'node:http'

/** What stands after `?` in the address, '' for nothing; as sent. */
export function queryOf(request: IncomingMessage): string {
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  return mark === -1 ? '' : url.slice(mark + 1)
}
