import type { IncomingMessage } from 'node:http'
import type { SignInFrom } from '../access/sign-in.ts'
import { clientAddress, type ProxyTrust } from './origin.ts'

/** Where a session is opened from, as its list tells it. */
export function fromOf(request: IncomingMessage, trusts: ProxyTrust): SignInFrom {
  return { address: clientAddress(request, trusts), agent: request.headers['user-agent'] }
}
