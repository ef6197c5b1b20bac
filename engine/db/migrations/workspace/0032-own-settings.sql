-- What a person has arranged for themselves and finds again on every device: favourites, the views that lists open with.
CREATE TABLE {schema}.tenon_own_setting (
  person uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  value jsonb NOT NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (person, name)
);
