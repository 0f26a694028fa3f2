-- What a title's picture needs in the ladder. Measured values belong to a file's content, so that they outlast its name
-- and its item.

CREATE TABLE picture_measures (
    fingerprint BLOB PRIMARY KEY,             -- as in media_files
    rungs       TEXT NOT NULL,                -- JSON: height, bitrate that is enough, quality; '[]': nothing to gain
    problem     TEXT,                         -- why it cannot be measured, in words
    measured_at INTEGER NOT NULL
) WITHOUT ROWID;
