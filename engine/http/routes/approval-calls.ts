import { approvalsOf } from '../../model/approval-index.ts'
import { type ActBody, type ApprovalAct, isApprovalAct, parseAct } from '../../process/approvals/acts.ts'
import { queueClock } from '../../process/approvals/clock.ts'
import { actOnApproval } from '../../process/approvals/decide.ts'
import { forecastSubmit } from '../../process/approvals/forecast.ts'
import { seenRecord } from '../../process/approvals/open.ts'
import type { ApprovalRun } from '../../process/approvals/store.ts'
import { type ActOptions, submitRecord } from '../../process/approvals/submit.ts'
import { submittable } from '../../process/approvals/submittable.ts'
import { approvalsOfRecord } from '../../process/approvals/trail.ts'
import type { ApprovalDeps } from '../../process/approvals/world.ts'
import { flowIndex } from '../../process/flows/flow-index.ts'
import type { TellDeps } from '../../process/telling/deps.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { parseIfMatch } from '../../records/parse-record.ts'
import type { HttpDeps } from '../deps.ts'
import { parseFlag, parseNamed } from '../parameters.ts'
import { readJsonBody } from '../read-body.ts'
import type { RecordRequest } from './record-calls.ts'

export function approvalDeps({ registry, settings }: Pick<HttpDeps, 'registry' | 'settings'>): ApprovalDeps {
  const { publicUrl, mails } = settings
  return { registry, publicUrl, mails, wakes: queueClock }
}

/** By what ways people are told of what a call did. */
export function tellDeps(
  deps: Pick<HttpDeps, 'db' | 'registry' | 'settings'>,
  { now }: Pick<RequestContext, 'now'>,
): TellDeps {
  return { ...approvalDeps(deps), db: deps.db, now }
}

/** Whether an action of a record is a word about its approval: where there are any, and no button has that name. */
export function meansApproval(
  { model }: RequestContext,
  entity: string,
  action: string,
): action is ApprovalAct {
  if (!isApprovalAct(action) || approvalsOf(model, { name: entity }) === undefined) return false
  return !flowIndex(model).all.some(
    ({ name, trigger }) => name === action && trigger.record === entity && trigger.button !== undefined,
  )
}

type Write = (
  call: RecordRequest,
  identity: readonly unknown[] | undefined,
  work: (context: RequestContext, runner: Pick<ActOptions, 'runner'>) => Promise<RecordAnswer>,
) => Promise<RecordAnswer>

/** A word that says no more than itself needs no body. */
function hasBody({ headers }: RecordRequest['request']): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** A word about the approval of a record; of a submission with `dry_run` who would decide. */
export async function approvalAct(
  call: RecordRequest,
  act: ApprovalAct,
  write: Write,
): Promise<RecordAnswer> {
  const named = parseNamed(call.parameters, act === 'submit' ? ['dry_run'] : [])
  const isDryRun = parseFlag(named.dry_run, 'dry_run')
  const { entity, first: id } = call.match
  // Whether there is such a record comes before what is wrong with the words.
  await seenRecord(call.context, call.deps.db, entity, id)
  const body = parseAct(act, hasBody(call.request) ? await readJsonBody(call.request) : {})
  const expected = parseIfMatch(call.request.headers['if-match'])
  const deps = approvalDeps(call.deps)
  if (isDryRun) {
    const forecast = await write(call, undefined, async (context) => ({
      status: 200,
      body: JSON.stringify({ data: await forecastSubmit(deps, context, entity, id, body) }),
    }))
    return forecast
  }
  return await write(call, ['approval', act, entity, id, body], async (context, runner) =>
    runAnswer(await perform(deps, context, act, { entity, id, body }, { ...runner, expected })),
  )
}

export async function perform(
  deps: ApprovalDeps,
  context: RequestContext,
  act: ApprovalAct,
  { entity, id, body }: { readonly entity: string; readonly id: string; readonly body: ActBody },
  options: ActOptions,
): Promise<ApprovalRun> {
  return act === 'submit'
    ? await submitRecord(deps, context, entity, id, body, options)
    : await actOnApproval(deps, context, act, entity, id, body, options)
}

function runAnswer({ id, name, state }: ApprovalRun): RecordAnswer {
  return { status: 200, body: JSON.stringify({ data: { run: id, approval: name, state } }) }
}

/** The approvals of a record with their trails. */
export async function approvalTrail({
  context,
  deps,
  match,
  parameters,
}: RecordRequest): Promise<RecordAnswer> {
  parseNamed(parameters, [])
  return await approvalsOfRecord(context, deps.registry, match.entity, match.first, (place, runs) =>
    submittable(approvalDeps(deps), context, place, runs),
  )
}
