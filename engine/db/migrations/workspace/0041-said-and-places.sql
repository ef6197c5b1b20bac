-- What a mention is called in the text of its comment, which stays when the person is called otherwise; and whom a comment
-- that was changed mentions no more: they have been told, and are told once.
ALTER TABLE {schema}.tenon_mention
  ADD COLUMN said text,
  ADD COLUMN is_gone boolean NOT NULL DEFAULT false;

-- Places for heavy works, of which a workspace has few at once over all nodes: see engine/http/workspace-places.ts.
CREATE TABLE {schema}.tenon_place (
  code text NOT NULL,
  number smallint NOT NULL,
  holder uuid NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (code, number)
);
