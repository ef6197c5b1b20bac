-- Where and when a session was last seen, so that people can tell theirs from a stranger's.
ALTER TABLE {schema}.tenon_session
  ADD COLUMN address text,
  ADD COLUMN agent text,
  ADD COLUMN seen_at timestamptz(3) NOT NULL DEFAULT now();

-- Links by which a user sets a password: an invitation, or a reset. Each is good once.
CREATE TABLE {schema}.tenon_pass (
  token_hash bytea PRIMARY KEY, -- SHA-256 of the token
  user_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid, -- null: the user themself
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX tenon_pass_user ON {schema}.tenon_pass (user_id);
