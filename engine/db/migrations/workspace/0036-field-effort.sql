-- How long people are at the fields of forms, summed by day: no person, no record, no value is kept.
CREATE TABLE {schema}.tenon_field_effort (
  entity text COLLATE "C" NOT NULL, -- its id, so that a rename changes nothing
  day date NOT NULL, -- of the workspace
  field text COLLATE "C" NOT NULL, -- its id; empty: the form as a whole, which counts how many were stored
  times bigint NOT NULL,
  ms bigint NOT NULL,
  PRIMARY KEY (entity, day, field)
);
