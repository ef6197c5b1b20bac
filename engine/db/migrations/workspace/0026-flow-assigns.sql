-- A step of a flow decides about an owner too.
ALTER TABLE {schema}.tenon_assignment DROP CONSTRAINT tenon_assignment_cause_check,
  ADD CONSTRAINT tenon_assignment_cause_check CHECK (cause IN ('created', 'changed', 'waited', 'not_accepted', 'flow'));
