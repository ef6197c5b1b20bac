-- Which version a draft's definition was written against: others may have published since the draft was opened.
ALTER TABLE {schema}.tenon_changeset_item ADD COLUMN base_version integer NOT NULL;
