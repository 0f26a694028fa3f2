-- Keys that access tokens are signed with, tried refreshes, and whose a log-in is. The private halves of the keys are
-- files of the data folder.

CREATE TABLE signing_keys (
    id           TEXT PRIMARY KEY,        -- RFC 7638 thumbprint: the "kid" of tokens
    created_at   INTEGER NOT NULL,
    signs_from   INTEGER NOT NULL,        -- until the next one does; it is published from the start
    tokens_until INTEGER NOT NULL         -- when the last of the long tokens that it signed runs out
) WITHOUT ROWID;

ALTER TABLE logins ADD COLUMN client_id TEXT NOT NULL DEFAULT 'marea';
ALTER TABLE refresh_tokens ADD COLUMN successor BLOB;  -- hash of the token that it was exchanged for
