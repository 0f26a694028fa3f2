-- How much of what was bought, and may still be given back, was sent to whom: a title in 64 parts, each a bit. It stays when
-- something is given back, so that nobody has a title piece by piece by buying it again and again.
CREATE TABLE deliveries (
    user_id  TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id TEXT NOT NULL,
    parts    INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;
