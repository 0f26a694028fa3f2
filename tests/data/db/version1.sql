-- A database of schema version 1, as the first release made it. Never edit: migrations are tested from it.
PRAGMA user_version=1;
PRAGMA application_id=1296126533;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO settings VALUES('server_id','018bcfe5-6800-7000-8000-000000000001');
CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,   -- the name folded, so that "Ana" and "ana" are one
    password_hash TEXT NOT NULL,          -- Argon2id in libsodium's string form
    role          TEXT NOT NULL CHECK (role IN ('owner', 'member', 'child')),
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO users VALUES('018bcfe5-6800-7000-8000-000000000002','Ana','ana','$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA','owner',1700000000000);
CREATE TABLE logins (
    id           TEXT PRIMARY KEY,        -- the "sid" of access tokens and the family of refresh tokens
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    device_name  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO logins VALUES('018bcfe5-6800-7000-8000-000000000003','018bcfe5-6800-7000-8000-000000000002','Laptop',1700000000000,1700000100000,1800000000000);
CREATE TABLE refresh_tokens (
    token_hash BLOB PRIMARY KEY,          -- SHA-256 of the token, which has 256 random bits
    login_id   TEXT NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) WITHOUT ROWID;
INSERT INTO refresh_tokens VALUES(X'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','018bcfe5-6800-7000-8000-000000000003',1700000000000,1800000000000,NULL);
CREATE TABLE revocations (
    login_id TEXT PRIMARY KEY,
    until    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX logins_by_user ON logins(user_id, created_at);
CREATE INDEX refresh_tokens_by_login ON refresh_tokens(login_id);
COMMIT;
