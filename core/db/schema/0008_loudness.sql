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
