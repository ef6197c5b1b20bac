-- What the parameters of a template were answered with: see engine/templates/answers.ts.
ALTER TABLE {schema}.tenon_template ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';
