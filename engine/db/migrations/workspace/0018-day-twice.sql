-- A day's work is done twice: a write that began before midnight may come to an end after the first time has passed it.
ALTER TABLE {schema}.tenon_day ADD COLUMN is_second boolean NOT NULL DEFAULT false;
-- The first time is done, the second waits until all transactions before this one have ended.
ALTER TABLE {schema}.tenon_day ADD COLUMN waits_for xid8;
