import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Executor } from '../../db/database.ts'
import { type Problem, refuse } from '../../errors.ts'
import { assignmentsOfRecord } from '../../process/assignment/tell.ts'
import { openButtons, pressButton } from '../../process/flows/button.ts'
import { timelineOf } from '../../process/timeline/timeline.ts'
import { aggregateRecords } from '../../records/aggregate.ts'
import { aggregateAudit } from '../../records/audit-aggregate.ts'
import { getAuditEntry, listAudit } from '../../records/audit-entries.ts'
import { bulkRecords } from '../../records/bulk.ts'
import {
  entityFor,
  type RecordAnswer,
  type RequestContext,
  type SimilarFound,
} from '../../records/context.ts'
import { convertRecord } from '../../records/convert.ts'
import { createRecord } from '../../records/create.ts'
import { deleteRecord } from '../../records/delete.ts'
import { duplicateGroups } from '../../records/duplicate-groups.ts'
import { getRecord } from '../../records/get.ts'
import { historyOf } from '../../records/history.ts'
import { restoreVersion } from '../../records/history-restore.ts'
import { once } from '../../records/idempotency.ts'
import { laneOf } from '../../records/lane.ts'
import { likesOf, likesOfChange, likesOfDraft } from '../../records/like-records.ts'
import { listRecords } from '../../records/list.ts'
import { mergeRecords } from '../../records/merge-records.ts'
import { onCurrentModel } from '../../records/model-moved.ts'
import { isMergeable } from '../../records/parse-merge.ts'
import { patchRecord } from '../../records/patch.ts'
import { relatedRecords } from '../../records/related.ts'
import { restoreRecord } from '../../records/restore.ts'
import { addShare, changeShare, removeShare, sharesOf } from '../../records/shares.ts'
import { stagesOf } from '../../records/stage-history.ts'
import { presentFound } from '../../records/tell-duplicates.ts'
import { tickMilestone } from '../../records/tick-milestone.ts'
import { transferRecord } from '../../records/transfer.ts'
import { upsertRecord } from '../../records/upsert.ts'
import { deniedIn, noteRefusal } from '../audit-calls.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { parseFlag, parseNamed, type QueryParameters } from '../parameters.ts'
import { readJsonBody, readOptionalJsonBody } from '../read-body.ts'
import { approvalAct, approvalTrail, meansApproval, tellDeps } from './approval-calls.ts'
import { sendExport } from './export.ts'
import { addCommentTo, heldOf, listMentionable } from './held.ts'
import type { RecordMatch, RecordRoute } from './match-records.ts'
import { changeComment, removeComment, restoreComment } from './one-comment.ts'
import { ownerActOf } from './owner-acts.ts'
import { question, questionOf } from './question.ts'
import { inviteNewUser, noticeUserChange } from './user-change.ts'

/** One call on records, its address and query taken apart, its body not yet read. */
export interface RecordRequest {
  readonly deps: HttpDeps
  readonly context: RequestContext
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly match: RecordMatch
  /** The query as sent: the key under which plans are kept. */
  readonly query: string
  readonly parameters: QueryParameters
}

/** Gives the answer; undefined where it has sent one itself. */
export type RecordCall = (call: RecordRequest) => Promise<RecordAnswer | undefined>

/** What each address under /api/records/ takes, by method. */
const RECORD_CALLS: { readonly [R in RecordRoute]: Readonly<Record<string, RecordCall>> } = {
  collection: {
    GET: ({ context, match, parameters, query }) => listRecords(context, match.entity, parameters, query),
    POST: create,
  },
  query: { POST: (call) => question(call, listRecords) },
  aggregate: { POST: (call) => question(call, aggregateRecords) },
  bulk: { POST: bulk },
  export: {
    GET: (call) => sendExport(call, call.parameters),
    POST: async (call) => sendExport(call, await questionOf(call)),
  },
  record: {
    GET: ({ context, match, parameters }) => getRecord(context, match.entity, match.first, parameters),
    PATCH: patch,
    DELETE: remove,
  },
  restore: { POST: restore },
  history: {
    GET: ({ context, match, parameters }) => historyOf(context, match.entity, match.first, parameters),
  },
  historyRestore: { POST: toVersion },
  timeline: {
    GET: ({ context, match, parameters }) => timelineOf(context, match.entity, match.first, parameters),
  },
  assignments: {
    GET: ({ context, match, parameters }) =>
      assignmentsOfRecord(context, match.entity, match.first, parameters),
  },
  duplicateGroups: {
    GET: ({ context, match, parameters }) => duplicateGroups(context, match.entity, parameters),
    POST: (call) => question(call, likesOfDraft),
  },
  duplicates: {
    GET: ({ context, match, parameters }) => likesOf(context, match.entity, match.first, parameters),
    POST: async (call) =>
      likesOfChange(call.context, call.match.entity, call.match.first, await questionOf(call)),
  },
  stages: {
    GET: ({ context, match, parameters }) => stagesOf(context, match.entity, match.first, parameters),
  },
  lane: {
    GET: ({ context, match, parameters }) => laneOf(context, match.entity, match.first, parameters),
  },
  milestone: { POST: tick },
  action: { POST: press },
  actions: {
    GET: ({ context, deps, match, parameters }) =>
      openButtons(context, deps.registry, match.entity, match.first, parameters),
  },
  approvals: { GET: approvalTrail },
  comments: {
    GET: heldOf('comment'),
    POST: comment,
  },
  comment: { PATCH: onComment(changeComment), DELETE: onComment(removeComment) },
  commentRestore: { POST: onComment(restoreComment) },
  mentionable: { GET: listMentionable },
  files: { GET: heldOf('file') },
  shares: { GET: shares, POST: share },
  share: { PATCH: patchShare, DELETE: unshare },
  related: {
    GET: ({ context, match, parameters }) =>
      relatedRecords(context, match.entity, match.first, match.second, parameters),
  },
  unique: { PUT: upsert },
}

/** The audit is read like records, from a source of its own, and never written. */
const AUDIT_CALLS: typeof RECORD_CALLS = {
  ...(Object.fromEntries(Object.keys(RECORD_CALLS).map((route) => [route, {}])) as typeof RECORD_CALLS),
  collection: { GET: ({ context, parameters }) => listAudit(context, parameters) },
  query: { POST: async (call) => listAudit(call.context, await questionOf(call)) },
  aggregate: { POST: async (call) => aggregateAudit(call.context, await questionOf(call)) },
  record: { GET: ({ context, match, parameters }) => getAuditEntry(context, match.first, parameters) },
}
export const AUDIT_ENTITY = 'audit_entry'

/** What an address under /api/records/ takes, by method. */
export function callsOf({ route, entity }: RecordMatch): Readonly<Record<string, RecordCall>> {
  return (entity === AUDIT_ENTITY ? AUDIT_CALLS : RECORD_CALLS)[route]
}

async function create(call: RecordRequest): Promise<RecordAnswer> {
  const named = parseNamed(call.parameters, ['dry_run', DUPLICATES])
  const isDryRun = parseFlag(named.dry_run, 'dry_run')
  const { entity } = call.match
  const body = await readJsonBody(call.request)
  const answer = await write(
    call,
    isDryRun ? undefined : ['create', entity, body],
    (context, runner) => createRecord(context, entity, body, { isDryRun, ...runner }),
    isDryRun,
  )
  return isDryRun ? answer : inviteNewUser(call, body, answer)
}

async function patch(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [DUPLICATES])
  const { entity, first: id } = call.match
  const body = await readJsonBody(call.request)
  const ifMatch = call.request.headers['if-match']
  const answer = await write(call, undefined, (context) =>
    patchRecord(context, entity, id, body, { ifMatch }),
  )
  await noticeUserChange(call, body, answer)
  return answer
}

async function remove(call: RecordRequest): Promise<RecordAnswer> {
  const isDryRun = flag(call, 'dry_run')
  const { entity, first: id } = call.match
  const ifMatch = call.request.headers['if-match']
  const answer = await write(call, undefined, (context) =>
    deleteRecord(context, entity, id, { ifMatch, isDryRun }),
  )
  if (!isDryRun) await noticeUserChange(call, undefined, answer)
  return answer
}

async function restore(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [DUPLICATES])
  const { entity, first: id } = call.match
  return write(call, ['restore', entity, id], (context, runner) => restoreRecord(context, entity, id, runner))
}

async function toVersion(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [DUPLICATES])
  const { entity, first: id } = call.match
  const body = await readJsonBody(call.request)
  const ifMatch = call.request.headers['if-match']
  const answer = await write(call, ['history', entity, id, body], (context, runner) =>
    restoreVersion(context, entity, id, body, { ifMatch, ...runner }),
  )
  await noticeUserChange(call, undefined, answer)
  return answer
}

async function tick(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [])
  const { entity, first: id } = call.match
  const body = await readJsonBody(call.request)
  const ifMatch = call.request.headers['if-match']
  return write(call, ['milestone', entity, id, body], (context, runner) =>
    tickMilestone(context, entity, id, body, { ifMatch, ...runner }),
  )
}

async function press(call: RecordRequest): Promise<RecordAnswer> {
  const { entity, first: id, second: action } = call.match
  if (meansApproval(call.context, entity, action)) return approvalAct(call, action, write)
  if (action === 'convert' && entityFor(call.context, entity).definition.convert !== undefined)
    return convert(call)
  if (action === 'transfer' && entityFor(call.context, entity).owned) return wholeAct(call, transferRecord)
  if (action === 'merge' && isMergeable(entityFor(call.context, entity))) return wholeAct(call, mergeRecords)
  parseNamed(call.parameters, [])
  const act = ownerActOf(call.context, entity, action)
  if (act !== undefined) {
    const body = await readOptionalJsonBody(call.request)
    return write(call, undefined, (context) => act(context, entity, id, body))
  }
  return write(call, undefined, (context) => pressButton(context, call.deps.registry, entity, id, action))
}

/** An act on a record that is tried out in a dry run, and told apart by its body. */
async function wholeAct(call: RecordRequest, act: typeof transferRecord): Promise<RecordAnswer> {
  const isDryRun = parseFlag(parseNamed(call.parameters, ['dry_run']).dry_run, 'dry_run')
  const { entity, first: id, second: action } = call.match
  const body = await readJsonBody(call.request)
  return write(
    call,
    isDryRun ? undefined : [action, entity, id, body],
    (context, runner) => act(context, entity, id, body, { isDryRun, ...runner }),
    isDryRun,
  )
}

async function convert(call: RecordRequest): Promise<RecordAnswer> {
  const named = parseNamed(call.parameters, ['dry_run', DUPLICATES])
  const isDryRun = parseFlag(named.dry_run, 'dry_run')
  const { entity, first: id } = call.match
  const body = await readOptionalJsonBody(call.request)
  return write(
    call,
    isDryRun ? undefined : ['convert', entity, id, body],
    (context, runner) => convertRecord(context, entity, id, body, { isDryRun, ...runner }),
    isDryRun,
  )
}

async function upsert(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [DUPLICATES])
  const { entity, first: field, second: value } = call.match
  const body = await readJsonBody(call.request)
  const answer = await write(call, undefined, (context) => upsertRecord(context, entity, field, value, body))
  await noticeUserChange(call, body, answer)
  return answer
}

async function bulk(call: RecordRequest): Promise<RecordAnswer> {
  const named = parseNamed(call.parameters, ['dry_run', DUPLICATES])
  const isDryRun = parseFlag(named.dry_run, 'dry_run')
  const { entity } = call.match
  const body = await readJsonBody(call.request)
  let refused: readonly Problem[] = []
  const onRefused = (problems: readonly Problem[]): void => {
    refused = deniedIn(problems)
  }
  const answer = await write(
    call,
    isDryRun ? undefined : ['bulk', entity, body],
    (context, runner) => bulkRecords(context, entity, body, { ...runner, onRefused, isDryRun }),
    isDryRun,
  )
  if (isDryRun) return answer
  const [first] = refused
  if (first !== undefined) {
    const places = refused.map(({ path }) => path)
    await noteRefusal(call.deps, call.request, { code: first.code, places })
  }
  await noticeUserChange(call, body, answer)
  return answer
}

async function comment(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [])
  const { entity, first: id } = call.match
  const body = await readJsonBody(call.request)
  return write(call, ['comment', entity, id, body], (context, runner) =>
    addCommentTo(call.deps, context, { entity, id, body }, runner),
  )
}

/** An act on one comment of a record. */
function onComment(act: typeof changeComment): RecordCall {
  return async (call) => {
    parseNamed(call.parameters, [])
    const { entity, first: id, second } = call.match
    const body = call.request.method === 'PATCH' ? await readJsonBody(call.request) : undefined
    return write(call, undefined, (context) =>
      act(context, { entity, id, comment: second }, body, tellDeps(call.deps, context)),
    )
  }
}

async function shares({ context, match, parameters }: RecordRequest): Promise<RecordAnswer> {
  parseNamed(parameters, [])
  return sharesOf(context, match.entity, match.first)
}

async function share(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [])
  const { entity, first: id } = call.match
  const body = await readJsonBody(call.request)
  return write(call, ['share', entity, id, body], (context, runner) =>
    addShare(context, entity, id, body, runner),
  )
}

async function patchShare(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [])
  const { entity, first: id, second: shareId } = call.match
  const body = await readJsonBody(call.request)
  return write(call, undefined, (context) => changeShare(context, entity, id, shareId, body))
}

async function unshare(call: RecordRequest): Promise<RecordAnswer> {
  parseNamed(call.parameters, [])
  const { entity, first: id, second: shareId } = call.match
  return write(call, undefined, (context) => removeShare(context, entity, id, shareId))
}

function flag(call: RecordRequest, name: string): boolean {
  return parseFlag(parseNamed(call.parameters, [name])[name], name)
}

/**
 * Runs a write on the model in force, planned again where a publish came between, and at most once for an
 * Idempotency-Key.
 * @param identity what makes the request this one and no other; undefined where a retry needs no key
 */
function write(
  { deps, context, request, parameters }: RecordRequest,
  identity: readonly unknown[] | undefined,
  work: (context: RequestContext, runner: { readonly runner?: Executor }) => Promise<RecordAnswer>,
  isDryRun = false,
): Promise<RecordAnswer> {
  const isAccepted = parseAccept(parameters[DUPLICATES])
  const key = request.headers['idempotency-key']
  const renew = async () => {
    await deps.models.refresh(context.model.workspace)
    return openContext(deps, request)
  }
  return onCurrentModel(context, renew, (current) => {
    const judged = async (runner: { readonly runner?: Executor }) => {
      const found: SimilarFound[] = []
      const answer = await work({ ...current, duplicates: { isAccepted, isDryRun, found } }, runner)
      return withFound(current, answer, found)
    }
    if (typeof key !== 'string' || identity === undefined) return judged({})
    return once(current, key, isAccepted ? [...identity, ACCEPT] : identity, (runner) => judged({ runner }))
  })
}

/** The parameter by which a client says that it knows of like records, and its only value. */
const DUPLICATES = 'duplicates'
const ACCEPT = 'accept'

function parseAccept(raw: unknown): boolean {
  if (raw === undefined) return false
  if (raw === ACCEPT) return true
  throw refuse('HTTP_PARAMETER_INVALID', `/${DUPLICATES}`, { params: { name: DUPLICATES } })
}

/** Beside the data what duplicate rules found and did not refuse. */
function withFound(
  context: RequestContext,
  answer: RecordAnswer,
  found: readonly SimilarFound[],
): RecordAnswer {
  if (found.length === 0) return answer
  const list = JSON.stringify(presentFound(context, found))
  return { ...answer, body: `${answer.body.slice(0, -1)},"duplicates":${list}}` }
}
