-- By what a copy of a library notices that it was put back from a backup: others have what it never gave them.
ALTER TABLE sync_links ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;     -- the place here up to which it was ever given anything
UPDATE sync_links SET offered =
    coalesce((SELECT last_place FROM sync_replicas WHERE sync_replicas.owner_id = sync_links.owner_id), 0);
ALTER TABLE sync_replicas ADD COLUMN former TEXT NOT NULL DEFAULT '';     -- the ids that it had before, the last first
ALTER TABLE sync_replicas ADD COLUMN renewed_at INTEGER NOT NULL DEFAULT 0;
