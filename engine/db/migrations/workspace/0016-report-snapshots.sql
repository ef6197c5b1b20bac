-- What reports with a trend said, hour by hour.
CREATE TABLE {schema}.tenon_report_snapshot (
  report uuid NOT NULL, -- the report's id
  at timestamptz(3) NOT NULL, -- the hour
  figures jsonb NOT NULL, -- of the total, by name
  PRIMARY KEY (report, at)
);
