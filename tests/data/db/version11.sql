-- A database of schema version 11, as the release before measured ladders made it. Never edit: migrations are tested from it.
PRAGMA user_version=11;
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
-- A session may play a playlist as well as a file: what follows "/stream/<token>/<title>/" in its URL.
ALTER TABLE playback_sessions RENAME COLUMN file_name TO path;
UPDATE playback_sessions SET path = 'direct/' || path;
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
-- Files on their way into a library, piece by piece. How much has come is the size of the file being written.

CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    library_id TEXT NOT NULL,               -- may be gone: then only its folder is known
    folder     TEXT NOT NULL,               -- of the library
    path       TEXT NOT NULL,               -- in it, where the file will be
    size       INTEGER NOT NULL CHECK (size > 0),
    state      TEXT NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'done')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL             -- when the last piece came
) WITHOUT ROWID;
CREATE UNIQUE INDEX uploads_unfinished ON uploads(library_id, path) WHERE state = 'receiving';
CREATE INDEX uploads_of_user ON uploads(user_id, id);
CREATE INDEX uploads_age ON uploads(state, updated_at);
-- How loud sounds are. Measured values belong to a file's content, so that they outlast its name and its item.

CREATE TABLE sound_measures (
    fingerprint BLOB NOT NULL,                -- as in media_files
    stream      INTEGER NOT NULL,
    main        INTEGER NOT NULL,             -- 1: the one that plays without a choice
    loudness    REAL,                         -- LUFS; NULL: silence
    range       REAL,                         -- LU
    peak        REAL NOT NULL,                -- true peak, 1 is full scale
    stereo_peak REAL NOT NULL,                -- of the mix for two loudspeakers
    seconds     REAL NOT NULL,
    blocks      BLOB NOT NULL,                -- the gating blocks, core::GatingBlocks
    recording   TEXT,                         -- Chromaprint's fingerprint of the beginning
    problem     TEXT,                         -- why it cannot be measured, in words
    measured_at INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, stream)
) WITHOUT ROWID;

-- What lists tell: of tracks, films and albums, measured, else from tags. NULLs: neither.
CREATE TABLE item_loudness (
    item_id  TEXT PRIMARY KEY REFERENCES media_items(id) ON DELETE CASCADE,
    source   TEXT CHECK (source IN ('measured', 'tags')),
    loudness REAL,
    range    REAL,
    peak     REAL,
    basis    TEXT NOT NULL                    -- what it was taken from: when that changes, it is taken anew
) WITHOUT ROWID;
-- Titles that leave encrypted only, and the keys that they are encrypted with.

-- What owners chose, for an item and what is below it, or for a library. The nearest choice counts. No foreign keys:
-- an item may come back with its files.
CREATE TABLE protections (
    target_id  TEXT PRIMARY KEY,              -- a media item's or a library's
    schemes    TEXT NOT NULL,                 -- that it goes out in, separated by spaces; '': in the clear
    user_id    TEXT NOT NULL,                 -- who chose
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One key for each title and scheme, made when it is first needed, and encrypted under a master key that is elsewhere.
CREATE TABLE title_keys (
    key_id     BLOB PRIMARY KEY CHECK (length(key_id) = 16),  -- KID, public
    item_id    TEXT NOT NULL,
    scheme     TEXT NOT NULL CHECK (scheme IN ('aes-128', 'cenc', 'cbcs')),
    master     TEXT NOT NULL,                 -- which master key
    wrapped    BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (item_id, scheme)
) WITHOUT ROWID;
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
-- How titles are encoded, as the owner wants it. A profile is read as the API takes it, and checked again.

CREATE TABLE stream_profiles (
    name       TEXT PRIMARY KEY,
    body       TEXT NOT NULL,               -- JSON
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
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
INSERT INTO media_items(num, id, library_id, kind, identity, title, sort_title, sort_key, added_at, duration)
    VALUES(2,'018bcfe5-6800-7000-8000-000000000021','018bcfe5-6800-7000-8000-000000000010','movie','m:ebb:2021','Ebb','Ebb','ebb',1700000000000,5400.0);
INSERT INTO media_files(num, id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, state, duration, width, height, hdr, info)
    VALUES(2,'018bcfe5-6800-7000-8000-000000000022','018bcfe5-6800-7000-8000-000000000010','018bcfe5-6800-7000-8000-000000000021',1,'Ebb (2021).mkv',2000,1700000000000000000,1,3,X'ccddeeff','ok',5400.0,3840,2160,4,'{"container":"matroska","duration":5400,"streams":[{"kind":0,"codec":"hevc","hdr":4,"dolby_vision_profile":8}]}');
INSERT INTO sound_measures VALUES(X'aabbccdd',1,1,-23.0,8.5,0.5,0.5,5400.0,X'00',NULL,NULL,1700000400000);
INSERT INTO downloads VALUES('018bcfe5-6800-7000-8000-000000000031','018bcfe5-6800-7000-8000-000000000002','018bcfe5-6800-7000-8000-000000000011','018bcfe5-6800-7000-8000-000000000012','Tide (2020).mp4','video/mp4','720p','mp4','k1',NULL,NULL,1700000500000,1700000500000);
INSERT INTO stream_profiles VALUES('slow','{"name":"slow"}',1700000600000);
COMMIT;
