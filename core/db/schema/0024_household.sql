-- Who may see what of the libraries, and the ratings of titles that children's limits go by.

-- What an owner laid down for a person, where it is not the usual: members have every library, children none.
CREATE TABLE user_rights (
    user_id       TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    all_libraries INTEGER NOT NULL CHECK (all_libraries IN (0, 1)),  -- 0: those of library_grants
    age_limit     INTEGER NOT NULL DEFAULT 0,  -- of children: what is for that age at most
    unrated       INTEGER NOT NULL DEFAULT 0 CHECK (unrated IN (0, 1))  -- of children: also what has no rating
) WITHOUT ROWID;

CREATE TABLE library_grants (
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    library_id TEXT NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, library_id)
) WITHOUT ROWID;
CREATE INDEX library_grants_by_library ON library_grants(library_id);

-- Children that are there already keep their libraries, and have a limit from now on.
INSERT INTO user_rights(user_id, all_libraries, age_limit) SELECT id, 1, 6 FROM users WHERE role = 'child';

ALTER TABLE media_items ADD COLUMN content_rating TEXT;             -- as it was found: "FSK 12"
ALTER TABLE media_items ADD COLUMN series_rating TEXT;              -- of episodes without their own: their series'
ALTER TABLE media_items ADD COLUMN age INTEGER;                     -- from which something of it may be seen; NULL: unknown
ALTER TABLE media_items ADD COLUMN unrated INTEGER NOT NULL DEFAULT 1;  -- of something of it no age is known

-- What .nfo files say of ratings is read by the next scan.
UPDATE scan_folders SET signature = NULL WHERE num IN (SELECT folder FROM sidecars WHERE kind = 'nfo');
