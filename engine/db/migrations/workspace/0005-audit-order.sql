-- Rows lie in the order of their ids: ranges of pages find them as well, and cost a write a fifth of what a tree does.
DROP INDEX {schema}.tenon_audit_id_order;
CREATE INDEX tenon_audit_id_order ON {schema}.tenon_audit USING brin (id) WITH (pages_per_range = 16);
