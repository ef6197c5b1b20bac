-- Records that were written while values of a field of theirs are carried over to a column of another type: they are
-- carried over once more before the publish. Kept by triggers that stand only as long as that lasts.
CREATE TABLE {schema}.tenon_converting (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  note text COLLATE "C" NOT NULL, -- the field, of one publish
  record uuid NOT NULL
);
CREATE INDEX tenon_converting_note ON {schema}.tenon_converting (note, number);
CREATE FUNCTION {schema}.tenon_note_converting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO {schema}.tenon_converting (note, record) VALUES (TG_ARGV[0], NEW."id");
  RETURN NULL;
END $$;
