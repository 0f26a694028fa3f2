-- Accounts at an OpenID Connect issuer that people sign in with here.

CREATE TABLE external_accounts (
    id           TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    issuer       TEXT NOT NULL,
    subject      TEXT NOT NULL,           -- the issuer's "sub": never given to another person there
    label        TEXT NOT NULL,           -- for people: the address of mail, or the name there
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    UNIQUE (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX external_accounts_by_user ON external_accounts(user_id, created_at);
