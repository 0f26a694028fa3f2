-- How many changes a replica is known to have made, by its own word or that of the account's server: what others say of
-- more is believed within bounds (sync/merge/replica.h).
CREATE TABLE sync_heard (
    owner_id   TEXT NOT NULL,
    replica_id TEXT NOT NULL,
    number     INTEGER NOT NULL,
    PRIMARY KEY (owner_id, replica_id)
) WITHOUT ROWID;
CREATE TRIGGER sync_heard_goes_with_its_user AFTER DELETE ON users BEGIN
    DELETE FROM sync_heard WHERE owner_id = OLD.id;
END;

-- What devices were called that are signed out, or have another id since: values of theirs may still stand beside others.
CREATE TABLE sync_names (
    owner_id   TEXT NOT NULL,
    replica_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    seq        INTEGER NOT NULL,                  -- the last ones of each owner are kept
    PRIMARY KEY (owner_id, replica_id)
) WITHOUT ROWID;
CREATE TRIGGER sync_names_are_kept AFTER DELETE ON sync_links
    WHEN EXISTS (SELECT 1 FROM users WHERE id = OLD.owner_id) BEGIN
    INSERT OR REPLACE INTO sync_names SELECT OLD.owner_id, OLD.replica_id, OLD.name,
        coalesce((SELECT max(seq) FROM sync_names WHERE owner_id = OLD.owner_id), 0) + 1;
    DELETE FROM sync_names WHERE owner_id = OLD.owner_id
        AND seq <= (SELECT max(seq) FROM sync_names WHERE owner_id = OLD.owner_id) - 1000;
END;
CREATE TRIGGER sync_names_go_with_their_user AFTER DELETE ON users BEGIN
    DELETE FROM sync_names WHERE owner_id = OLD.id;
END;
