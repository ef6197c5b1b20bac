-- What records were made into: one row for each record that a conversion made or found.
CREATE TABLE {schema}.tenon_conversion (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor uuid,
  from_entity uuid NOT NULL, -- the entity's id: it survives a rename
  from_record uuid NOT NULL,
  to_entity uuid NOT NULL,
  to_record uuid NOT NULL,
  is_new boolean NOT NULL -- false: it was there before
);
CREATE INDEX tenon_conversion_from ON {schema}.tenon_conversion (from_record);
CREATE INDEX tenon_conversion_to ON {schema}.tenon_conversion (to_record);
