import pg from 'pg'
import { runningUrl } from '../../../engine/db/embedded/embedded.ts'

const LOCK = 4711
const SCHEMA = 'ws_default'
/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'
/** Flows that are held; whatever else runs goes on. */
const HELD = `('walk', 'reach', 'agreed')`

/** A flow with every kind of step, each with an effect that can be counted. */
export const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'state', type: 'text' },
      { name: 'note', type: 'text' },
      { name: 'touches', type: 'integer' },
      { name: 'tags', type: 'tags' },
    ],
  },
  {
    kind: 'entity',
    name: 'part',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'seen', type: 'integer' },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'parts', onDelete: 'cascade' },
    ],
  },
  {
    kind: 'flow',
    name: 'other',
    trigger: { record: 'account', button: {} },
    steps: [{ do: 'notify', to: { user: 'admin@example.com' }, title: 'other' }],
  },
  {
    kind: 'flow',
    name: 'walk',
    trigger: {
      record: 'account',
      on: ['changed'],
      fields: ['state'],
      when: { '==': [{ var: 'state' }, 'go'] },
    },
    steps: [
      { do: 'create', entity: 'part', set: { name: 'made' } },
      { do: 'update', set: { note: { var: 'name' } } },
      { do: 'update', add: { touches: 1 } },
      { do: 'tag', add: ['walked'] },
      {
        name: 'found',
        do: 'find',
        entity: 'part',
        filter: { '==': [{ var: 'account' }, { var: 'record.id' }] },
      },
      { do: 'notify', to: { user: 'admin@example.com' }, title: 'told' },
      {
        do: 'branch',
        when: { '==': [{ var: 'steps.found.count' }, 2] },
        [THEN]: [{ do: 'update', add: { touches: 10 } }],
        else: [{ do: 'notify', to: { user: 'admin@example.com' }, title: 'never' }],
      },
      { do: 'for_each', in: 'parts', steps: [{ do: 'update', record: 'item', add: { seen: 1 } }] },
      { do: 'wait', until: { after: 'PT1S' } },
      { do: 'run', flow: 'other' },
      { do: 'branch', when: { '==': [{ var: 'touches' }, 11] }, [THEN]: [{ do: 'stop' }] },
      { do: 'notify', to: { user: 'admin@example.com' }, title: 'never' },
    ],
  },
]

/** Where a run is held: at the row that tells of it, before the transaction that holds the step's effect commits. */
export interface Point {
  readonly name: string
  readonly at: string
}

export const POINTS: readonly Point[] = [
  { name: 'as runs are made', at: 'begin' },
  { name: 'create', at: '1 done' },
  { name: 'update that sets', at: '2 done' },
  { name: 'update that adds', at: '3 done' },
  { name: 'tag', at: '4 done' },
  { name: 'find', at: '5 done' },
  { name: 'notify', at: '6 done' },
  { name: 'branch', at: '7 done' },
  { name: 'a step within a branch', at: '8 done' },
  { name: 'for_each', at: '9 done' },
  { name: 'the first of a list', at: '10 done' },
  { name: 'the second of a list', at: '11 done' },
  { name: 'wait, as it begins', at: '12 waiting' },
  { name: 'wait, as it ends', at: '12 done' },
  { name: 'run', at: '13 done' },
  { name: 'stop', at: '15 done' },
]

/** What is left of a walk that was taken once. */
export const ONCE = {
  ...{ state: 'done', steps: 15, made: 1, note: true, touches: 11, tags: ['walked'], seen: [1, 1] },
  told: ['other', 'told'],
}

export async function connect(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: runningUrl(dataDir) })
  client.on('error', () => undefined) // it is killed with the database, and told by the query that fails
  await client.connect()
  return client
}

/** Whether runs share transactions, or were thrown back to one of each step. */
export type Manner = 'together' | 'alone'

/** Rows besides those of runs at which a transaction can be held, and what the point is called. */
const HELD_ROWS = [
  { table: 'tenon_outgoing', when: 'UPDATE', only: "NEW.state = 'done'", at: 'called' },
  { table: 'tenon_hook_event', when: 'INSERT', only: 'true', at: 'told' },
  { table: 'tenon_approval_turn', when: 'UPDATE', only: 'true', at: 'turn' },
  { table: 'tenon_approval_entry', when: 'INSERT', only: "NEW.act <> 'submit'", at: 'entry' },
  { table: 'tenon_approval', when: 'UPDATE', only: 'true', at: 'outcome' },
] as const

/**
 * Makes runs stop at a point and wait there for a lock that a test holds. Where they are to go alone, what they
 * write together is refused as by somebody who holds it.
 */
export async function installBarrier(client: pg.Client): Promise<void> {
  await client.query(`
CREATE TABLE public.barrier (at text NOT NULL, manner text NOT NULL);
CREATE FUNCTION public.hold(manner text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  IF manner = 'alone' AND current_setting('lock_timeout') <> '0'
  THEN RAISE EXCEPTION 'somebody holds it' USING ERRCODE = 'lock_not_available'; END IF;
  PERFORM set_config('lock_timeout', '0', true);
  PERFORM pg_advisory_xact_lock(${LOCK});
END $$;
CREATE FUNCTION public.hold_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM public.hold(b.manner) FROM public.barrier b JOIN ${SCHEMA}.tenon_run r ON r.id = NEW.run AND r.name IN ${HELD}
  WHERE b.at = NEW.number || ' ' || NEW.state OR (b.manner = 'alone' AND current_setting('lock_timeout') <> '0');
  RETURN NEW;
END $$;
CREATE FUNCTION public.hold_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM public.hold('together') FROM public.barrier WHERE NEW.name IN ${HELD} AND at = 'begin';
  RETURN NEW;
END $$;
CREATE TRIGGER hold_step BEFORE INSERT ON ${SCHEMA}.tenon_run_step FOR EACH ROW EXECUTE FUNCTION public.hold_step();
CREATE TRIGGER hold_run BEFORE INSERT ON ${SCHEMA}.tenon_run FOR EACH ROW EXECUTE FUNCTION public.hold_run();
CREATE FUNCTION public.hold_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM public.hold('together') FROM public.barrier WHERE at = TG_ARGV[0];
  RETURN NEW;
END $$`)
  for (const { table, when, only, at } of HELD_ROWS)
    await client.query(
      `CREATE TRIGGER hold_${at} BEFORE ${when} ON ${SCHEMA}.${table} FOR EACH ROW WHEN (${only}) EXECUTE FUNCTION public.hold_row('${at}')`,
    )
}

/** From here on runs stop at this point, until the connection ends. */
export async function raiseBarrier(client: pg.Client, at: string, manner: Manner): Promise<void> {
  await client.query('DELETE FROM public.barrier')
  await client.query('INSERT INTO public.barrier VALUES ($1, $2)', [at, manner])
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
}

export async function isHeld(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted",
    [LOCK],
  )
  return (rowCount ?? 0) > 0
}

/** Everything that a step lost or taken twice would show in. */
export async function stateOf(client: pg.Client, account: string): Promise<unknown> {
  const { rows } = await client.query<{ state: unknown }>(
    `SELECT json_build_object(
  'state', (SELECT string_agg(r.state, ' ') FROM ${SCHEMA}.tenon_run r WHERE r.record = a.id AND r.name = 'walk'),
  'steps', (SELECT max(r.steps) FROM ${SCHEMA}.tenon_run r WHERE r.record = a.id AND r.name = 'walk'),
  'made', (SELECT count(*) FROM ${SCHEMA}.part p JOIN ${SCHEMA}.tenon_audit u ON u.record = p.id AND u.action = 'create'
    WHERE p.name = 'made' AND u.request IN (SELECT r.id FROM ${SCHEMA}.tenon_run r WHERE r.record = a.id)),
  'note', a.note = a.name, 'touches', a.touches, 'tags', a.tags,
  'seen', (SELECT json_agg(p.seen) FROM ${SCHEMA}.part p WHERE p.account = a.id),
  'told', (SELECT json_agg(n.title ORDER BY n.title) FROM ${SCHEMA}.notification n WHERE n.record = a.id::text)) AS state
FROM ${SCHEMA}.account a WHERE a.id = $1`,
    [account],
  )
  return rows[0]?.state
}

export async function isOver(client: pg.Client, account: string): Promise<boolean> {
  const { rows } = await client.query<{ open: string; all: string }>(
    `SELECT count(*) FILTER (WHERE ended_at IS NULL)::text AS open, count(*)::text AS all FROM ${SCHEMA}.tenon_run WHERE record = $1`,
    [account],
  )
  return rows[0]?.open === '0' && rows[0].all === '2'
}
