-- Whether the first workspace has had its template and its first administrator: a start that is cut off, or a
-- command that came before the first start, must not be taken for one that finished. Those of today have.
ALTER TABLE tenon.workspace ADD COLUMN prepared boolean NOT NULL DEFAULT true;
ALTER TABLE tenon.workspace ALTER COLUMN prepared SET DEFAULT false;
