-- How many titles there are, counted as they come and go, so that nobody counts a million rows for a number. What is
-- missing does not count. `head` is what the key of a title begins with: its letter, or two signs of it.
CREATE TABLE item_counts (
    kind       TEXT NOT NULL,
    library_id TEXT NOT NULL,
    head       TEXT NOT NULL,
    items      INTEGER NOT NULL,
    PRIMARY KEY (kind, library_id, head)
) WITHOUT ROWID;

-- The same of each genre, folded as in item_genres.
CREATE TABLE genre_counts (
    genre      TEXT NOT NULL,
    library_id TEXT NOT NULL,
    kind       TEXT NOT NULL,
    items      INTEGER NOT NULL,
    PRIMARY KEY (genre, library_id, kind)
) WITHOUT ROWID;

INSERT INTO item_counts SELECT kind, library_id, substr(sort_key, 1, 2), count(*) FROM media_items
    WHERE status <> 'missing' GROUP BY 1, 2, 3;
INSERT INTO genre_counts SELECT g.genre, i.library_id, i.kind, count(*) FROM item_genres g
    JOIN media_items i ON i.num = g.item WHERE i.status <> 'missing' GROUP BY 1, 2, 3;

CREATE TRIGGER item_counts_more AFTER INSERT ON media_items WHEN new.status <> 'missing' BEGIN
    INSERT INTO item_counts VALUES (new.kind, new.library_id, substr(new.sort_key, 1, 2), 1)
        ON CONFLICT DO UPDATE SET items = items + 1;
END;

-- Genres go first, while it is known whose they are.
CREATE TRIGGER item_counts_genres BEFORE DELETE ON media_items BEGIN
    DELETE FROM item_genres WHERE item = old.num;
END;
CREATE TRIGGER item_counts_less AFTER DELETE ON media_items WHEN old.status <> 'missing' BEGIN
    UPDATE item_counts SET items = items - 1
        WHERE kind = old.kind AND library_id = old.library_id AND head = substr(old.sort_key, 1, 2);
END;

CREATE TRIGGER item_counts_other AFTER UPDATE OF kind, library_id, sort_key, status ON media_items
    WHEN old.kind <> new.kind OR old.library_id <> new.library_id OR substr(old.sort_key, 1, 2) <> substr(new.sort_key, 1, 2)
      OR (old.status = 'missing') <> (new.status = 'missing') BEGIN
    UPDATE item_counts SET items = items - 1 WHERE old.status <> 'missing'
        AND kind = old.kind AND library_id = old.library_id AND head = substr(old.sort_key, 1, 2);
    INSERT INTO item_counts SELECT new.kind, new.library_id, substr(new.sort_key, 1, 2), 1 WHERE new.status <> 'missing'
        ON CONFLICT DO UPDATE SET items = items + 1;
END;
CREATE TRIGGER genre_counts_other AFTER UPDATE OF kind, library_id, status ON media_items
    WHEN old.kind <> new.kind OR old.library_id <> new.library_id OR (old.status = 'missing') <> (new.status = 'missing') BEGIN
    UPDATE genre_counts SET items = items - 1 WHERE old.status <> 'missing' AND library_id = old.library_id
        AND kind = old.kind AND genre IN (SELECT genre FROM item_genres WHERE item = new.num);
    INSERT INTO genre_counts SELECT genre, new.library_id, new.kind, 1 FROM item_genres
        WHERE item = new.num AND new.status <> 'missing' ON CONFLICT DO UPDATE SET items = items + 1;
END;

CREATE TRIGGER genre_counts_more AFTER INSERT ON item_genres BEGIN
    INSERT INTO genre_counts SELECT new.genre, library_id, kind, 1 FROM media_items
        WHERE num = new.item AND status <> 'missing' ON CONFLICT DO UPDATE SET items = items + 1;
END;
CREATE TRIGGER genre_counts_less AFTER DELETE ON item_genres BEGIN
    UPDATE genre_counts SET items = items - 1 WHERE genre = old.genre AND (library_id, kind) =
        (SELECT library_id, kind FROM media_items WHERE num = old.item AND status <> 'missing');
END;
