-- What people call a sandbox: its name is part of an address, and takes Latin letters only.
ALTER TABLE tenon.workspace ADD COLUMN label text;
