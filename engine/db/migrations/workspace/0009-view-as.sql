-- Sessions in which somebody sees the workspace as another user does: they belong to that user, tell who looks, and end
-- with the session from which they were opened.
ALTER TABLE {schema}.tenon_session
  DROP CONSTRAINT tenon_session_kind_check,
  ADD CONSTRAINT tenon_session_kind_check CHECK (kind IN ('session', 'token', 'view_as')),
  ADD COLUMN viewer_id uuid,
  ADD COLUMN parent bytea REFERENCES {schema}.tenon_session (token_hash) ON DELETE CASCADE,
  ADD CONSTRAINT tenon_session_view CHECK ((kind = 'view_as') = (parent IS NOT NULL AND viewer_id IS NOT NULL));
CREATE INDEX tenon_session_parent ON {schema}.tenon_session (parent) WHERE parent IS NOT NULL;
