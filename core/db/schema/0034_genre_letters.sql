-- How many titles of each genre stand under each letter, counted as they come and go, like item_counts.
CREATE TABLE genre_heads (
    genre      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    library_id TEXT NOT NULL,
    head       TEXT NOT NULL,
    items      INTEGER NOT NULL,
    PRIMARY KEY (genre, kind, library_id, head)
) WITHOUT ROWID;

INSERT INTO genre_heads SELECT g.genre, i.kind, i.library_id, substr(i.sort_key, 1, 2), count(*) FROM item_genres g
    JOIN media_items i ON i.num = g.item WHERE i.status <> 'missing' GROUP BY 1, 2, 3, 4;

CREATE TRIGGER genre_heads_more AFTER INSERT ON item_genres BEGIN
    INSERT INTO genre_heads SELECT new.genre, kind, library_id, substr(sort_key, 1, 2), 1 FROM media_items
        WHERE num = new.item AND status <> 'missing' ON CONFLICT DO UPDATE SET items = items + 1;
END;
CREATE TRIGGER genre_heads_less AFTER DELETE ON item_genres BEGIN
    UPDATE genre_heads SET items = items - 1 WHERE genre = old.genre AND (kind, library_id, head) =
        (SELECT kind, library_id, substr(sort_key, 1, 2) FROM media_items WHERE num = old.item AND status <> 'missing');
END;
CREATE TRIGGER genre_heads_other AFTER UPDATE OF kind, library_id, sort_key, status ON media_items
    WHEN old.kind <> new.kind OR old.library_id <> new.library_id OR substr(old.sort_key, 1, 2) <> substr(new.sort_key, 1, 2)
      OR (old.status = 'missing') <> (new.status = 'missing') BEGIN
    UPDATE genre_heads SET items = items - 1 WHERE old.status <> 'missing' AND kind = old.kind AND library_id = old.library_id
        AND head = substr(old.sort_key, 1, 2) AND genre IN (SELECT genre FROM item_genres WHERE item = new.num);
    INSERT INTO genre_heads SELECT genre, new.kind, new.library_id, substr(new.sort_key, 1, 2), 1 FROM item_genres
        WHERE item = new.num AND new.status <> 'missing' ON CONFLICT DO UPDATE SET items = items + 1;
END;
