-- Who may use the server: people, their log-ins (one a device), refresh tokens and revocations.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,   -- the name folded, so that "Ana" and "ana" are one
    password_hash TEXT NOT NULL,          -- Argon2id in libsodium's string form
    role          TEXT NOT NULL CHECK (role IN ('owner', 'member', 'child')),
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE logins (
    id           TEXT PRIMARY KEY,        -- the "sid" of access tokens and the family of refresh tokens
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    device_name  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX logins_by_user ON logins(user_id, created_at);

-- Every refresh token of a log-in, also those used up: one that comes back a second time was stolen.
CREATE TABLE refresh_tokens (
    token_hash BLOB PRIMARY KEY,          -- SHA-256 of the token, which has 256 random bits
    login_id   TEXT NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_login ON refresh_tokens(login_id);

-- Log-ins that are no longer: access and stream tokens issued to them are refused until they would have run out.
CREATE TABLE revocations (
    login_id TEXT PRIMARY KEY,
    until    INTEGER NOT NULL
) WITHOUT ROWID;
