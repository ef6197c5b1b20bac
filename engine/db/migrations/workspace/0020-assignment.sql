-- Where the turn of a rule of an assignment stands. The row of the assignment itself (rule = assignment) is held by whoever
-- decides, so that decisions side by side follow one another and each sees what the other gave.
CREATE TABLE {schema}.tenon_assignment_turn (
  assignment uuid NOT NULL,
  rule uuid NOT NULL,
  last uuid, -- who got the last record
  weights jsonb NOT NULL DEFAULT '{}', -- of each person, what is due to them by weight
  PRIMARY KEY (assignment, rule)
) WITH (fillfactor = 50);

-- Every decision with its reasons.
CREATE TABLE {schema}.tenon_assignment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  assignment uuid NOT NULL, -- by id: it survives a rename
  name text COLLATE "C" NOT NULL, -- as it was called
  version integer NOT NULL, -- the version of the model by which it was decided
  entity uuid NOT NULL,
  record uuid NOT NULL,
  cause text NOT NULL CHECK (cause IN ('created', 'changed', 'waited', 'not_accepted')),
  outcome text NOT NULL CHECK (outcome IN ('given', 'otherwise', 'waiting', 'nobody')),
  rule uuid, -- the one that decided
  chosen uuid, -- a person, or a pool
  accept_by timestamptz(3), -- until when they have to accept it
  accepted_at timestamptz(3),
  trace jsonb NOT NULL -- each rule that was looked at, with its candidates
);
CREATE INDEX tenon_assignment_record ON {schema}.tenon_assignment (record, id DESC);
CREATE INDEX tenon_assignment_chosen ON {schema}.tenon_assignment (assignment, chosen, at) WHERE chosen IS NOT NULL;

-- Records that wait until somebody is free.
CREATE TABLE {schema}.tenon_assignment_waiting (
  record uuid PRIMARY KEY,
  entity uuid NOT NULL,
  assignment uuid NOT NULL,
  since timestamptz(3) NOT NULL
);

-- Records whose new owners have not accepted them yet.
CREATE TABLE {schema}.tenon_acceptance (
  record uuid PRIMARY KEY,
  entity uuid NOT NULL,
  assignment uuid NOT NULL,
  decision bigint NOT NULL,
  owner uuid NOT NULL,
  due_at timestamptz(3) NOT NULL,
  tried uuid[] NOT NULL -- those who have had it, the owner last
);
CREATE INDEX tenon_acceptance_due ON {schema}.tenon_acceptance (due_at);

-- Who held a record of an entity with pools, from when to when and why. The row without an end tells who holds it now.
CREATE TABLE {schema}.tenon_ownership (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity uuid NOT NULL,
  record uuid NOT NULL,
  holder uuid NOT NULL, -- a person, or a pool
  taken_from uuid, -- who held it before
  held_from timestamptz(3) NOT NULL,
  held_until timestamptz(3),
  why text NOT NULL, -- claimed, released, recycled, found (held when the pool came), else through what it was written
  actor uuid
);
CREATE INDEX tenon_ownership_record ON {schema}.tenon_ownership (record, held_from DESC);
CREATE INDEX tenon_ownership_open ON {schema}.tenon_ownership (record) WHERE held_until IS NULL;
CREATE INDEX tenon_ownership_since ON {schema}.tenon_ownership (entity, held_from) WHERE held_until IS NULL;
CREATE INDEX tenon_ownership_holder ON {schema}.tenon_ownership (holder, held_from);

-- Since when a pool is there: what was held before it came counts as held since then, by rows of the ledger made then.
CREATE TABLE {schema}.tenon_pool (
  pool uuid PRIMARY KEY,
  since timestamptz(3) NOT NULL
);

-- Of which return to a pool the holder of a record has been warned.
CREATE TABLE {schema}.tenon_pool_warning (
  record uuid PRIMARY KEY,
  rule uuid NOT NULL,
  holder uuid NOT NULL,
  due_at timestamptz(3) NOT NULL
);
