-- The last number of each gapless series. A row is taken when a record has been written, and is held until its transaction
-- ends: a number that is not stored is not used up.
CREATE TABLE {schema}.tenon_counter (
  name text COLLATE "C" PRIMARY KEY,
  value bigint NOT NULL
) WITH (fillfactor = 50);
