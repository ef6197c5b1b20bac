import type { IncomingMessage } from 'node:http'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { listRecords } from '../../records/list.ts'
import type { HttpDeps } from '../deps.ts'
import type { QueryParameters } from '../parameters.ts'
import type { RecordMatch, RecordRoute } from './match-records.ts'

/** One call on records, its address and query taken apart, its body not yet read. */
export interface RecordRequest {
  readonly deps: HttpDeps
  readonly context: RequestContext
  readonly request: IncomingMessage
  readonly match: RecordMatch
  /** The query as sent: the key under which plans are kept. */
  readonly query: string
  readonly parameters: QueryParameters
}

export type RecordCall = (call: RecordRequest) => Promise<RecordAnswer>

/** What each address under /api/records/ takes, by method. */
export const RECORD_CALLS: { readonly [R in RecordRoute]: Readonly<Record<string, RecordCall>> } = {
  collection: {
    GET: ({ context, match, parameters, query }) => listRecords(context, match.entity, parameters, query),
  },
  query: {},
  aggregate: {},
  bulk: {},
  record: {
    GET: ({ context, match, parameters }) => getRecord(context, match.entity, match.first, parameters),
  },
  restore: {},
  history: {},
  comments: {},
  files: {},
  related: {},
  unique: {},
}
