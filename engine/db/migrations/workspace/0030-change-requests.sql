-- What people wish to be different, with the page on which they wished it: for who looks after the definitions.
CREATE TABLE {schema}.tenon_change_request (
  id uuid PRIMARY KEY,
  asked_by uuid NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  page text COLLATE "C" NOT NULL, -- its address, from the first slash on
  entity uuid, -- of the record that was shown
  record uuid,
  words text COLLATE "C" NOT NULL,
  expected text COLLATE "C",
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'declined')),
  answer text COLLATE "C",
  closed_by uuid,
  closed_at timestamptz(3),
  CHECK ((entity IS NULL) = (record IS NULL)),
  CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX tenon_change_request_state ON {schema}.tenon_change_request (state, id DESC);
CREATE INDEX tenon_change_request_mine ON {schema}.tenon_change_request (asked_by, id DESC);
