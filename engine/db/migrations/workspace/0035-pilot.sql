-- A draft that named people try before it is published for all: see docs/decisions/0024-pilot.md.
CREATE TABLE {schema}.tenon_pilot (
  id uuid PRIMARY KEY,
  changeset_id uuid NOT NULL REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  items jsonb NOT NULL, -- [{"kind", "name", "definition"?}], against the version in force; without a definition: removed
  people uuid[] NOT NULL,
  roles text[] COLLATE "C" NOT NULL, -- ids: a role that is renamed stays
  begun_at timestamptz(3) NOT NULL DEFAULT now(),
  begun_by uuid,
  ended_at timestamptz(3),
  ended jsonb, -- {"why": "withdrawn" | "published" | "clash", "problems"?: […]}
  CHECK ((ended_at IS NULL) = (ended IS NULL))
);
CREATE UNIQUE INDEX tenon_pilot_running ON {schema}.tenon_pilot (changeset_id) WHERE ended_at IS NULL;
CREATE INDEX tenon_pilot_changeset ON {schema}.tenon_pilot (changeset_id, begun_at);
