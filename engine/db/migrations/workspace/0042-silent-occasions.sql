-- Flows that a time, a schedule, a button or an event of a connection sets off are compared as well: see docs/decisions/0025-silent-run.md.

-- How far a run has looked at the times of a flow, of both sides at once.
CREATE TABLE {schema}.tenon_silent_clock (
  run uuid NOT NULL REFERENCES {schema}.tenon_silent_run ON DELETE CASCADE,
  flow uuid NOT NULL, -- the definition's id
  looked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (run, flow)
);

-- A schedule and an event are about no record.
ALTER TABLE {schema}.tenon_silent_example ALTER COLUMN entity DROP NOT NULL;
