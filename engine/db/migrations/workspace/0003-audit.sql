-- The audit by months, each row with a salted hash of its payload (`changes` and `address`), chained by the sealer.
-- What identifies a row is never erased; its payload may be, with the salt: the hash stays and tells nothing.
ALTER TABLE {schema}.tenon_audit RENAME TO tenon_audit_old;
ALTER INDEX {schema}.tenon_audit_record RENAME TO tenon_audit_old_record;
CREATE SEQUENCE {schema}.tenon_audit_id;

CREATE TABLE {schema}.tenon_audit (
  -- Of the sequence, taken after the transaction has its number: what the sealer's mark stands on.
  id bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  actor uuid,
  via text NOT NULL,
  action text NOT NULL,
  entity uuid, -- the entity's id: history survives a rename; null: not about a record
  record uuid,
  version integer,
  subject text COLLATE "C", -- what it is about where that is no record: role/sales, a token's label
  request uuid, -- one request, all its rows
  changes jsonb, -- null: erased
  address text, -- where the request came from
  salt bytea, -- null: erased
  hash bytea NOT NULL -- SHA-256 of salt, changes as text, address
) PARTITION BY RANGE (at);
CREATE INDEX tenon_audit_record ON {schema}.tenon_audit (record, id);
CREATE INDEX tenon_audit_id_order ON {schema}.tenon_audit (id);

-- Months are made ahead; a row that none of them takes is kept here all the same.
CREATE TABLE {schema}.tenon_audit_rest PARTITION OF {schema}.tenon_audit DEFAULT;

DO $months$
DECLARE
  month timestamp; -- months are those of UTC
BEGIN
  FOR month IN
    SELECT generate_series(
      date_trunc('month', least(now(), (SELECT min(at) FROM {schema}.tenon_audit_old)) AT TIME ZONE 'UTC'),
      date_trunc('month', now() AT TIME ZONE 'UTC') + interval '2 months',
      interval '1 month')
  LOOP
    EXECUTE format(
      'CREATE TABLE {schema}.tenon_audit_%s PARTITION OF {schema}.tenon_audit FOR VALUES FROM (%L) TO (%L)',
      to_char(month, 'YYYY_MM'), month || '+00', month + interval '1 month' || '+00');
  END LOOP;
END
$months$;

INSERT INTO {schema}.tenon_audit (id, at, actor, via, action, entity, record, version, changes, salt, hash)
SELECT o.id, o.at, o.actor, o.via, o.action, o.entity, o.record, o.version, o.changes, o.salt,
  sha256(o.salt || convert_to(o.changes::text, 'UTF8'))
FROM (
  SELECT x.id, x.at, x.actor, x.via, x.action, x.entity, x.record, x.version, x.changes,
    uuid_send(gen_random_uuid()) AS salt
  FROM {schema}.tenon_audit_old x ORDER BY x.id
) o;
SELECT setval('{schema}.tenon_audit_id', greatest((SELECT max(id) FROM {schema}.tenon_audit), 1),
  EXISTS (SELECT 1 FROM {schema}.tenon_audit));
DROP TABLE {schema}.tenon_audit_old;

-- The chain. Each seal's mac is keyed and covers the seal before it, so that none can be altered or left out.
CREATE TABLE {schema}.tenon_audit_seal (
  number integer PRIMARY KEY, -- 1, 2, 3 …
  kind text NOT NULL CHECK (kind IN ('rows', 'dropped')),
  month date NOT NULL, -- of the rows; of the month that was dropped
  after_id bigint NOT NULL, -- the rows of this month with after_id < id <= last_id
  last_id bigint NOT NULL,
  ids bigint[] NOT NULL,
  marks bytea NOT NULL, -- 16 bytes a row, in the order of ids
  at timestamptz(3) NOT NULL,
  key_id text NOT NULL, -- which key, without telling it
  mac bytea NOT NULL
);

-- One row: how far the sealer may go, and how long rows are kept.
CREATE TABLE {schema}.tenon_audit_state (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  -- All rows up to mark_id are there when no transaction below mark_xid runs any more.
  mark_id bigint,
  mark_xid xid8,
  keep_months integer -- null: for ever
);
INSERT INTO {schema}.tenon_audit_state VALUES (true, NULL, NULL, NULL);
