-- A draft whose flows, validations and assignments judge real work beside those in force: see docs/decisions/0025-silent-run.md.
CREATE TABLE {schema}.tenon_silent_run (
  id uuid PRIMARY KEY,
  changeset_id uuid NOT NULL REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  items jsonb NOT NULL, -- as those of tenon_pilot
  begun_at timestamptz(3) NOT NULL DEFAULT now(),
  begun_by uuid,
  ended_at timestamptz(3),
  ended jsonb, -- as that of tenon_pilot
  taken integer NOT NULL DEFAULT 0, -- writes that were put into tenon_silent_event
  looked integer NOT NULL DEFAULT 0, -- of these, how many have been judged
  passed_over integer NOT NULL DEFAULT 0, -- writes that came too many at a time
  figures jsonb NOT NULL DEFAULT '{}', -- by the definition's id: {"same", "only_now", …}
  told boolean NOT NULL DEFAULT false, -- whether who began it has heard that a publish ended it
  CHECK ((ended_at IS NULL) = (ended IS NULL))
);
CREATE UNIQUE INDEX tenon_silent_run_running ON {schema}.tenon_silent_run (changeset_id) WHERE ended_at IS NULL;
CREATE INDEX tenon_silent_run_changeset ON {schema}.tenon_silent_run (changeset_id, begun_at);

-- Writes that wait to be judged; each goes in the transaction that counts it.
CREATE TABLE {schema}.tenon_silent_event (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run uuid NOT NULL REFERENCES {schema}.tenon_silent_run ON DELETE CASCADE,
  event jsonb NOT NULL
);
CREATE INDEX tenon_silent_event_run ON {schema}.tenon_silent_event (run);

-- Where the two sides differed: the newest of each definition.
CREATE TABLE {schema}.tenon_silent_example (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run uuid NOT NULL REFERENCES {schema}.tenon_silent_run ON DELETE CASCADE,
  definition uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  entity uuid NOT NULL,
  record uuid, -- null: one that was refused before it was there
  differs text NOT NULL,
  sides jsonb NOT NULL
);
CREATE INDEX tenon_silent_example_definition ON {schema}.tenon_silent_example (run, definition, number);

-- The same of pilots; of those that are over already nobody is told now.
ALTER TABLE {schema}.tenon_pilot ADD COLUMN told boolean NOT NULL DEFAULT false;
UPDATE {schema}.tenon_pilot SET told = true WHERE ended_at IS NOT NULL;
