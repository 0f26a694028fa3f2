-- The records by which libraries are kept in step (sync/merge). A server keeps one library for each of its users, a
-- desktop one of its own; `owner_id` says whose, and refers to nobody where there are no users.

CREATE TABLE sync_replicas (
    owner_id       TEXT PRIMARY KEY,
    replica_id     TEXT NOT NULL,                 -- '': to be made anew, after a backup was put back
    last_number    INTEGER NOT NULL DEFAULT 0,    -- of its own changes
    clock_ms       INTEGER NOT NULL DEFAULT 0,
    clock_count    INTEGER NOT NULL DEFAULT 0,
    last_place     INTEGER NOT NULL DEFAULT 0,    -- of its records in the order of changes here
    purged_through INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE sync_records (
    owner_id   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    id         TEXT NOT NULL,
    place      INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,                  -- by the clock of this machine
    deleted    INTEGER NOT NULL,                  -- a tombstone
    contested  INTEGER NOT NULL,                  -- has values side by side
    body       TEXT NOT NULL,                     -- as on the wire
    PRIMARY KEY (owner_id, kind, id)
);
CREATE UNIQUE INDEX sync_records_in_order ON sync_records(owner_id, place);
CREATE INDEX sync_records_deleted ON sync_records(owner_id, changed_at) WHERE deleted = 1;
CREATE INDEX sync_records_contested ON sync_records(owner_id, place) WHERE contested = 1;

-- Values that are no longer part of a record, the newest of each library.
CREATE TABLE sync_history (
    owner_id TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,                    -- when it was replaced here
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    cell     TEXT NOT NULL,
    body     TEXT NOT NULL,                       -- the version, as on the wire
    PRIMARY KEY (owner_id, seq)
) WITHOUT ROWID;

-- The other replicas, and how far the exchange with each has got.
CREATE TABLE sync_links (
    owner_id   TEXT NOT NULL,
    replica_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    login_id   TEXT,                              -- of a device that is signed in
    created_at INTEGER NOT NULL,
    synced_at  INTEGER,
    taken      INTEGER NOT NULL DEFAULT 0,        -- its place up to which everything is here
    horizon    INTEGER NOT NULL DEFAULT 0,        -- of its last answer
    given      INTEGER NOT NULL DEFAULT 0,        -- the place here up to which it has everything
    certificate TEXT NOT NULL DEFAULT '',         -- of a paired device: SHA-256 of the one that it has to show
    scope      TEXT NOT NULL DEFAULT '',          -- and what it may see; '': everything
    PRIMARY KEY (owner_id, replica_id)
) WITHOUT ROWID;
CREATE INDEX sync_links_of_login ON sync_links(login_id) WHERE login_id IS NOT NULL;

CREATE TRIGGER sync_links_go_with_their_login AFTER DELETE ON logins BEGIN
    DELETE FROM sync_links WHERE login_id = OLD.id;
END;
CREATE TRIGGER sync_goes_with_its_user AFTER DELETE ON users BEGIN
    DELETE FROM sync_replicas WHERE owner_id = OLD.id;
    DELETE FROM sync_records WHERE owner_id = OLD.id;
    DELETE FROM sync_history WHERE owner_id = OLD.id;
    DELETE FROM sync_links WHERE owner_id = OLD.id;
END;
