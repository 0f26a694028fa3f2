-- Lists of titles. They follow from their owner's events, also what others changed in them.

CREATE TABLE playlists (
    id          TEXT PRIMARY KEY,
    owner_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    visibility  TEXT NOT NULL CHECK (visibility IN ('private', 'public', 'collaborative')),
    rules       TEXT,                             -- JSON, of a smart one: it has no entries
    revision    INTEGER NOT NULL,                 -- the seq of the last event about it
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX playlists_of_owner ON playlists(owner_id, id);
CREATE INDEX playlists_shared ON playlists(id) WHERE visibility <> 'private';

-- Entries keep their ids and ranks whatever happens to others, so that changes by several people all hold.
CREATE TABLE playlist_entries (
    playlist_id TEXT NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    media_id    TEXT NOT NULL,                    -- may be gone
    rank        INTEGER NOT NULL,                 -- the order; with gaps between
    added_by    TEXT NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (playlist_id, id)
) WITHOUT ROWID;
CREATE INDEX playlist_entries_in_order ON playlist_entries(playlist_id, rank, id);

ALTER TABLE events ADD COLUMN playlist_id TEXT;
ALTER TABLE events ADD COLUMN actor_id TEXT;      -- who did it to the user's playlist; NULL: the user
CREATE INDEX events_of_playlist ON events(user_id, playlist_id, seq) WHERE playlist_id IS NOT NULL;
