-- How far each consumer of events has come in this workspace. What was visible in `since` is taken. While `until` stands,
-- what is visible in it and was not in `since` is being taken, by number: up to these, all is.
CREATE TABLE {schema}.tenon_cursor (
  consumer text COLLATE "C" PRIMARY KEY,
  since pg_snapshot NOT NULL,
  until pg_snapshot,
  audit_id bigint NOT NULL DEFAULT 0,
  event_id bigint NOT NULL DEFAULT 0,
  -- Every row up to these numbers is taken, so that reading begins behind them.
  audit_floor bigint NOT NULL DEFAULT 0,
  event_floor bigint NOT NULL DEFAULT 0,
  -- Every row up to the first two belongs to a transaction below the third: they are the floor once those have ended.
  mark_audit bigint,
  mark_event bigint,
  mark_xid xid8
) WITH (fillfactor = 50);

-- One execution of a flow.
CREATE TABLE {schema}.tenon_run (
  id uuid PRIMARY KEY,
  flow uuid NOT NULL, -- the flow's id: its runs survive a rename
  name text COLLATE "C" NOT NULL, -- as it was called
  version integer NOT NULL, -- the version of the model on which it began and ends
  entity uuid, -- of what it is about
  record uuid,
  state text NOT NULL CHECK (state IN ('waiting', 'sleeping', 'done', 'failed', 'cancelled', 'cut')),
  due_at timestamptz(3) NOT NULL, -- not before then
  cause jsonb NOT NULL, -- what set it off
  actor uuid, -- who did
  chain jsonb NOT NULL DEFAULT '[]', -- the runs that led to it, the first first: [{"flow", "record"}]
  slot text COLLATE "C", -- what it is the one run of
  once boolean NOT NULL DEFAULT false, -- whether there is never another in its slot
  position jsonb NOT NULL DEFAULT '[{"block":"/steps","index":0}]',
  outputs jsonb NOT NULL DEFAULT '{}', -- by step
  tries integer NOT NULL DEFAULT 0, -- of the step at hand
  fault jsonb, -- why it failed, was cut, or is tried again
  steps integer NOT NULL DEFAULT 0, -- journalled so far
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3)
) WITH (fillfactor = 70);
CREATE INDEX tenon_run_due ON {schema}.tenon_run (due_at) WHERE state IN ('waiting', 'sleeping');
CREATE INDEX tenon_run_flow ON {schema}.tenon_run (flow, created_at DESC);
CREATE INDEX tenon_run_record ON {schema}.tenon_run (record) WHERE state = 'sleeping';
CREATE INDEX tenon_run_dead ON {schema}.tenon_run (updated_at DESC) WHERE state IN ('failed', 'cut');
CREATE UNIQUE INDEX tenon_run_open_slot ON {schema}.tenon_run (flow, slot) WHERE ended_at IS NULL AND NOT once;
CREATE UNIQUE INDEX tenon_run_once ON {schema}.tenon_run (flow, slot) WHERE once;

-- The journal: one row a step that a run took, written by the transaction that holds its effect.
CREATE TABLE {schema}.tenon_run_step (
  run uuid NOT NULL REFERENCES {schema}.tenon_run ON DELETE CASCADE,
  number integer NOT NULL, -- 1, 2, 3 …
  path text NOT NULL, -- where the step stands in the flow: /steps/0/then/1
  name text,
  action text NOT NULL,
  item text, -- the record at hand within a list
  state text NOT NULL CHECK (state IN ('done', 'skipped', 'failed', 'waiting', 'late')),
  input jsonb,
  output jsonb,
  fault jsonb,
  tries integer NOT NULL DEFAULT 1,
  begun_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  PRIMARY KEY (run, number)
);

-- What the clock of a flow knows: since when it acts, how far its times are looked at, when its schedule is due.
CREATE TABLE {schema}.tenon_flow_clock (
  flow uuid PRIMARY KEY,
  trigger text NOT NULL, -- of its trigger, as text: another one begins anew
  since timestamptz(3) NOT NULL,
  looked_at timestamptz(3) NOT NULL,
  due_at timestamptz(3)
);
