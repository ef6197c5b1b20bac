-- Search by a member reads an index over (owner, tokens) together: GIN over a plain column needs this extension,
-- which is part of PostgreSQL's own contrib.
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA tenon;
