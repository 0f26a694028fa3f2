-- Films whose renditions are made ahead as a whole, as an owner wished. What is named here stays in the cache, whatever
-- is there of it.

CREATE TABLE prepared_titles (
    id          TEXT PRIMARY KEY,         -- of this plan: another one with every change
    media_id    TEXT NOT NULL,            -- may be gone
    file_id     TEXT NOT NULL UNIQUE,     -- which of the title's files
    user_id     TEXT NOT NULL,            -- who wished it
    name        TEXT NOT NULL,            -- of the file, for people
    wish        TEXT NOT NULL,            -- JSON
    fingerprint TEXT NOT NULL,            -- of the file's content: when that changes, the plan is made anew
    build       TEXT NOT NULL,            -- of the program: another one's segments are not used
    most_bytes  INTEGER NOT NULL,         -- room spoken for
    bytes       INTEGER,                  -- when all of it is there
    progress    REAL NOT NULL DEFAULT 0,  -- 0 to 1, as of the last job that ended
    present     INTEGER NOT NULL DEFAULT 1 CHECK (present IN (0, 1)),  -- 0: the file vanished; nothing is kept for it
    job_id      TEXT,                     -- of the last making
    problem     TEXT,                     -- why there is no plan, in words
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX prepared_of_title ON prepared_titles(media_id);

CREATE TABLE prepared_renditions (
    prepared_id TEXT NOT NULL REFERENCES prepared_titles(id) ON DELETE CASCADE,
    name        TEXT NOT NULL,            -- "v0-h264-720"
    format      TEXT NOT NULL CHECK (format IN ('mp4', 'ts')),
    segments    INTEGER NOT NULL,
    PRIMARY KEY (prepared_id, name, format)
) WITHOUT ROWID;
