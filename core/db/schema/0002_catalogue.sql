-- What the libraries hold. `num` is the short key that indexes and the search use; `id` is what the wire sees.

CREATE TABLE libraries (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    path         TEXT NOT NULL UNIQUE,        -- absolute folder
    created_at   INTEGER NOT NULL,
    last_scan_at INTEGER,                     -- the last scan that found something to write
    problem      TEXT                         -- why the last scan failed, in words
) WITHOUT ROWID;

-- Folders that were scanned to their end. `signature` digests names, sizes, times and inodes of the files within, so
-- that an unchanged folder costs one row however many files it holds; NULL: has to be looked at again.
CREATE TABLE scan_folders (
    num        INTEGER PRIMARY KEY,
    library_id TEXT NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
    path       TEXT NOT NULL,                 -- relative to the library, '' for itself
    signature  BLOB,
    UNIQUE (library_id, path)
);

CREATE TABLE media_items (
    num             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    library_id      TEXT NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
    kind            TEXT NOT NULL CHECK (kind IN ('movie', 'series', 'season', 'episode', 'video', 'artist', 'album',
                                                  'track', 'audiobook')),
    identity        TEXT NOT NULL,            -- what makes it the same item again, from tags and names
    title           TEXT NOT NULL,
    sort_title      TEXT NOT NULL,
    sort_key        TEXT NOT NULL,            -- sort_title folded, numbers padded: compares as bytes
    status          TEXT NOT NULL DEFAULT 'ok' CHECK (status IN ('ok', 'broken', 'missing')),
    problem         TEXT,
    added_at        INTEGER NOT NULL,
    duration        REAL NOT NULL DEFAULT 0,
    year            INTEGER NOT NULL DEFAULT 0,
    series_id       TEXT, season_id TEXT, artist_id TEXT, album_id TEXT,
    season          INTEGER, episode INTEGER, disc INTEGER, track INTEGER,
    series          TEXT, artist TEXT, album_artist TEXT, album TEXT,
    genres          TEXT,                     -- separated by newlines, each one line
    overview        TEXT,
    people          TEXT,                     -- directors and actors, for the search
    folder          TEXT,                     -- of a series: where its tvshow.nfo and pictures are
    width           INTEGER NOT NULL DEFAULT 0,
    height          INTEGER NOT NULL DEFAULT 0,
    hdr             INTEGER NOT NULL DEFAULT 0,
    child_count     INTEGER NOT NULL DEFAULT 0,
    popularity      INTEGER NOT NULL DEFAULT 0,   -- plays, brought up to date now and then
    artwork_kind    TEXT CHECK (artwork_kind IN ('sidecar', 'file')),
    artwork_source  TEXT,                     -- id of the sidecar or of the file with an embedded picture
    artwork_version TEXT,                     -- eight hexadecimal digits that change with the picture
    search_row      INTEGER NOT NULL DEFAULT 0    -- its rowid in `search`, 0: not there
);
CREATE INDEX media_items_by_identity ON media_items(identity, library_id, kind);
CREATE INDEX media_items_by_title ON media_items(kind, sort_key, num) WHERE status <> 'missing';
CREATE INDEX media_items_by_added ON media_items(kind, added_at, num) WHERE status <> 'missing';
CREATE INDEX media_items_by_year ON media_items(kind, year, num) WHERE status <> 'missing';
CREATE INDEX media_items_by_duration ON media_items(kind, duration, num) WHERE status <> 'missing';
CREATE INDEX media_items_by_popularity ON media_items(kind, popularity, num) WHERE status <> 'missing';
CREATE INDEX media_items_of_album ON media_items(album_id, disc, track) WHERE album_id IS NOT NULL;
CREATE INDEX media_items_of_artist ON media_items(artist_id, kind) WHERE artist_id IS NOT NULL;
CREATE INDEX media_items_of_season ON media_items(season_id, episode) WHERE season_id IS NOT NULL;
CREATE INDEX media_items_of_series ON media_items(series_id, kind) WHERE series_id IS NOT NULL;

CREATE TABLE item_genres (
    genre TEXT NOT NULL,                      -- folded
    item  INTEGER NOT NULL REFERENCES media_items(num) ON DELETE CASCADE,
    PRIMARY KEY (genre, item)
) WITHOUT ROWID;
CREATE INDEX item_genres_by_item ON item_genres(item);

CREATE TABLE media_files (
    num           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    library_id    TEXT NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
    item_id       TEXT,                       -- NULL: probed, its folder is not finished yet
    folder        INTEGER NOT NULL REFERENCES scan_folders(num) ON DELETE CASCADE,
    path          TEXT NOT NULL,              -- relative to the library
    size          INTEGER NOT NULL,
    mtime_ns      INTEGER NOT NULL,
    device        INTEGER NOT NULL,
    inode         INTEGER NOT NULL,
    fingerprint   BLOB,                       -- BLAKE2b of size and samples; NULL when it could not be read
    state         TEXT NOT NULL CHECK (state IN ('ok', 'broken', 'quarantined', 'missing')),
    problem       TEXT,
    missing_since INTEGER,
    part          INTEGER NOT NULL DEFAULT 0,
    version       TEXT,
    duration      REAL NOT NULL DEFAULT 0,
    width         INTEGER NOT NULL DEFAULT 0,
    height        INTEGER NOT NULL DEFAULT 0,
    hdr           INTEGER NOT NULL DEFAULT 0,
    has_cover     INTEGER NOT NULL DEFAULT 0,
    info          TEXT                        -- core::MediaInfo as JSON; NULL when it could not be probed
);
CREATE INDEX media_files_of_folder ON media_files(folder);
CREATE INDEX media_files_of_item ON media_files(item_id);
CREATE INDEX media_files_by_fingerprint ON media_files(fingerprint);
CREATE INDEX media_files_by_inode ON media_files(inode);
CREATE INDEX media_files_missing ON media_files(missing_since) WHERE missing_since IS NOT NULL;

CREATE TABLE sidecars (
    num              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    library_id       TEXT NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
    folder           INTEGER NOT NULL REFERENCES scan_folders(num) ON DELETE CASCADE,
    file_id          TEXT,                    -- the file it stands beside; NULL: of the folder
    name             TEXT NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('subtitle', 'lyrics', 'image', 'nfo')),
    language         TEXT,
    forced           INTEGER NOT NULL DEFAULT 0,
    hearing_impaired INTEGER NOT NULL DEFAULT 0,
    is_default       INTEGER NOT NULL DEFAULT 0,
    format           TEXT NOT NULL,
    rank             INTEGER NOT NULL DEFAULT 0,  -- of images: 1 is the best picture, 0 none
    size             INTEGER NOT NULL,
    mtime_ns         INTEGER NOT NULL,
    data             TEXT                     -- what an .nfo says, as JSON
);
CREATE UNIQUE INDEX sidecars_of_folder ON sidecars(folder, name);
CREATE INDEX sidecars_of_file ON sidecars(file_id) WHERE file_id IS NOT NULL;

-- Folded text. Rowids ascend from the most to the least popular, so that the first candidates in rowid order are the
-- ones worth ranking.
CREATE VIRTUAL TABLE search USING fts5(title, people, more, kind UNINDEXED, item UNINDEXED,
                                       tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
