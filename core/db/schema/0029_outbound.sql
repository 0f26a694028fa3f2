-- What other servers answered, for a while; and listens that are told to a service of a person's choice.

CREATE TABLE outbound_answers (
    url_hash     BLOB PRIMARY KEY,        -- SHA-256: an address may hold a key
    status       INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    etag         TEXT NOT NULL,           -- '': it has none
    body         BLOB NOT NULL,
    fresh_until  INTEGER NOT NULL,
    used_at      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX outbound_answers_by_use ON outbound_answers(used_at, url_hash);

-- Where a person's listens go. What waits to be told are their events: PLAYED after told_until.
CREATE TABLE scrobblers (
    user_id      TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    address      TEXT NOT NULL,           -- of the service's API, without a last slash
    sealed       BLOB NOT NULL,           -- the token: nonce, then XChaCha20-Poly1305 bound to the user
    told_until   INTEGER NOT NULL,        -- the event up to which all is told
    told         INTEGER NOT NULL DEFAULT 0,  -- listens that the service took
    paused       TEXT NOT NULL DEFAULT '',    -- why nothing is told any more: 'unauthorized'; '': it goes on
    failures     INTEGER NOT NULL DEFAULT 0,  -- in a row
    next_try     INTEGER NOT NULL DEFAULT 0,  -- not before that time
    last_error   TEXT NOT NULL DEFAULT '',    -- in words
    last_told_at INTEGER,
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;
