-- Originals that lie on the disk encrypted: the keys that open them, one for each title, encrypted under the master key
-- of the keys folder. A file says which one it needs. They are never removed: a file may come back from a backup.
CREATE TABLE seal_keys (
    key_id     BLOB PRIMARY KEY CHECK (length(key_id) = 16),
    item_id    TEXT NOT NULL,                 -- whose files were sealed with it
    master     TEXT NOT NULL,                 -- which master key
    wrapped    BLOB NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX seal_keys_of_item ON seal_keys(item_id);
CREATE TRIGGER seal_keys_are_kept BEFORE DELETE ON seal_keys BEGIN SELECT raise(ABORT, 'keys of sealed files are kept'); END;
