-- One record on its way through an approval.
CREATE TABLE {schema}.tenon_approval (
  id uuid PRIMARY KEY,
  approval uuid NOT NULL, -- the definition's id: what runs survives a rename
  name text COLLATE "C" NOT NULL, -- as it was called
  version integer NOT NULL, -- the version of the model on which it began and ends
  entity uuid NOT NULL,
  record uuid NOT NULL,
  submitter uuid NOT NULL,
  -- running: somebody decides; returned: the submitter has it again. The others are ends.
  state text NOT NULL CHECK (state IN ('running', 'returned', 'approved', 'not_needed', 'rejected', 'withdrawn')),
  locks boolean NOT NULL,
  level uuid, -- at which it is, by the level's id
  round integer NOT NULL DEFAULT 0, -- rises with every level that begins
  since_round integer NOT NULL DEFAULT 0, -- the round before the latest submission or return: words from before do not count
  resume uuid, -- the level to which it goes on straight from where it was sent back
  edit uuid[] NOT NULL DEFAULT '{}', -- fields that those whose turn it is may change
  due_at timestamptz(3), -- when the time of the level is over
  entries integer NOT NULL DEFAULT 0, -- of its trail so far
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX tenon_approval_open ON {schema}.tenon_approval (record, approval) WHERE ended_at IS NULL;
CREATE INDEX tenon_approval_record ON {schema}.tenon_approval (record, id);
CREATE INDEX tenon_approval_due ON {schema}.tenon_approval (due_at) WHERE state = 'running' AND due_at IS NOT NULL;
CREATE INDEX tenon_approval_mine ON {schema}.tenon_approval (submitter, id);

-- Somebody's turn. Turns of one part of a level follow one another by their place.
CREATE TABLE {schema}.tenon_approval_turn (
  id uuid PRIMARY KEY,
  run uuid NOT NULL REFERENCES {schema}.tenon_approval ON DELETE CASCADE,
  round integer NOT NULL,
  level uuid NOT NULL, -- by its id
  part integer NOT NULL,
  place integer NOT NULL,
  person uuid NOT NULL,
  -- Why it is theirs: approver, superior of the submitter, stand_in where there is nobody, transferred, added.
  why text NOT NULL CHECK (why IN ('approver', 'superior', 'stand_in', 'transferred', 'added')),
  of uuid, -- from whom, or by whom
  state text NOT NULL CHECK (state IN ('ahead', 'waiting', 'approved', 'rejected', 'returned', 'transferred', 'over')),
  created_at timestamptz(3) NOT NULL,
  decided_at timestamptz(3),
  decided_by uuid -- themselves, or who stood in for an absence; null: by a rule
) WITH (fillfactor = 70);
CREATE INDEX tenon_approval_turn_run ON {schema}.tenon_approval_turn (run, round);
CREATE INDEX tenon_approval_turn_waiting ON {schema}.tenon_approval_turn (person, id) WHERE state = 'waiting';

-- The trail: what was done, in order, kept for ever.
CREATE TABLE {schema}.tenon_approval_entry (
  id uuid PRIMARY KEY,
  run uuid NOT NULL REFERENCES {schema}.tenon_approval ON DELETE CASCADE,
  number integer NOT NULL, -- 1, 2, 3 …
  at timestamptz(3) NOT NULL,
  actor uuid, -- null: the engine, by a rule or a clock
  act text NOT NULL,
  level uuid,
  level_name text COLLATE "C",
  instead_of uuid, -- whose turn it was, where another took it
  person uuid, -- to whom it went, or who was added
  comment text,
  files uuid[],
  record_version integer NOT NULL, -- of the record as it stood then
  outcome text, -- what became of the whole by it
  UNIQUE (run, number)
);
CREATE INDEX tenon_approval_entry_actor ON {schema}.tenon_approval_entry (actor, id);

-- Who decides for whom while they are away.
CREATE TABLE {schema}.tenon_delegation (
  id uuid PRIMARY KEY,
  person uuid NOT NULL,
  delegate uuid NOT NULL,
  begins_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL CHECK (ends_at > begins_at),
  remark text,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX tenon_delegation_person ON {schema}.tenon_delegation (person, ends_at);
CREATE INDEX tenon_delegation_delegate ON {schema}.tenon_delegation (delegate, ends_at);
