-- Records that people share by hand. A record in the recycle bin keeps its shares: a restore brings it back as it was.
CREATE TABLE {schema}.tenon_share (
  id uuid PRIMARY KEY,
  entity uuid NOT NULL, -- the entity's id
  record uuid NOT NULL,
  holder_kind text NOT NULL CHECK (holder_kind IN ('user', 'team', 'role')),
  holder uuid NOT NULL, -- the user's or team's record, the role's definition
  edits boolean NOT NULL,
  until timestamptz(3) NOT NULL DEFAULT 'infinity',
  remark text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid
);
-- One share a holder: another one changes it.
CREATE UNIQUE INDEX tenon_share_record ON {schema}.tenon_share (record, holder);
-- What is shared with somebody, without a look at the rows.
CREATE INDEX tenon_share_holder ON {schema}.tenon_share (holder, entity) INCLUDE (record, edits, until);
CREATE INDEX tenon_share_until ON {schema}.tenon_share (until) WHERE until < 'infinity';
