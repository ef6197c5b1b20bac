-- What came in by web forms: one row a page that was sent, whatever came of it. The answers themselves are in the record.
CREATE TABLE {schema}.tenon_webform_entry (
  id uuid PRIMARY KEY, -- of the page that was sent: sent again, it changes nothing
  webform uuid NOT NULL, -- the form's id: its entries survive a rename
  name text COLLATE "C" NOT NULL, -- as it was called
  at timestamptz(3) NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('created', 'updated', 'repeated', 'trapped', 'failed')),
  entity uuid, -- of the record that it made or added to
  record uuid,
  digest bytea NOT NULL, -- keyed, of form, address and answers: the same answers sent twice are one
  consent jsonb, -- what was agreed to: {"version", "language", "words", "address"}
  parameters jsonb, -- of the page's address, by name
  fault text -- the code of what kept it from being stored
);
CREATE INDEX tenon_webform_entry_form ON {schema}.tenon_webform_entry (webform, at DESC);
CREATE INDEX tenon_webform_entry_record ON {schema}.tenon_webform_entry (record) WHERE record IS NOT NULL;
CREATE INDEX tenon_webform_entry_digest ON {schema}.tenon_webform_entry (digest, at);
