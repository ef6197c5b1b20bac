-- The day on which a view, report or dashboard was last opened and a document last made: of nobody in particular. Written down
-- since this migration: what has no row was not opened from then on.
CREATE TABLE {schema}.tenon_opened (
  definition uuid PRIMARY KEY, -- its id, so that a rename changes nothing
  day date NOT NULL -- of the workspace
);

-- By which the last use of a message, an approval or an assignment is found.
CREATE INDEX tenon_told_kind ON {schema}.tenon_told (kind, created_at DESC);
CREATE INDEX tenon_approval_definition ON {schema}.tenon_approval (approval, created_at DESC);
CREATE INDEX tenon_assignment_definition ON {schema}.tenon_assignment (assignment, at DESC);
