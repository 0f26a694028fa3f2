-- What music players of the Subsonic kind keep here for their user, and the radio stations that owners know.

CREATE TABLE play_queues (
    user_id    TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    titles     TEXT NOT NULL,                 -- JSON: ids in order; some may be gone
    current    INTEGER NOT NULL,              -- which of them, from 0
    position   INTEGER NOT NULL,              -- milliseconds
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL                  -- the program's name
) WITHOUT ROWID;

CREATE TABLE bookmarks (
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id   TEXT NOT NULL,                 -- may be gone
    position   INTEGER NOT NULL,              -- milliseconds
    comment    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;

CREATE TABLE radio_stations (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    stream_url TEXT NOT NULL,
    home_page  TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
