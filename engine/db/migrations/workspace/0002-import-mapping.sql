-- Which column goes to which field: an import that was cut off goes on only with the columns that it began with.
ALTER TABLE {schema}.tenon_import ADD COLUMN mapping jsonb NOT NULL DEFAULT '{}';
