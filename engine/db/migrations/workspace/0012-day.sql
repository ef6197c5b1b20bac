-- How far the work of a day has come: values that change by time alone, entity by entity.
CREATE TABLE {schema}.tenon_day (
  entity uuid PRIMARY KEY,
  day date NOT NULL, -- in the workspace's time zone
  after uuid -- the last record that is done; null: all are
);
