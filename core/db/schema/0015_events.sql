-- user_library follows from the events alone from here on, so that it can be made anew from them: positions, which are
-- state and no events, have a table of their own.

CREATE TABLE resume_positions (
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id   TEXT NOT NULL,
    position   REAL NOT NULL,                     -- seconds to resume from; 0: from the start
    updated_at INTEGER NOT NULL,                  -- last played, or first moved by hand
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;
CREATE INDEX resume_positions_in_progress ON resume_positions(user_id, updated_at, media_id) WHERE position > 0;
INSERT INTO resume_positions
    SELECT user_id, media_id, position, coalesce(last_played_at, updated_at) FROM user_library
    WHERE position > 0 OR last_played_at IS NOT NULL;

ALTER TABLE events ADD COLUMN login_id TEXT;      -- the device that it came from; NULL: not known
ALTER TABLE events ADD COLUMN undoes INTEGER;     -- of HISTORY_UNDONE: the seq of the event that counts no more
CREATE INDEX events_of_item ON events(user_id, media_id, seq) WHERE media_id IS NOT NULL;
CREATE UNIQUE INDEX events_undone ON events(user_id, undoes) WHERE undoes IS NOT NULL;

-- Appended, and never changed; they go with their user.
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN
    SELECT raise(ABORT, 'events are not changed');
END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events WHEN EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id) BEGIN
    SELECT raise(ABORT, 'events are not deleted');
END;

DROP TABLE user_library;
CREATE TABLE user_library (
    user_id        TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id       TEXT NOT NULL,
    rating         INTEGER CHECK (rating BETWEEN 1 AND 10),
    watched        INTEGER NOT NULL DEFAULT 0,
    favourite      INTEGER NOT NULL DEFAULT 0,
    play_count     INTEGER NOT NULL DEFAULT 0,
    last_played_at INTEGER,
    updated_at     INTEGER NOT NULL DEFAULT 0,    -- last rated, liked or ticked off; 0: never
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;
CREATE INDEX user_library_watched ON user_library(user_id, updated_at, media_id) WHERE watched = 1;
CREATE INDEX user_library_favourite ON user_library(user_id, updated_at, media_id) WHERE favourite = 1;
CREATE INDEX user_library_rated ON user_library(user_id, updated_at, media_id) WHERE rating IS NOT NULL;
CREATE INDEX user_library_played ON user_library(user_id, last_played_at, media_id) WHERE last_played_at IS NOT NULL;
CREATE INDEX user_library_of_item ON user_library(media_id, play_count);
INSERT INTO user_library
    SELECT e.user_id, e.media_id,
        (SELECT json_extract(r.data, '$.rating') FROM events r WHERE r.user_id = e.user_id AND r.media_id = e.media_id
            AND r.type = 'RATED' ORDER BY r.seq DESC LIMIT 1),
        coalesce((SELECT json_extract(w.data, '$.watched') FROM events w WHERE w.user_id = e.user_id
            AND w.media_id = e.media_id AND w.type = 'WATCHED' ORDER BY w.seq DESC LIMIT 1), 0),
        coalesce((SELECT json_extract(f.data, '$.favourite') FROM events f WHERE f.user_id = e.user_id
            AND f.media_id = e.media_id AND f.type = 'FAVOURITED' ORDER BY f.seq DESC LIMIT 1), 0),
        (SELECT count(*) FROM events p WHERE p.user_id = e.user_id AND p.media_id = e.media_id AND p.type = 'PLAYED'
            AND json_extract(p.data, '$.counted')),
        (SELECT p.at FROM events p WHERE p.user_id = e.user_id AND p.media_id = e.media_id AND p.type = 'PLAYED'
            ORDER BY p.seq DESC LIMIT 1),
        coalesce((SELECT u.at FROM events u WHERE u.user_id = e.user_id AND u.media_id = e.media_id
            AND u.type IN ('RATED', 'FAVOURITED', 'WATCHED') ORDER BY u.seq DESC LIMIT 1), 0)
    FROM (SELECT DISTINCT user_id, media_id FROM events WHERE media_id IS NOT NULL) e;
