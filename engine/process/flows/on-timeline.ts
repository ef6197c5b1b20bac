import type { RequestContext } from '../../records/context.ts'
import { told } from '../../records/people.ts'
import { INSTANT_KEY, type TimelineSource } from '../../records/timeline-source.ts'
import { presentRun, RUN_COLUMNS, type RunRow } from './manage.ts'

/**
 * The runs of flows on a record, for its timeline; undefined for those who may not look at runs: that one ran tells of
 * what set it off, which may be hidden from them. What a flow wrote is among the changes of the record.
 */
export function flowSource(context: RequestContext, record: string): TimelineSource | undefined {
  const { model, access, db } = context
  if (!access.may('flows')) return undefined
  return {
    ...{ type: 'flow', name: 'flow', key: INSTANT_KEY },
    async read(limit, from) {
      const [at, id] = from?.split(' ') ?? []
      const place = from === undefined ? '' : 'AND (r.created_at, r.id) <= ($3::timestamptz, $4::uuid) '
      const { rows } = await db.query<RunRow>({
        text:
          `SELECT ${RUN_COLUMNS} FROM ${model.schema}.tenon_run r WHERE r.record = $1::uuid ${place}` +
          'ORDER BY r.created_at DESC, r.id DESC LIMIT $2::bigint',
        values: [record, limit, ...(from === undefined ? [] : [at, id])],
      })
      return rows.map((row) => {
        const { flow, label, state, fault, ended_at } = presentRun(model, row, context)
        return {
          ...{ at: row.created_at, key: `${row.created_at} ${row.id}` },
          people: row.actor === null ? [] : [row.actor],
          tell: (names) => ({
            ...{ actor: told(row.actor, names), via: 'flow', flow: { name: flow, label }, run: row.id },
            ...{ state, ended_at, fault },
          }),
        }
      })
    },
  }
}
