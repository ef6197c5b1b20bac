import type { Executor } from '../../db/database.ts'
import type { ApprovalPlay } from '../../records/approval-play.ts'
import type { Automation } from '../../records/automation.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Registry } from '../../registry/registry.ts'
import { NO_WAKES } from '../flows/deps.ts'
import { type ApprovalAct, parseAct } from './acts.ts'
import { type ClockDeps, lookAtApprovals, nextDue } from './clock.ts'
import { actOnApproval } from './decide.ts'
import { runsOf } from './store.ts'
import { submitRecord } from './submit.ts'

/** What acts by itself, with the times of approvals in it: at once, by the clock of whoever asks. */
export function withApprovals(registry: Registry, flows: Automation): Automation {
  const depsOf = ({ db, model, now }: RequestContext): ClockDeps => ({
    ...{ db, registry, now, wakes: NO_WAKES },
    modelOf: async () => model,
  })
  return {
    begin: (context) => flows.begin(context),
    press: (...pressed) => flows.press(...pressed),
    receive: (...received) => flows.receive(...received),
    async settle(context, mark) {
      await lookAtApprovals(depsOf(context), context.model.workspace)
      await flows.settle(context, mark)
    },
    async nextDue(context) {
      const own = await nextDue(context.db, context.model.schema)
      const other = await flows.nextDue(context)
      if (own === undefined || other === undefined) return own ?? other
      return own < other ? own : other
    },
  }
}

/** Approvals as scenarios play them: the doors of everybody, without a queue. */
export function approvalPlay(registry: Registry): ApprovalPlay {
  const deps = { registry, wakes: NO_WAKES }
  return {
    async act(context, act, entity, id, body) {
      const parsed = parseAct(act as ApprovalAct, body)
      if (act === 'submit') await submitRecord(deps, context, entity, id, parsed)
      else await actOnApproval(deps, context, act as Exclude<ApprovalAct, 'submit'>, entity, id, parsed)
    },
    async stateOf({ db, model }, id) {
      const run = (await runsOf(db, model.schema, id)).at(-1)
      if (run === undefined) return undefined
      return {
        state: run.state,
        waiting: run.state === 'running' ? await waitingOf(db, model.schema, run.id) : [],
      }
    },
  }
}

async function waitingOf(db: Executor, schema: string, run: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ person: string }>({
    text: `SELECT person::text AS person FROM ${schema}.tenon_approval_turn WHERE run = $1 AND state = 'waiting' ORDER BY part`,
    values: [run],
  })
  return rows.map(({ person }) => person)
}
