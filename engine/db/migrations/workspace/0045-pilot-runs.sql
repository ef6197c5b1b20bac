-- Runs of flows that a pilot has otherwise than what is in force: no version holds their definition, so they keep it themselves.
ALTER TABLE {schema}.tenon_run
  ADD COLUMN pilot uuid, -- the pilot's id
  ADD COLUMN definition jsonb;
CREATE INDEX tenon_run_pilot ON {schema}.tenon_run (pilot) WHERE pilot IS NOT NULL;
