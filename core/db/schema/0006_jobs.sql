-- The farm's queue: work that outlasts a request and a restart. Whoever works on a job holds a lease on it, and loses
-- it when no sign of life comes in time.

CREATE TABLE jobs (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,                   -- which handler does it: "sprites"
    key          TEXT NOT NULL,                   -- what it is about; one unfinished job for each kind and key
    user_id      TEXT REFERENCES users(id) ON DELETE CASCADE,  -- for whom; NULL: for the server itself
    priority     INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),  -- live, interactive, download, batch
    state        TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'leased', 'done', 'failed', 'cancelled')),
    payload      TEXT NOT NULL,                   -- JSON
    result       TEXT,                            -- JSON, when done
    progress     REAL NOT NULL DEFAULT 0,         -- 0 to 1
    attempts     INTEGER NOT NULL DEFAULT 0,      -- begun so far; those given back do not count
    max_attempts INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,                -- also the order within a user's jobs
    leases       INTEGER NOT NULL DEFAULT 0,      -- given so far: tells a lease from an earlier one
    lease_owner  TEXT,
    lease_until  INTEGER,
    taken_at     INTEGER,                         -- the last lease's beginning
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    error        TEXT                             -- of the last attempt, in words
) WITHOUT ROWID;
CREATE UNIQUE INDEX jobs_unfinished ON jobs(kind, key) WHERE state IN ('queued', 'leased');
-- The head of every user's line, by kind.
CREATE INDEX jobs_next ON jobs(priority, coalesce(user_id, ''), kind, not_before, id) WHERE state = 'queued';
CREATE INDEX jobs_due ON jobs(not_before) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs(lease_until) WHERE state = 'leased';
CREATE INDEX jobs_served ON jobs(coalesce(user_id, ''), taken_at);
CREATE INDEX jobs_finished ON jobs(updated_at) WHERE state IN ('done', 'failed', 'cancelled');
CREATE INDEX jobs_by_key ON jobs(kind, key);
CREATE INDEX jobs_of_user ON jobs(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX jobs_by_state ON jobs(state, id);
