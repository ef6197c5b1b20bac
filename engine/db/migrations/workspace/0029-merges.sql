-- Into which record another one was merged: the one that went to the recycle bin, and the one that stayed. It outlives the
-- audit's retention, so that a timeline can go on telling what happened to those that were merged into its record.
CREATE TABLE {schema}.tenon_merge (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor uuid,
  entity uuid NOT NULL, -- the entity's id: it survives a rename
  record uuid NOT NULL, -- which went
  into_record uuid NOT NULL -- which stayed
);
CREATE INDEX tenon_merge_record ON {schema}.tenon_merge (record);
CREATE INDEX tenon_merge_into ON {schema}.tenon_merge (into_record);
