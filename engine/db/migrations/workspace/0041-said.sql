-- What a mention is called in the text of its comment, which stays when the person is called otherwise; and whom a comment
-- that was changed mentions no more: they have been told, and are told once.
ALTER TABLE {schema}.tenon_mention
  ADD COLUMN said text,
  ADD COLUMN is_gone boolean NOT NULL DEFAULT false;
