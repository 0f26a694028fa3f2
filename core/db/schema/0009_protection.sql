-- Titles that leave encrypted only, and the keys that they are encrypted with.

-- What owners chose, for an item and what is below it, or for a library. The nearest choice counts. No foreign keys:
-- an item may come back with its files.
CREATE TABLE protections (
    target_id  TEXT PRIMARY KEY,              -- a media item's or a library's
    schemes    TEXT NOT NULL,                 -- that it goes out in, separated by spaces; '': in the clear
    user_id    TEXT NOT NULL,                 -- who chose
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One key for each title and scheme, made when it is first needed, and encrypted under a master key that is elsewhere.
CREATE TABLE title_keys (
    key_id     BLOB PRIMARY KEY CHECK (length(key_id) = 16),  -- KID, public
    item_id    TEXT NOT NULL,
    scheme     TEXT NOT NULL CHECK (scheme IN ('aes-128', 'cenc', 'cbcs')),
    master     TEXT NOT NULL,                 -- which master key
    wrapped    BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (item_id, scheme)
) WITHOUT ROWID;
