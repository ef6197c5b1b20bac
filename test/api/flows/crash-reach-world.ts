import type pg from 'pg'
import { sendEvent } from '../../support/fake-esign.ts'
import type { Client } from '../../support/http.ts'
import type { Point } from './crash-world.ts'

const SCHEMA = 'ws_default'
export const HOOK_SECRET = 'hook'

/** A flow with the steps that reach beyond its record: people, files, another system, and whoever it waits for. */
export const reachDefinitions = (erp: string) => [
  {
    ...{ kind: 'entity', name: 'deal', title: 'name', owned: true, features: ['files'] },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'state', type: 'text' },
      { name: 'ready', type: 'boolean' },
      { name: 'reference', type: 'text' },
      { name: 'outcome', type: 'text' },
      { name: 'pdf', type: 'file' },
      { name: 'count', type: 'integer' },
    ],
  },
  {
    ...{ kind: 'role', name: 'seller', default: { read: 'none' } },
    entities: { deal: { read: 'own', update: 'own' } },
  },
  {
    ...{ kind: 'assignment', name: 'deals', entity: 'deal', on: ['created'] },
    rules: [
      {
        ...{ name: 'sellers', when: { '==': [{ var: 'state' }, 'go'] } },
        ...{ to: { role: 'seller' }, by: 'round_robin' },
      },
    ],
  },
  {
    ...{ kind: 'document', name: 'sheet', entity: 'deal', title: 'Sheet {{name}}' },
    body: '# Sheet\n\n{{name}}',
  },
  { kind: 'connection', name: 'erp', connector: 'http', settings: { url: erp } },
  {
    ...{ kind: 'flow', name: 'reach' },
    trigger: {
      ...{ record: 'deal', on: ['changed'], fields: ['state'] },
      when: { '==': [{ var: 'state' }, 'go'] },
    },
    steps: [
      { do: 'assign' },
      { name: 'made', do: 'document', document: 'sheet', language: 'en' },
      {
        ...{ name: 'sent', do: 'call', connection: 'erp', operation: 'request' },
        with: { path: '/deals', body: { var: 'name' } },
      },
      { do: 'wait', when: { '==': [{ var: 'ready' }, true] } },
      {
        ...{ name: 'signed', do: 'wait', event: 'erp.finished' },
        match: { reference: { var: 'steps.sent.reference' } },
      },
      {
        do: 'update',
        set: {
          reference: { var: 'steps.sent.reference' },
          outcome: { var: 'steps.signed.outcome' },
          pdf: { var: 'steps.made.file' },
        },
        add: { count: 1 },
      },
    ],
  },
]

/** What a person or another system does for the runs that wait for them, while the run is held. */
export type Meanwhile = 'ready'

export const REACH_POINTS: readonly (Point & { readonly meanwhile?: Meanwhile })[] = [
  { name: 'assign', at: '1 done' },
  { name: 'document', at: '2 done' },
  { name: 'call, as it is stored', at: '3 waiting' },
  { name: 'call, as its answer is kept', at: 'called' },
  { name: 'call, as it ends', at: '3 done' },
  { name: 'wait for a record, as it begins', at: '4 waiting' },
  { name: 'wait for a record that comes meanwhile', at: '4 waiting', meanwhile: 'ready' },
  { name: 'wait for a record, as it ends', at: '4 done' },
  { name: 'wait for an event, as it begins', at: '5 waiting' },
  { name: 'an event, as it is kept', at: 'told' },
  { name: 'wait for an event, as it ends', at: '5 done' },
  { name: 'the last step', at: '6 done' },
]

/** What is left of a run that was taken once. */
export const REACHED = {
  ...{ state: 'done', steps: 6, decisions: 1, files: ['Sheet.pdf'], calls: ['done'], events: 1 },
  ...{ reference: true, outcome: 'signed', pdf: true, count: 1 },
}

/** Everything that a step lost or taken twice would show in. */
export async function reachedOf(client: pg.Client, deal: string): Promise<unknown> {
  const { rows } = await client.query<{ state: unknown }>(
    `SELECT json_build_object(
  'state', (SELECT string_agg(r.state, ' ') FROM ${SCHEMA}.tenon_run r WHERE r.record = d.id),
  'steps', (SELECT max(r.steps) FROM ${SCHEMA}.tenon_run r WHERE r.record = d.id),
  'decisions', (SELECT count(*) FROM ${SCHEMA}.tenon_assignment a WHERE a.record = d.id AND a.cause = 'flow'),
  'files', (SELECT json_agg(regexp_replace(f.name, ' .*[.]', '.')) FROM ${SCHEMA}.file f WHERE f.about = d.id),
  'calls', (SELECT json_agg(o.state) FROM ${SCHEMA}.tenon_outgoing o JOIN ${SCHEMA}.tenon_run r ON r.id = o.run WHERE r.record = d.id),
  'events', (SELECT count(*) FROM ${SCHEMA}.tenon_hook_event e WHERE e.data->>'reference' = d.reference),
  'reference', d.reference IS NOT NULL, 'outcome', d.outcome, 'count', d.count,
  'pdf', d.pdf IN (SELECT f.id FROM ${SCHEMA}.file f WHERE f.about = d.id)) AS state
FROM ${SCHEMA}.deal d WHERE d.id = $1`,
    [deal],
  )
  return rows[0]?.state
}

export async function isReached(client: pg.Client, deal: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM ${SCHEMA}.tenon_run WHERE record = $1 AND ended_at IS NOT NULL`,
    [deal],
  )
  return rowCount === 1
}

/** The owner that the rules gave. */
export async function ownerOf(client: pg.Client, deal: string): Promise<string | undefined> {
  const { rows } = await client.query<{ owner: string }>(
    `SELECT owner::text AS owner FROM ${SCHEMA}.deal WHERE id = $1`,
    [deal],
  )
  return rows[0]?.owner
}

/** A run that waits for somebody. */
export interface Waiting {
  readonly record: string
  /** Of its call, once that has been answered. */
  readonly reference: string | null
  readonly at: string
}

export async function waitingOf(client: pg.Client): Promise<readonly Waiting[]> {
  const { rows } = await client.query<Waiting>(
    `SELECT r.record::text AS record, o.output->>'reference' AS reference, s.path AS at FROM ${SCHEMA}.tenon_run r
JOIN ${SCHEMA}.tenon_run_step s ON s.run = r.id AND s.state = 'waiting'
LEFT JOIN ${SCHEMA}.tenon_outgoing o ON o.run = r.id WHERE r.name = 'reach' AND r.state = 'sleeping'`,
  )
  return rows.filter(({ at, reference }) => at === '/steps/3' || (at === '/steps/4' && reference !== null))
}

/**
 * Whoever a run waits for does their part: a person makes the record ready, the other system tells that it has finished.
 * Where nobody is there to hear it, it is said again.
 */
export async function answer({ record, reference, at }: Waiting, admin: Client, url: string): Promise<void> {
  if (at === '/steps/3') return await makeReady(admin, record)
  const event = {
    ...{ id: `finished-${reference}`, event: 'finished' },
    data: { reference, outcome: 'signed' },
  }
  await unlessGone(sendEvent(`${url}/api/hooks/erp`, JSON.stringify(event), HOOK_SECRET))
}

export async function makeReady(admin: Client, deal: string): Promise<void> {
  await unlessGone(admin.patch(`/api/records/deal/${deal}`, { ready: true }))
}

/** A call that may meet nobody: the engine is what the tests kill. Any other fault is one. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof TypeError && error.message === 'fetch failed') return undefined
    throw error
  }
}

/** A call of a sender that is gone is made again after half a minute: as if that had passed. */
export async function passLostCalls(client: pg.Client): Promise<void> {
  await client.query(`UPDATE ${SCHEMA}.tenon_outgoing SET due_at = now() WHERE state = 'sending'`)
  await client.query(`SELECT graphile_worker.add_job('outgoing', '{"workspace":"default"}'::json)`)
}
