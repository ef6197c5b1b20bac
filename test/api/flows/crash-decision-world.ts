import type pg from 'pg'
import { ADMIN } from '../../support/engine.ts'
import type { ApiRecord } from '../../support/http.ts'
import type { Point } from './crash-world.ts'

const SCHEMA = 'ws_default'

/** A paper that one person decides on, and a flow behind it that counts how often it went on. */
export const DECISION_DEFINITIONS = [
  {
    ...{ kind: 'entity', name: 'paper', title: 'name', owned: true },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'count', type: 'integer' },
    ],
  },
  {
    ...{ kind: 'approval', name: 'sign', entity: 'paper', self: 'allow' },
    levels: [{ name: 'boss', by: { user: ADMIN.email } }],
  },
  {
    ...{ kind: 'flow', name: 'agreed', trigger: { approval: 'sign', on: ['approved', 'rejected'] } },
    steps: [
      { do: 'update', add: { count: 1 } },
      { do: 'notify', to: { user: ADMIN.email }, title: 'decided' },
    ],
  },
]

export const WORDS = ['approve', 'reject'] as const

/** Where a word is held: at each row that it writes, then as what follows from it begins and goes on. */
export const DECISION_POINTS: readonly Point[] = [
  { name: 'as the turn is taken', at: 'turn' },
  { name: 'as the trail is written', at: 'entry' },
  { name: 'as its outcome is written', at: 'outcome' },
  { name: 'as the flow behind it is made', at: 'begin' },
  { name: 'as the flow behind it goes on', at: '1 done' },
  { name: 'as the flow behind it ends', at: '2 done' },
]

/** What can be seen of an approval after a crash: nothing of the word, or all of it. */
export const WHOLE: { readonly [W in (typeof WORDS)[number]]: readonly string[] } = {
  approve: ['running: submit', 'approved: submit approve end'],
  reject: ['running: submit', 'rejected: submit reject'],
}

export function toldOf(run: ApiRecord): string {
  const trail = run.trail as readonly { readonly act: string }[]
  return `${run.state}: ${trail.map(({ act }) => act).join(' ')}`
}

/** How often what follows has been done, and whether all of it is over. */
export async function followedOf(client: pg.Client, paper: string): Promise<unknown> {
  const { rows } = await client.query<{ state: unknown }>(
    `SELECT json_build_object(
  'runs', (SELECT json_agg(r.state) FROM ${SCHEMA}.tenon_run r WHERE r.record = p.id),
  'count', p.count,
  'told', (SELECT count(*) FROM ${SCHEMA}.notification n WHERE n.record = p.id::text AND n.title = 'decided'),
  'noted', (SELECT count(*) FROM ${SCHEMA}.tenon_audit u WHERE u.record = p.id AND u.action = 'approval')) AS state
FROM ${SCHEMA}.paper p WHERE p.id = $1`,
    [paper],
  )
  return rows[0]?.state
}

export async function isFollowed(client: pg.Client, paper: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM ${SCHEMA}.tenon_run WHERE record = $1 AND ended_at IS NOT NULL`,
    [paper],
  )
  return (rowCount ?? 0) > 0
}
