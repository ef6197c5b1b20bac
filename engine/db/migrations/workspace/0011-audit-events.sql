-- A write's audit row is its event as well: the dispatcher reads the rows whose transaction is below every one that still
-- runs. What was worked out without a write of its own goes on telling it in tenon_event.
ALTER TABLE {schema}.tenon_audit ADD COLUMN xid xid8;
ALTER TABLE {schema}.tenon_audit ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
