-- What a draft is for, and what users are told once it is in force: written while it is made, by whoever makes it.
ALTER TABLE {schema}.tenon_changeset ADD COLUMN description text, ADD COLUMN announcement text;
