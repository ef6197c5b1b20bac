-- Something that one person is told: its words, and how it reaches them.
CREATE TABLE {schema}.tenon_told (
  id uuid PRIMARY KEY,
  person uuid NOT NULL,
  kind text COLLATE "C" NOT NULL, -- the message, or the flow where it says its words itself
  title text NOT NULL,
  text text NOT NULL,
  entity text COLLATE "C",
  record uuid,
  flow text COLLATE "C" NOT NULL,
  run uuid,
  is_first boolean NOT NULL, -- one way that reaches is enough
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX tenon_told_run ON {schema}.tenon_told (run) WHERE run IS NOT NULL;
CREATE INDEX tenon_told_record ON {schema}.tenon_told (record) WHERE record IS NOT NULL;

-- One way by which it reaches them, or does not: the receipt.
CREATE TABLE {schema}.tenon_delivery (
  told uuid NOT NULL REFERENCES {schema}.tenon_told ON DELETE CASCADE,
  rank smallint NOT NULL, -- the order in which they are tried
  channel text COLLATE "C" NOT NULL,
  person uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('later', 'held', 'sending', 'sent', 'failed', 'skipped')),
  due_at timestamptz(3), -- of what is held: until then
  outgoing uuid, -- the call that carries it, perhaps together with others
  notification uuid, -- in the app: what is in the list
  fault jsonb, -- why it failed or was skipped
  at timestamptz(3), -- when it came to that
  PRIMARY KEY (told, rank)
) WITH (fillfactor = 70);
CREATE INDEX tenon_delivery_held ON {schema}.tenon_delivery (due_at) WHERE state = 'held';
CREATE INDEX tenon_delivery_person ON {schema}.tenon_delivery (person, channel) WHERE state = 'held';
CREATE INDEX tenon_delivery_outgoing ON {schema}.tenon_delivery (outgoing) WHERE outgoing IS NOT NULL;

-- How a person wants to be told.
CREATE TABLE {schema}.tenon_preference (
  person uuid PRIMARY KEY,
  preference jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
