import { instantSql } from '../../db/values.ts'
import type { RequestContext } from '../../records/context.ts'
import { type PersonNames, told } from '../../records/people.ts'
import { NUMBERED_KEY, type TimelineSource } from '../../records/timeline-source.ts'
import { approvalLabel, ENTRY_COLUMNS, levelLabel, type TrailEntry } from './trail.ts'

type Row = TrailEntry & { readonly when: string; readonly approval: string; readonly name: string }

const PLACE = '$3::timestamptz, $4::uuid, $5::integer'

/** What was done to the approvals of a record, for its timeline: whoever reads the record reads their trails. */
export function approvalSource(context: RequestContext, record: string): TimelineSource {
  const { schema } = context.model
  return {
    ...{ type: 'approval', name: 'approval', key: NUMBERED_KEY },
    async read(limit, from) {
      const [at, run, number] = from?.split(' ') ?? []
      const place = from === undefined ? '' : `AND (e.at, e.run, e.number) <= (${PLACE}) `
      const { rows } = await context.db.query<Row>({
        text:
          `SELECT ${ENTRY_COLUMNS}, ${instantSql('e.at')} AS "when", a.approval::text AS approval, a.name ` +
          `FROM ${schema}.tenon_approval a JOIN ${schema}.tenon_approval_entry e ON e.run = a.id ` +
          `WHERE a.record = $1::uuid ${place}ORDER BY e.at DESC, e.run DESC, e.number DESC LIMIT $2::bigint`,
        values: [record, limit, ...(from === undefined ? [] : [at, run, number])],
      })
      return rows.map((row) => ({
        ...{ at: row.when, key: `${row.when} ${row.run} ${row.number}` },
        people: [row.actor, row.instead_of, row.person].flatMap((one) => one ?? []),
        tell: (names) => presentEntry(context, row, names),
      }))
    },
  }
}

function presentEntry(context: RequestContext, row: Row, names: PersonNames): object {
  const { approval, name, level, level_name: levelName } = row
  const today = [...context.model.translated.approval.values()].find(({ id }) => id === approval)
  return {
    ...{ actor: told(row.actor, names), via: 'approval', run: row.run, number: row.number, act: row.act },
    approval: { name: today?.name ?? name, label: approvalLabel(context, approval, name) },
    level:
      level === null || levelName === null
        ? null
        : {
            name: levelName,
            label: levelLabel(context, approval, { id: level, name: levelName, label: levelName }),
          },
    ...{ instead_of: told(row.instead_of, names), person: told(row.person, names) },
    ...{ comment: row.comment, outcome: row.outcome },
  }
}
