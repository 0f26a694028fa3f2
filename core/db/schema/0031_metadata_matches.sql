-- What was looked up of items elsewhere: shown where neither their files nor owners say anything.

ALTER TABLE metadata_edits ADD COLUMN provided TEXT NOT NULL DEFAULT '{}';  -- JSON: the fields that were found

CREATE TABLE metadata_matches (
    item        INTEGER PRIMARY KEY REFERENCES media_items(num) ON DELETE CASCADE,
    provider    TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('matched', 'none', 'doubtful', 'ignored')),
    external_id TEXT NOT NULL DEFAULT '',     -- of what it is there; '': of nothing
    by_owner    INTEGER NOT NULL DEFAULT 0,   -- 1: an owner said so
    candidates  TEXT NOT NULL DEFAULT '[]',   -- JSON: the best first
    looked_at   INTEGER NOT NULL
);
CREATE INDEX metadata_matches_by_state ON metadata_matches(state, item);
