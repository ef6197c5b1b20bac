-- One row once the workspace has encrypted fields. The salt sets its keys apart from those of other workspaces; the
-- key of the digests by which encrypted values are compared is itself encrypted with the secret key.
CREATE TABLE {schema}.tenon_secret (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  salt uuid NOT NULL,
  digest_key bytea NOT NULL
);
