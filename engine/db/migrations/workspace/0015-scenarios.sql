-- Why a version was published although scenarios failed: {"reason", "failed": [names]}.
ALTER TABLE {schema}.tenon_version ADD COLUMN override jsonb;

-- What the scenarios of the version in force said last: one row.
CREATE TABLE {schema}.tenon_scenario_run (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  version integer NOT NULL,
  ran_at timestamptz(3) NOT NULL DEFAULT now(),
  results jsonb NOT NULL -- [{"name", "label", "requirement", "priority", "passed", "story"}]
);
