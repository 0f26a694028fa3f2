-- What each user made of the items: read tables, and the events that they follow from. Rows of items that are gone
-- stay (no foreign key to them): the item may come back with its files.

CREATE TABLE user_library (
    user_id        TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id       TEXT NOT NULL,
    rating         INTEGER CHECK (rating BETWEEN 1 AND 10),
    position       REAL NOT NULL DEFAULT 0,       -- seconds to resume from; 0: from the start
    watched        INTEGER NOT NULL DEFAULT 0,
    favourite      INTEGER NOT NULL DEFAULT 0,
    play_count     INTEGER NOT NULL DEFAULT 0,
    last_played_at INTEGER,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;
CREATE INDEX user_library_in_progress ON user_library(user_id, last_played_at, media_id) WHERE position > 0;
CREATE INDEX user_library_watched ON user_library(user_id, updated_at, media_id) WHERE watched = 1;
CREATE INDEX user_library_favourite ON user_library(user_id, updated_at, media_id) WHERE favourite = 1;
CREATE INDEX user_library_rated ON user_library(user_id, updated_at, media_id) WHERE rating IS NOT NULL;
CREATE INDEX user_library_of_item ON user_library(media_id);

-- One row for each time something was played. Positions here and in user_library are state: saved now and then. A
-- row holds all that its session needs to go on after a restart of the server.
CREATE TABLE playback_sessions (
    id            TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    login_id      TEXT NOT NULL,                  -- the device; signing it out ends its stream URLs
    media_id      TEXT NOT NULL,
    kind          TEXT NOT NULL,                  -- of the item
    file_name     TEXT NOT NULL,                  -- as in the stream URL: "<file id>.<extension>"
    mode          TEXT NOT NULL CHECK (mode IN ('direct', 'remux', 'transcode')),
    started_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    ended_at      INTEGER,                        -- NULL: going on, or cut off by the end of the server
    expires_at    INTEGER NOT NULL,               -- of its stream URL
    duration      REAL NOT NULL,                  -- seconds
    credits_start REAL NOT NULL,                  -- seconds, 0: none
    position      REAL NOT NULL,                  -- seconds
    reported      INTEGER NOT NULL DEFAULT 0,     -- the player said a position at least once
    completed     INTEGER NOT NULL DEFAULT 0      -- reached the end or its credits
) WITHOUT ROWID;
CREATE INDEX playback_sessions_of_user ON playback_sessions(user_id, started_at);
CREATE INDEX playback_sessions_open ON playback_sessions(updated_at) WHERE ended_at IS NULL;

-- Every change to a user's library, appended in the transaction that makes it. `seq` counts from 1 for each user
-- without a gap; `version` is that of the form of `data`.
CREATE TABLE events (
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    type    TEXT NOT NULL,                        -- RATED, FAVOURITED, WATCHED, PLAYED
    version INTEGER NOT NULL,
    media_id TEXT,
    session_id TEXT,                              -- of a PLAYED event: there is one for each session at most
    data    TEXT NOT NULL,                        -- JSON
    PRIMARY KEY (user_id, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX events_once_a_session ON events(session_id, type) WHERE session_id IS NOT NULL;
