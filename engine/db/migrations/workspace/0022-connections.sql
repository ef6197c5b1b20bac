-- The secrets of connections, encrypted one by one: what is sealed for one name does not open at another.
CREATE TABLE {schema}.tenon_connection_secret (
  connection uuid NOT NULL, -- the connection's id: they survive a rename
  name text COLLATE "C" NOT NULL,
  box bytea NOT NULL,
  set_at timestamptz(3) NOT NULL DEFAULT now(),
  set_by uuid,
  PRIMARY KEY (connection, name)
);

-- What all nodes know of a connection: its access token, encrypted, and until when the other side takes no more.
CREATE TABLE {schema}.tenon_connection (
  connection uuid PRIMARY KEY,
  token bytea,
  token_until timestamptz(3),
  paused_until timestamptz(3)
);

-- Every call to another system: what is to be sent, what is being sent, and what came of it.
CREATE TABLE {schema}.tenon_outgoing (
  id uuid PRIMARY KEY,
  connection uuid, -- null: the operator's mail server
  name text COLLATE "C" NOT NULL, -- as the connection was called
  operation text COLLATE "C" NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('call', 'message', 'test')),
  key text COLLATE "C" NOT NULL, -- by which the other side can tell a repetition
  state text NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'failed', 'cancelled')),
  input jsonb NOT NULL, -- cut once it is over
  output jsonb,
  fault jsonb, -- {"code", "text", "kind"} of the last try
  tries integer NOT NULL DEFAULT 0,
  most_tries integer NOT NULL,
  due_at timestamptz(3) NOT NULL, -- while it is being sent: when it is taken for lost
  until timestamptz(3) NOT NULL, -- no try after that
  person uuid, -- who is told
  run uuid, -- of a flow's step
  step integer,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  begun_at timestamptz(3), -- the last try
  ended_at timestamptz(3),
  duration_ms integer -- of the last try
) WITH (fillfactor = 70);
CREATE INDEX tenon_outgoing_due ON {schema}.tenon_outgoing (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX tenon_outgoing_log ON {schema}.tenon_outgoing (connection, id DESC);
CREATE INDEX tenon_outgoing_person ON {schema}.tenon_outgoing (person, connection, begun_at) WHERE person IS NOT NULL;
CREATE INDEX tenon_outgoing_ended ON {schema}.tenon_outgoing (ended_at) WHERE ended_at IS NOT NULL;
CREATE UNIQUE INDEX tenon_outgoing_step ON {schema}.tenon_outgoing (run, step) WHERE run IS NOT NULL;

-- What other systems told: each once, kept for those that wait for it a little later.
CREATE TABLE {schema}.tenon_hook_event (
  connection uuid NOT NULL,
  id text COLLATE "C" NOT NULL, -- the sender's
  event text COLLATE "C" NOT NULL, -- connection.event
  data jsonb NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (connection, id)
);
CREATE INDEX tenon_hook_event_at ON {schema}.tenon_hook_event (event, received_at);

-- Runs that wait for an event, with what it must say.
CREATE TABLE {schema}.tenon_awaited (
  run uuid PRIMARY KEY REFERENCES {schema}.tenon_run ON DELETE CASCADE,
  event text COLLATE "C" NOT NULL,
  match jsonb NOT NULL
);
CREATE INDEX tenon_awaited_event ON {schema}.tenon_awaited (event);
