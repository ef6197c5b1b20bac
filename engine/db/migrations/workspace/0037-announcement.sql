-- What is new for users, as whoever published said it: see engine/process/news.ts.
ALTER TABLE {schema}.tenon_version ADD COLUMN announcement text;
CREATE INDEX tenon_version_announced ON {schema}.tenon_version (version) WHERE announcement IS NOT NULL;
