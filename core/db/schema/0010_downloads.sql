-- What users had made to keep. The file is found by its key, which names its content: several users may share it. What
-- becomes of it is told by the file and by the job that makes it.

CREATE TABLE downloads (
    id              TEXT PRIMARY KEY,
    user_id         TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id        TEXT NOT NULL,             -- may be gone
    file_id         TEXT NOT NULL,             -- which of the title's files
    name            TEXT NOT NULL,             -- of the file, for people
    mime_type       TEXT NOT NULL,
    quality         TEXT NOT NULL,             -- as it was asked for: "720p"
    format          TEXT NOT NULL,             -- "mp4"
    key             TEXT NOT NULL,             -- of the file; '': the media file as it is
    job_id          TEXT,                      -- of the last making; NULL: nothing to be made
    idempotency_key TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL           -- when it was last asked for or taken
) WITHOUT ROWID;
CREATE UNIQUE INDEX downloads_once ON downloads(user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX downloads_of_user ON downloads(user_id, id);
CREATE INDEX downloads_by_key ON downloads(key);
CREATE INDEX downloads_age ON downloads(updated_at);
