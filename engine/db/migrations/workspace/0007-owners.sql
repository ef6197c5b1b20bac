-- Owners go without a foreign key, as makers always did: users are never deleted, and each write looks itself.
DO $owners$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT c.conname, c.conrelid::regclass AS place
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] AND a.attname = 'owner'
    WHERE c.contype = 'f' AND c.connamespace = '{schema}'::regnamespace AND c.conname LIKE 'tenon\_fk\_%'
      AND c.confrelid = to_regclass('{schema}."user"')
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.place, found.conname);
  END LOOP;
END
$owners$;
