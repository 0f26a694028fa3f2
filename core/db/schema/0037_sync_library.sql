-- How far each user's library has gone into the records of sync. Nobody has a row here before their first device.

CREATE TABLE sync_absorbed (
    user_id TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,                     -- of the last event that is in the records
    policy  TEXT NOT NULL                         -- by which what stands side by side was shown last
) WITHOUT ROWID;

-- What is still to go in and is no event: positions, and all that was there before the first device.
CREATE TABLE sync_pending (
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    cell    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, kind, id, cell)
) WITHOUT ROWID;

CREATE TRIGGER sync_position_came AFTER INSERT ON resume_positions
    WHEN EXISTS (SELECT 1 FROM sync_absorbed WHERE user_id = NEW.user_id) BEGIN
    INSERT INTO sync_pending VALUES (NEW.user_id, 'item', NEW.media_id, 'position', NEW.updated_at)
        ON CONFLICT DO UPDATE SET at = max(at, excluded.at);
END;
-- What is moved by hand keeps its time of playing: it is moved now.
CREATE TRIGGER sync_position_moved AFTER UPDATE OF position ON resume_positions
    WHEN NEW.position <> OLD.position AND EXISTS (SELECT 1 FROM sync_absorbed WHERE user_id = NEW.user_id) BEGIN
    INSERT INTO sync_pending VALUES (NEW.user_id, 'item', NEW.media_id, 'position',
        CASE WHEN NEW.updated_at > OLD.updated_at THEN NEW.updated_at
            ELSE CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) END)
        ON CONFLICT DO UPDATE SET at = max(at, excluded.at);
END;
