-- Passwords of their own for programs that know nothing else, such as Subsonic clients. They are made here and sealed by a
-- key of the data folder: the protocol needs the password itself, so a hash would not do.

CREATE TABLE app_passwords (
    id           TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    sealed       BLOB NOT NULL,           -- nonce, then XChaCha20-Poly1305 bound to id and user
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX app_passwords_by_user ON app_passwords(user_id, created_at);
