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
  cause text NOT NULL CHECK (cause IN ('created', 'changed', 'waited')),
  outcome text NOT NULL CHECK (outcome IN ('given', 'otherwise', 'waiting', 'nobody')),
  rule uuid, -- the one that decided
  chosen uuid,
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
