-- What definitions that came from elsewhere were when they came: of the live workspace as a sandbox began with them
-- (“live”), of a template as it was installed (“template/sales”). When they come again, both sides are compared with it.
CREATE TABLE {schema}.tenon_base (
  source text COLLATE "C" PRIMARY KEY,
  version text COLLATE "C" NOT NULL,
  definitions jsonb NOT NULL, -- a list
  taken_at timestamptz(3) NOT NULL DEFAULT now()
);
-- The base that a draft brings: it counts once the draft is published.
ALTER TABLE {schema}.tenon_changeset ADD COLUMN brings jsonb;
-- What an item that came from elsewhere was there before, {"definition": …}; null: a version in force tells.
ALTER TABLE {schema}.tenon_changeset_item ADD COLUMN base jsonb;
