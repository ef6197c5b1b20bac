-- The runs of one record, the newest first: what its timeline asks for.
CREATE INDEX tenon_run_of_record ON {schema}.tenon_run (record, created_at DESC, id DESC) WHERE record IS NOT NULL;
