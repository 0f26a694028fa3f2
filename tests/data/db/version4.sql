-- A database of schema version 4, as the release before the farm's queue made it. Never edit: migrations are tested from it.
PRAGMA user_version=4;
PRAGMA application_id=1296126533;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
-- Who may use the server: people, their log-ins (one a device), refresh tokens and revocations.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,   -- the name folded, so that "Ana" and "ana" are one
    password_hash TEXT NOT NULL,          -- Argon2id in libsodium's string form
    role          TEXT NOT NULL CHECK (role IN ('owner', 'member', 'child')),
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE logins (
    id           TEXT PRIMARY KEY,        -- the "sid" of access tokens and the family of refresh tokens
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    device_name  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX logins_by_user ON logins(user_id, created_at);

-- Every refresh token of a log-in, also those used up: one that comes back a second time was stolen.
CREATE TABLE refresh_tokens (
    token_hash BLOB PRIMARY KEY,          -- SHA-256 of the token, which has 256 random bits
    login_id   TEXT NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_login ON refresh_tokens(login_id);

-- Log-ins that are no longer: access and stream tokens issued to them are refused until they would have run out.
CREATE TABLE revocations (
    login_id TEXT PRIMARY KEY,
    until    INTEGER NOT NULL
) WITHOUT ROWID;
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
-- What each user made of the items: read tables, and the events that they follow from. Rows of items that are gone
-- stay (no foreign key to them): the item may come back with its files.

CREATE TABLE user_library (
    user_id        TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id       TEXT NOT NULL,
    rating         INTEGER CHECK (rating BETWEEN 1 AND 10),
    position       REAL NOT NULL DEFAULT 0,       -- seconds to resume from; 0: from the start
    watched        INTEGER NOT NULL DEFAULT 0,
    favourite      INTEGER NOT NULL DEFAULT 0,
    play_count     INTEGER NOT NULL DEFAULT 0,
    last_played_at INTEGER,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;
CREATE INDEX user_library_in_progress ON user_library(user_id, last_played_at, media_id) WHERE position > 0;
CREATE INDEX user_library_watched ON user_library(user_id, updated_at, media_id) WHERE watched = 1;
CREATE INDEX user_library_favourite ON user_library(user_id, updated_at, media_id) WHERE favourite = 1;
CREATE INDEX user_library_rated ON user_library(user_id, updated_at, media_id) WHERE rating IS NOT NULL;
CREATE INDEX user_library_of_item ON user_library(media_id);

-- One row for each time something was played. Positions here and in user_library are state: saved now and then. A
-- row holds all that its session needs to go on after a restart of the server.
CREATE TABLE playback_sessions (
    id            TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    login_id      TEXT NOT NULL,                  -- the device; signing it out ends its stream URLs
    media_id      TEXT NOT NULL,
    kind          TEXT NOT NULL,                  -- of the item
    file_name     TEXT NOT NULL,                  -- as in the stream URL: "<file id>.<extension>"
    mode          TEXT NOT NULL CHECK (mode IN ('direct', 'remux', 'transcode')),
    started_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    ended_at      INTEGER,                        -- NULL: going on, or cut off by the end of the server
    expires_at    INTEGER NOT NULL,               -- of its stream URL
    duration      REAL NOT NULL,                  -- seconds
    credits_start REAL NOT NULL,                  -- seconds, 0: none
    position      REAL NOT NULL,                  -- seconds
    reported      INTEGER NOT NULL DEFAULT 0,     -- the player said a position at least once
    completed     INTEGER NOT NULL DEFAULT 0      -- reached the end or its credits
) WITHOUT ROWID;
CREATE INDEX playback_sessions_of_user ON playback_sessions(user_id, started_at);
CREATE INDEX playback_sessions_open ON playback_sessions(updated_at) WHERE ended_at IS NULL;

-- Every change to a user's library, appended in the transaction that makes it. `seq` counts from 1 for each user
-- without a gap; `version` is that of the form of `data`.
CREATE TABLE events (
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    type    TEXT NOT NULL,                        -- RATED, FAVOURITED, WATCHED, PLAYED
    version INTEGER NOT NULL,
    media_id TEXT,
    session_id TEXT,                              -- of a PLAYED event: there is one for each session at most
    data    TEXT NOT NULL,                        -- JSON
    PRIMARY KEY (user_id, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX events_once_a_session ON events(session_id, type) WHERE session_id IS NOT NULL;
-- The series of a folder, which every scanned folder asks for.
CREATE INDEX media_items_series_folders ON media_items(library_id, folder) WHERE kind = 'series';
INSERT INTO settings VALUES('server_id','018bcfe5-6800-7000-8000-000000000001');
INSERT INTO users VALUES('018bcfe5-6800-7000-8000-000000000002','Ana','ana','$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA','owner',1700000000000);
INSERT INTO logins VALUES('018bcfe5-6800-7000-8000-000000000003','018bcfe5-6800-7000-8000-000000000002','Laptop',1700000000000,1700000100000,1800000000000);
INSERT INTO refresh_tokens VALUES(X'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','018bcfe5-6800-7000-8000-000000000003',1700000000000,1800000000000,NULL);
INSERT INTO libraries VALUES('018bcfe5-6800-7000-8000-000000000010','Films','/srv/films',1700000000000,1700000200000,NULL);
INSERT INTO scan_folders VALUES(1,'018bcfe5-6800-7000-8000-000000000010','',X'00112233');
INSERT INTO media_items(num, id, library_id, kind, identity, title, sort_title, sort_key, added_at, duration)
    VALUES(1,'018bcfe5-6800-7000-8000-000000000011','018bcfe5-6800-7000-8000-000000000010','movie','m:tide:2020','Tide','Tide','tide',1700000000000,5400.0);
INSERT INTO media_files(num, id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, state, duration, width, height)
    VALUES(1,'018bcfe5-6800-7000-8000-000000000012','018bcfe5-6800-7000-8000-000000000010','018bcfe5-6800-7000-8000-000000000011',1,'Tide (2020).mkv',1000,1700000000000000000,1,2,X'aabbccdd','ok',5400.0,1920,1080);
INSERT INTO user_library(user_id, media_id, position, updated_at) VALUES('018bcfe5-6800-7000-8000-000000000002','018bcfe5-6800-7000-8000-000000000011',60.0,1700000300000);
INSERT INTO events VALUES('018bcfe5-6800-7000-8000-000000000002',1,1700000300000,'RATED',1,'018bcfe5-6800-7000-8000-000000000011',NULL,'{"rating":8}');
COMMIT;
