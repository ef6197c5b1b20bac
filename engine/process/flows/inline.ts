import type { Executor } from '../../db/database.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import { AUDIT_COLUMNS, auditEvent } from '../../events/read-events.ts'
import { newId } from '../../model/uuid.ts'
import { observeNothing } from '../../observe.ts'
import type { Automation, EventMark } from '../../records/automation.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Registry } from '../../registry/registry.ts'
import { pressButton } from './button.ts'
import { lookAtClock } from './clock.ts'
import { takeEvents } from './consumer.ts'
import { type FlowDeps, NO_WAKES } from './deps.ts'
import { drainRuns } from './drain.ts'
import { takeHookEvent } from './outside.ts'

/** What follows from what follows, at most: loops are cut long before. */
const MOST_ROUNDS = 100
/** What a file of a story holds. */
const NOTHING = new Uint8Array()

/** Flows at once, in the transaction and by the clock of whoever asks: the same code as in the background. */
export function flowAutomation(registry: Registry): Automation {
  const depsOf = ({ db, model, now }: RequestContext): FlowDeps => ({
    ...{ db, registry, now, observe: observeNothing, wakes: NO_WAKES, lanes: 1, isPlayed: true },
    modelOf: async () => model,
  })
  return {
    async begin(context) {
      const mark = await lastOf(context.db, context.model.schema)
      await lookAtClock(depsOf(context), context.model)
      return { ...mark, clock: context.now() }
    },
    async press(context, entity, id, flow) {
      await pressButton(context, registry, entity, id, flow, { wakes: NO_WAKES })
    },
    async receive(context, { event, data, files }) {
      const [name = ''] = event.split('.')
      const connection = context.model.definitions.connection.get(name)?.id ?? newId()
      const told = new Map(
        Object.entries(files).map(([key, file]) => [
          key,
          { name: file, ...{ mediaType: '', content: NOTHING } },
        ]),
      )
      await context.db.transaction((tx) =>
        takeHookEvent(depsOf(context), context.model, tx, {
          ...{ connection, id: newId(), event, data, files: told },
        }),
      )
    },
    async settle(context, mark) {
      const deps = depsOf(context)
      const hasMoved = context.now() > mark.clock
      mark.clock = context.now()
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const events = await readAfter(context.db, context.model.schema, mark)
        // The clock may have moved on before the first round; the later ones follow from what the former has done.
        if (events.length === 0 && round > 0) return
        if (events.length > 0)
          await context.db.transaction((tx) => takeEvents(deps, context.model, tx, events))
        await lookAtClock(deps, context.model, hasMoved ? undefined : touchedBy(events))
        await drainRuns(deps, context.model.workspace, () => false)
      }
    },
    async nextDue(context) {
      const { rows } = await context.db.query<{ due: string | null }>({
        text:
          `SELECT to_json(min(due_at))#>>'{}' AS due FROM ${context.model.schema}.tenon_run ` +
          "WHERE state IN ('waiting', 'sleeping')",
      })
      const run = rows[0]?.due == null ? undefined : new Date(rows[0].due)
      const time = await lookAtClock(depsOf(context), context.model)
      if (run === undefined || time === undefined) return run ?? time
      return run < time ? run : time
    },
  }
}

function touchedBy(events: readonly WorkspaceEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ entity }) => entity ?? []))
}

async function lastOf(db: Executor, schema: string): Promise<Omit<EventMark, 'clock'>> {
  const { rows } = await db.query<Omit<EventMark, 'clock'>>({
    text:
      `SELECT (SELECT coalesce(max(id), 0)::text FROM ${schema}.tenon_audit) AS audit, ` +
      `(SELECT coalesce(max(id), 0)::text FROM ${schema}.tenon_event) AS event`,
  })
  return { ...rows[0]! }
}

/** Nobody else writes here: the numbers alone say what is new. */
async function readAfter(db: Executor, schema: string, mark: EventMark): Promise<readonly WorkspaceEvent[]> {
  const { rows } = await db.query<Parameters<typeof auditEvent>[0]>({
    text: `SELECT ${AUDIT_COLUMNS} FROM ${schema}.tenon_audit a WHERE a.id > $1::bigint ORDER BY a.id`,
    values: [mark.audit],
  })
  const worked = await db.query<
    Pick<WorkspaceEvent, 'id' | 'at' | 'action' | 'entity' | 'record' | 'version' | 'actor' | 'fields'>
  >({
    text:
      `SELECT e.id::text AS id, to_json(e.at)#>>'{}' AS at, e.action, e.entity::text AS entity, e.record::text AS record, ` +
      `e.version, e.actor::text AS actor, e.fields FROM ${schema}.tenon_event e WHERE e.id > $1::bigint ORDER BY e.id`,
    values: [mark.event],
  })
  mark.audit = rows.at(-1)?.id ?? mark.audit
  mark.event = worked.rows.at(-1)?.id ?? mark.event
  const further = worked.rows.map(
    (row): WorkspaceEvent => ({
      ...row,
      ...{ source: 'worked_out', via: 'system', request: null, subject: null, changes: {} },
    }),
  )
  return [...rows.map(auditEvent), ...further]
}
