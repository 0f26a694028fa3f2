-- Programs that sign people in by OAuth: who they are, codes on their way, and devices that wait for somebody.

CREATE TABLE api_clients (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,          -- JSON: texts
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE authorization_codes (
    code_hash    BLOB PRIMARY KEY,        -- SHA-256 of the code, which has 256 random bits
    client_id    TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge    TEXT NOT NULL,           -- PKCE, S256
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,                 -- a code that comes back a second time ends what it gave
    login_id     TEXT REFERENCES logins(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX authorization_codes_by_user ON authorization_codes(user_id);
CREATE INDEX authorization_codes_by_login ON authorization_codes(login_id);

CREATE TABLE device_grants (
    device_hash BLOB PRIMARY KEY,         -- SHA-256 of the device code
    user_code   TEXT NOT NULL UNIQUE,     -- "WDJB-MJHT"
    client_id   TEXT NOT NULL,
    device_name TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    pause       INTEGER NOT NULL,         -- ms that the device has to wait between two questions
    polled_at   INTEGER,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'allowed', 'refused', 'used')),
    user_id     TEXT REFERENCES users(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX device_grants_by_user ON device_grants(user_id);
