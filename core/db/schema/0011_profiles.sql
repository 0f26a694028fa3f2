-- How titles are encoded, as the owner wants it. A profile is read as the API takes it, and checked again.

CREATE TABLE stream_profiles (
    name       TEXT PRIMARY KEY,
    body       TEXT NOT NULL,               -- JSON
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
