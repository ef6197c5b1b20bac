-- What was installed: the last version of each template, for templates that need others.
CREATE TABLE {schema}.tenon_template (
  name text COLLATE "C" PRIMARY KEY,
  version text NOT NULL,
  installed_at timestamptz(3) NOT NULL DEFAULT now()
);
