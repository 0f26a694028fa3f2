-- How many files each library has in which state, and how large they are together, counted as they come and go.
CREATE TABLE file_counts (
    library_id TEXT NOT NULL,
    state      TEXT NOT NULL,
    files      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    PRIMARY KEY (library_id, state)
) WITHOUT ROWID;

INSERT INTO file_counts SELECT library_id, state, count(*), sum(size) FROM media_files GROUP BY 1, 2;

CREATE TRIGGER file_counts_more AFTER INSERT ON media_files BEGIN
    INSERT INTO file_counts VALUES (new.library_id, new.state, 1, new.size)
        ON CONFLICT DO UPDATE SET files = files + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER file_counts_less AFTER DELETE ON media_files BEGIN
    UPDATE file_counts SET files = files - 1, bytes = bytes - old.size WHERE library_id = old.library_id AND state = old.state;
END;
CREATE TRIGGER file_counts_other AFTER UPDATE OF library_id, state, size ON media_files
    WHEN old.library_id <> new.library_id OR old.state <> new.state OR old.size <> new.size BEGIN
    UPDATE file_counts SET files = files - 1, bytes = bytes - old.size WHERE library_id = old.library_id AND state = old.state;
    INSERT INTO file_counts VALUES (new.library_id, new.state, 1, new.size)
        ON CONFLICT DO UPDATE SET files = files + 1, bytes = bytes + excluded.bytes;
END;
