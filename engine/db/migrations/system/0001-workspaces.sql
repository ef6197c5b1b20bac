-- One row a workspace; everything else of it lies in its own schema.
CREATE TABLE tenon.workspace (
  name text COLLATE "C" PRIMARY KEY,
  schema_name text COLLATE "C" NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);
