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
