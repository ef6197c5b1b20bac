-- Who was asked to agree to a draft: the last time, with what it would have done then.
CREATE TABLE {schema}.tenon_agreement_ask (
  changeset_id uuid PRIMARY KEY REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  hash text COLLATE "C" NOT NULL, -- of the plan
  asked_by uuid NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  words text COLLATE "C",
  impact jsonb NOT NULL -- [{"tag", "sentence": {"en", "zh-CN"}, "records"?}]
);

-- What people said of a draft's plan, each time; the last word of a person on a plan counts.
CREATE TABLE {schema}.tenon_agreement (
  id uuid PRIMARY KEY,
  changeset_id uuid NOT NULL REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  person uuid NOT NULL,
  hash text COLLATE "C" NOT NULL,
  decision text NOT NULL CHECK (decision IN ('agreed', 'declined')),
  words text COLLATE "C",
  decided_at timestamptz(3) NOT NULL
);
CREATE INDEX tenon_agreement_changeset ON {schema}.tenon_agreement (changeset_id, id);

-- Change requests that a draft answers.
CREATE TABLE {schema}.tenon_changeset_request (
  changeset_id uuid NOT NULL REFERENCES {schema}.tenon_changeset ON DELETE CASCADE,
  request_id uuid NOT NULL REFERENCES {schema}.tenon_change_request ON DELETE CASCADE,
  PRIMARY KEY (changeset_id, request_id)
);

-- Who agreed to a version, or why it was published without: see engine/model/control.ts.
ALTER TABLE {schema}.tenon_version ADD COLUMN control jsonb;
