-- What owners say of items in place of their files. media_items has what is shown, so that lists, filters and the search
-- see it; what the files say of the same fields is kept here, and brought up to date by scans.

CREATE TABLE metadata_edits (
    item      INTEGER PRIMARY KEY REFERENCES media_items(num) ON DELETE CASCADE,
    edited    TEXT NOT NULL,                  -- JSON: the fields that were said
    own       TEXT NOT NULL,                  -- JSON: the same fields as the files say them
    edited_at INTEGER NOT NULL
);
