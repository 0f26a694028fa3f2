-- Files on their way into a library, piece by piece. How much has come is the size of the file being written.

CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    library_id TEXT NOT NULL,               -- may be gone: then only its folder is known
    folder     TEXT NOT NULL,               -- of the library
    path       TEXT NOT NULL,               -- in it, where the file will be
    size       INTEGER NOT NULL CHECK (size > 0),
    state      TEXT NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'done')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL             -- when the last piece came
) WITHOUT ROWID;
CREATE UNIQUE INDEX uploads_unfinished ON uploads(library_id, path) WHERE state = 'receiving';
CREATE INDEX uploads_of_user ON uploads(user_id, id);
CREATE INDEX uploads_age ON uploads(state, updated_at);
