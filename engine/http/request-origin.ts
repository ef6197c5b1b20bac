import type { IncomingMessage } from 'node:http'
import type { Origin } from '../audit/origin.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import { newId } from '../model/uuid.ts'
import { clientAddress, type ProxyTrust } from './origin.ts'

/** What a request comes through: the pages send the session's cookie and their origin, programs send a token. */
export function viaOf({ headers }: IncomingMessage): 'form' | 'api' {
  if (headers.authorization !== undefined) return 'api'
  return headers.cookie === undefined && headers.origin === undefined ? 'api' : 'form'
}

const requestIds = new WeakMap<IncomingMessage, string>()

/** Where a request came from. Worked out when it is asked for: reads never do. */
export function requestOrigin(request: IncomingMessage, trusts: ProxyTrust): Origin {
  return {
    get address() {
      return clientAddress(request, trusts)
    },
    get request() {
      return requestIdOf(request)
    },
  }
}

/** The UUID of a proxy or client (X-Request-Id), so that its logs and the audit meet; else one of ours. */
function requestIdOf(request: IncomingMessage): string {
  let id = requestIds.get(request)
  if (id === undefined) {
    const sent = request.headers['x-request-id']
    id = typeof sent === 'string' && isRecordId(sent) ? sent.toLowerCase() : newId()
    requestIds.set(request, id)
  }
  return id
}
