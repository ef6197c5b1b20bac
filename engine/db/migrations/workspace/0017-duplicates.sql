-- By what records are compared that duplicate rules name: a row a record, with the 64-bit digests of its keys (engine/model/
-- duplicate-rules.ts). Written with the record. A record in the recycle bin keeps its row.
CREATE TABLE {schema}.tenon_duplicate_key (
  record uuid PRIMARY KEY,
  entity uuid NOT NULL, -- the entity's id
  keys bigint[] NOT NULL
) WITH (fillfactor = 90);
-- A check must see what is in the index at once: a list of pending entries would be read through each time.
CREATE INDEX tenon_duplicate_key_keys ON {schema}.tenon_duplicate_key USING gin (keys) WITH (fastupdate = off);
