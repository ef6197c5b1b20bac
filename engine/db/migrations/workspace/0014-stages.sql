-- Where records stood: one row for each stage that a record came into, in the write's own statement. Stages go by
-- their ids; their names of then stand beside, for stages that are no more.
CREATE TABLE {schema}.tenon_stage_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity uuid NOT NULL,
  record uuid NOT NULL,
  field uuid NOT NULL, -- the field of stages
  from_stage text COLLATE "C", -- null: it came from none
  from_id uuid,
  to_stage text COLLATE "C", -- null: it stands in none any more
  to_id uuid,
  at timestamptz(3) NOT NULL DEFAULT now(),
  seconds bigint, -- in the stage before; null: unknown
  version integer,
  actor uuid,
  via text NOT NULL
);
CREATE INDEX tenon_stage_entry_record ON {schema}.tenon_stage_entry (record, id);

-- What is ticked off in the checklists of stages.
CREATE TABLE {schema}.tenon_milestone (
  record uuid NOT NULL,
  milestone uuid NOT NULL, -- the milestone's id
  done_at timestamptz(3) NOT NULL DEFAULT now(),
  done_by uuid,
  PRIMARY KEY (record, milestone)
);

-- Beside each field of stages: since when, when it ended, what was ever reached. Records that are there get them from
-- the audit as far as it goes back, else from what the record itself says.
DO $stages$
DECLARE
  f record;
  part record;
  hex text;
  own_name text;
  column_name text;
  taken boolean;
  names jsonb;
  closed text[];
  key text;
  ids jsonb;
BEGIN
  FOR f IN
    SELECT e.value ->> 'id' AS entity_id, field.value ->> 'id' AS field_id, field.value ->> 'name' AS field_name,
      e.value AS entity, te.place ->> 'table' AS table_name, tf.place -> 'columns' ->> 0 AS stage_column,
      (SELECT p.value -> 'stages' FROM jsonb_each(v.definitions -> 'pipeline') p
        WHERE p.value ->> 'entity' = e.value ->> 'name' AND p.value ->> 'field' = field.value ->> 'name' LIMIT 1) AS stages
    FROM {schema}.tenon_current c
    JOIN {schema}.tenon_version v ON v.version = c.version
    CROSS JOIN LATERAL jsonb_each(v.definitions -> 'entity') e
    CROSS JOIN LATERAL jsonb_array_elements(e.value -> 'fields') field
    JOIN {schema}.tenon_physical te ON te.item_id = (e.value ->> 'id')::uuid
    JOIN {schema}.tenon_physical tf ON tf.item_id = (field.value ->> 'id')::uuid
    WHERE field.value ->> 'type' = 'stage'
  LOOP
    names := '{}';
    FOR part IN
      SELECT * FROM (VALUES ('since', 'timestamptz(3)'), ('closed_at', 'timestamptz(3)'),
        ('ever_reached', 'text[] COLLATE "C"')) p(name, sql_type)
    LOOP
      own_name := CASE WHEN part.name = 'since' OR f.field_name <> 'stage'
        THEN f.field_name || '_' || part.name ELSE part.name END;
      CONTINUE WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(f.entity -> 'fields') o WHERE o.value ->> 'name' = own_name);
      column_name := own_name;
      LOOP
        taken := EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = r.relnamespace
          WHERE n.nspname = trim(BOTH '"' FROM '{schema}') AND r.relname = f.table_name
            AND a.attname = left(column_name, 63));
        EXIT WHEN NOT taken;
        column_name := column_name || '_2';
      END LOOP;
      hex := encode(sha256(convert_to(f.field_id || ' ' || part.name, 'UTF8')), 'hex');
      EXECUTE format('ALTER TABLE {schema}.%I ADD COLUMN %I %s', f.table_name, column_name, part.sql_type);
      INSERT INTO {schema}.tenon_physical (item_id, entity_id, kind, place) VALUES (
        (left(hex, 8) || '-' || substr(hex, 9, 4) || '-8' || substr(hex, 14, 3) || '-a' || substr(hex, 18, 3) || '-'
          || substr(hex, 21, 12))::uuid,
        f.entity_id::uuid, 'field',
        jsonb_build_object('columns', jsonb_build_array(column_name), 'types', jsonb_build_array(part.sql_type)));
      names := names || jsonb_build_object(part.name, column_name);
    END LOOP;
    key := f.stage_column;
    ids := (SELECT coalesce(jsonb_object_agg(s.value ->> 'name', s.value ->> 'id'), '{}') FROM jsonb_array_elements(f.stages) s);
    closed := ARRAY(SELECT s.value ->> 'name' FROM jsonb_array_elements(f.stages) s WHERE s.value ->> 'type' <> 'open');
    INSERT INTO {schema}.tenon_stage_entry
      (entity, record, field, from_stage, from_id, to_stage, to_id, at, seconds, version, actor, via)
    SELECT f.entity_id::uuid, m.record, f.field_id::uuid, m.was, (ids ->> m.was)::uuid, m.now, (ids ->> m.now)::uuid, m.at,
      extract(epoch FROM m.at - lag(m.at) OVER (PARTITION BY m.record ORDER BY m.id))::bigint, m.version, m.actor, m.via
    FROM (
      SELECT a.id, a.record, a.at, a.version, a.actor, a.via,
        CASE WHEN jsonb_typeof(a.changes::jsonb -> key) = 'object' THEN a.changes::jsonb -> key ->> 'before' END AS was,
        CASE WHEN jsonb_typeof(a.changes::jsonb -> key) = 'object' THEN a.changes::jsonb -> key ->> 'after'
          ELSE a.changes::jsonb ->> key END AS now
      FROM {schema}.tenon_audit a
      WHERE a.entity = f.entity_id::uuid AND a.record IS NOT NULL AND a.changes::jsonb ? key
    ) m ORDER BY m.id;
    IF names ? 'since' THEN
      EXECUTE format(
        'UPDATE {schema}.%1$I t SET %2$I = coalesce((SELECT max(e.at) FROM {schema}.tenon_stage_entry e WHERE e.record = t.id
          AND e.field = %3$L AND e.to_stage = t.%4$I), t.created_at) WHERE t.%4$I IS NOT NULL',
        f.table_name, names ->> 'since', f.field_id, f.stage_column);
    END IF;
    IF names ? 'closed_at' THEN
      EXECUTE format(
        'UPDATE {schema}.%1$I t SET %2$I = coalesce((SELECT max(e.at) FROM {schema}.tenon_stage_entry e WHERE e.record = t.id
          AND e.field = %3$L AND e.to_stage = t.%4$I), t.updated_at) WHERE t.%4$I = ANY(%5$L::text[])',
        f.table_name, names ->> 'closed_at', f.field_id, f.stage_column, closed);
    END IF;
    IF names ? 'ever_reached' THEN
      EXECUTE format(
        'UPDATE {schema}.%1$I t SET %2$I = ARRAY(SELECT x FROM (SELECT e.to_stage AS x FROM {schema}.tenon_stage_entry e
          WHERE e.record = t.id AND e.field = %3$L AND e.to_stage IS NOT NULL UNION SELECT t.%4$I) r ORDER BY x)
          WHERE t.%4$I IS NOT NULL',
        f.table_name, names ->> 'ever_reached', f.field_id, f.stage_column);
    END IF;
  END LOOP;
END
$stages$;
