-- Titles that belong together: as owners say, or as the <set> of films' .nfo files does (`identity`: its folded name).

CREATE TABLE collections (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    overview   TEXT NOT NULL,
    identity   TEXT UNIQUE,                    -- NULL: an owner's
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX collections_by_name ON collections(sort_key, id);

CREATE TABLE collection_members (
    collection_id TEXT NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
    item          INTEGER NOT NULL REFERENCES media_items(num) ON DELETE CASCADE,
    rank          INTEGER NOT NULL,            -- the owner's order; of a set 0: by year
    PRIMARY KEY (collection_id, item)
) WITHOUT ROWID;
CREATE INDEX collection_members_by_item ON collection_members(item);

-- What .nfo files say of sets is read by the next scan.
UPDATE scan_folders SET signature = NULL WHERE num IN (SELECT folder FROM sidecars WHERE kind = 'nfo');
