-- Lists by artist and by album, with the order of tracks inside. These keys compare as bytes: char(1) stands before all
-- that names are made of, and who has no artist, no album stands first. Names are cut so that a cursor stays short.
ALTER TABLE media_items ADD COLUMN by_artist TEXT NOT NULL DEFAULT '';
ALTER TABLE media_items ADD COLUMN by_album TEXT NOT NULL DEFAULT '';

-- What they are now. A track that has its number in an album needs no title; albums of one name stand apart by artist.
CREATE VIEW item_orders AS
    WITH names AS (
        SELECT i.num, substr(CASE i.kind WHEN 'artist' THEN i.sort_key ELSE coalesce(artist.sort_key, '') END, 1, 60) AS artist,
            substr(CASE i.kind WHEN 'album' THEN i.sort_key ELSE coalesce(album.sort_key, '') END, 1, 60) AS album,
            substr(coalesce(maker.sort_key, artist.sort_key, ''), 1, 60) AS maker,
            printf('%04d%05d', coalesce(i.disc, 0), coalesce(i.track, 0)) || char(1)
                || CASE WHEN i.track > 0 THEN '' ELSE substr(i.sort_key, 1, 60) END AS place
        FROM media_items i LEFT JOIN media_items artist ON artist.id = i.artist_id
            LEFT JOIN media_items album ON album.id = i.album_id LEFT JOIN media_items maker ON maker.id = album.artist_id)
    SELECT num, artist || char(1) || album || char(1) || place AS by_artist,
        album || char(1) || maker || char(1) || place AS by_album FROM names;

UPDATE media_items SET (by_artist, by_album) =
    (SELECT o.by_artist, o.by_album FROM item_orders o WHERE o.num = media_items.num);

-- For these lists alone: what goes through all of a kind in no order would read it out of its own.
CREATE INDEX media_items_by_artist ON media_items(kind, by_artist, num) WHERE status <> 'missing' AND by_artist <> '';
CREATE INDEX media_items_by_album ON media_items(kind, by_album, num) WHERE status <> 'missing' AND by_album <> '';

CREATE TRIGGER item_orders_new AFTER INSERT ON media_items BEGIN
    UPDATE media_items SET (by_artist, by_album) = (SELECT o.by_artist, o.by_album FROM item_orders o WHERE o.num = new.num)
        WHERE num = new.num;
END;
CREATE TRIGGER item_orders_own AFTER UPDATE OF kind, sort_key, artist_id, album_id, disc, track ON media_items
    WHEN old.kind <> new.kind OR old.sort_key <> new.sort_key OR old.artist_id IS NOT new.artist_id
      OR old.album_id IS NOT new.album_id OR old.disc IS NOT new.disc OR old.track IS NOT new.track BEGIN
    UPDATE media_items SET (by_artist, by_album) = (SELECT o.by_artist, o.by_album FROM item_orders o WHERE o.num = new.num)
        WHERE num = new.num;
END;
-- The titles of an artist and of an album, and those of an artist's albums.
CREATE TRIGGER item_orders_parts AFTER UPDATE OF sort_key, artist_id ON media_items
    WHEN new.kind IN ('artist', 'album') AND (old.sort_key <> new.sort_key OR old.artist_id IS NOT new.artist_id) BEGIN
    UPDATE media_items SET (by_artist, by_album) =
        (SELECT o.by_artist, o.by_album FROM item_orders o WHERE o.num = media_items.num)
        WHERE num IN (
            SELECT num FROM media_items INDEXED BY media_items_of_artist WHERE artist_id = new.id
            UNION SELECT num FROM media_items INDEXED BY media_items_of_album WHERE album_id = new.id
            UNION SELECT t.num FROM media_items a INDEXED BY media_items_of_artist
                CROSS JOIN media_items t INDEXED BY media_items_of_album ON t.album_id = a.id WHERE a.artist_id = new.id);
END;
