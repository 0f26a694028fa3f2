-- Which devices were given the keys of which titles, and until when. One that is kept without a server is `offline`.
CREATE TABLE licences (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    login_id   TEXT NOT NULL,                  -- the device
    media_id   TEXT NOT NULL,
    offline    INTEGER NOT NULL CHECK (offline IN (0, 1)),
    issued_at  INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX licences_of_device ON licences(user_id, media_id, login_id, offline);
