-- A sandbox is a workspace made from another, which it knows: nothing is sent out of it.
ALTER TABLE tenon.workspace ADD COLUMN sandbox_of text COLLATE "C" REFERENCES tenon.workspace (name);
