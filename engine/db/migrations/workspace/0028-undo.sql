-- What somebody did to many records at once, for as long as they may take it back. What was before stands in the audit.
CREATE TABLE {schema}.tenon_undo (
  id uuid PRIMARY KEY, -- the request whose audit rows it is about
  at timestamptz(3) NOT NULL,
  actor uuid NOT NULL,
  entity uuid NOT NULL,
  after_id bigint NOT NULL, -- its audit rows are after_id < id <= last_id
  last_id bigint, -- null: it still goes on, or was cut off
  created integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  deleted integer NOT NULL DEFAULT 0,
  restored integer NOT NULL DEFAULT 0,
  of uuid, -- the act that this one took back
  undone_at timestamptz(3)
);
CREATE INDEX tenon_undo_mine ON {schema}.tenon_undo (actor, at DESC);
