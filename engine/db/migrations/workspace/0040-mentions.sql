-- Whom a comment mentions, in the order in which it was said: see engine/records/mentions.ts.
CREATE TABLE {schema}.tenon_mention (
  comment uuid NOT NULL,
  number smallint NOT NULL,
  person uuid NOT NULL,
  PRIMARY KEY (comment, number)
);
