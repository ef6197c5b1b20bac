-- The engine's own tables of one workspace. {schema} is its quoted schema. Entities' tables stand beside
-- them; the prefix tenon_ is the engine's, so no entity can take one of these names.

-- One row: what is in force. Read inside each write's statement, to notice a model that is no longer current.
CREATE TABLE {schema}.tenon_current (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  version integer NOT NULL,
  content_revision bigint NOT NULL,
  settings jsonb NOT NULL
);
INSERT INTO {schema}.tenon_current VALUES (true, 0, 0, '{"currency":"CNY","timeZone":"Asia/Shanghai","language":"zh-CN"}');

-- Immutable, numbered snapshots of all model definitions: {"entity": {"account": {…}}, …}.
CREATE TABLE {schema}.tenon_version (
  version integer PRIMARY KEY,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  published_by uuid,
  label text NOT NULL,
  definitions jsonb NOT NULL,
  steps jsonb NOT NULL
);

-- Where values lie: assigned once per item id, kept through renames, retirement and revival.
CREATE TABLE {schema}.tenon_physical (
  item_id uuid PRIMARY KEY,
  entity_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('entity', 'field', 'index')),
  -- entity: {"table"}; field: {"columns", "linkTable"?, "sequence"?, "type"}; index: {"index", "columns", "unique"}
  place jsonb NOT NULL,
  retired_at timestamptz(3)
);

-- Content kinds: in force on save, with their own history.
CREATE TABLE {schema}.tenon_content (
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  definition jsonb NOT NULL,
  revision integer NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_by uuid,
  PRIMARY KEY (kind, name)
);
CREATE TABLE {schema}.tenon_content_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  definition jsonb, -- null: removed
  at timestamptz(3) NOT NULL DEFAULT now(),
  by uuid
);

CREATE TABLE {schema}.tenon_changeset (
  id uuid PRIMARY KEY,
  label text NOT NULL,
  base_version integer NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'publishing', 'published')),
  version integer, -- the version it became
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid
);
CREATE TABLE {schema}.tenon_changeset_item (
  changeset_id uuid NOT NULL REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  definition jsonb, -- null: removed
  -- What it was written against: others may have published since the draft was opened.
  base_version integer NOT NULL,
  PRIMARY KEY (changeset_id, kind, name)
);

-- One row a write, inserted by the write's own statement. `changes` goes by column, which no rename changes:
-- {"column": value} of a create, else {"column": {"before", "after"}}. The id only orders; nothing asks by it.
CREATE TABLE {schema}.tenon_audit (
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor uuid,
  via text NOT NULL,
  action text NOT NULL,
  entity uuid NOT NULL, -- the entity's id: history survives a rename
  record uuid NOT NULL,
  version integer NOT NULL,
  changes jsonb NOT NULL
);
CREATE INDEX tenon_audit_record ON {schema}.tenon_audit (record, id);

-- What happened, for the dispatcher: rows below pg_snapshot_xmin(pg_current_snapshot()) are complete.
CREATE TABLE {schema}.tenon_event (
  id bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz(3) NOT NULL DEFAULT now(),
  action text NOT NULL,
  entity uuid NOT NULL,
  record uuid NOT NULL,
  version integer NOT NULL,
  actor uuid,
  fields text[] NOT NULL
);
-- Rows lie in the order of their ids: ranges of pages find where to go on, and cost a write nothing.
CREATE INDEX tenon_event_id ON {schema}.tenon_event USING brin (id) WITH (pages_per_range = 16);

CREATE TABLE {schema}.tenon_session (
  token_hash bytea PRIMARY KEY, -- SHA-256 of the token
  kind text NOT NULL CHECK (kind IN ('session', 'token')),
  user_id uuid NOT NULL,
  label text,
  roles text[], -- an API token's own; null: the user's
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX tenon_session_user ON {schema}.tenon_session (user_id);

-- What a POST with an Idempotency-Key answered, in the write's own transaction; kept for 24 hours.
CREATE TABLE {schema}.tenon_idempotency (
  actor uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  status smallint,
  location text,
  body text,
  at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, key)
);

-- Background work with progress that people can see. The queue that runs it is graphile-worker's.
CREATE TABLE {schema}.tenon_job (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  payload jsonb NOT NULL,
  result jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- An import that was cut off goes on from here: rows of the file done so far, by file digest and mapping.
CREATE TABLE {schema}.tenon_import (
  id uuid PRIMARY KEY,
  entity uuid NOT NULL,
  digest bytea NOT NULL,
  -- Which column goes to which field: an import that was cut off goes on only with the columns that it began with.
  mapping jsonb NOT NULL DEFAULT '{}',
  rows_done bigint NOT NULL DEFAULT 0,
  rows_stored bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  finished boolean NOT NULL DEFAULT false,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (entity, digest)
);

-- What was installed: the last version of each template, for templates that need others.
CREATE TABLE {schema}.tenon_template (
  name text COLLATE "C" PRIMARY KEY,
  version text NOT NULL,
  installed_at timestamptz(3) NOT NULL DEFAULT now()
);
