-- What lists of the catalogue are narrowed by. The rule of `resolution` is that of resolutionOf() in the catalogue: 4 is
-- 2160p, 3 1080p, 2 720p, 1 less, 0 no picture.

ALTER TABLE media_items ADD COLUMN resolution INTEGER NOT NULL GENERATED ALWAYS AS (
    CASE WHEN width >= 3000 OR height >= 1700 THEN 4
         WHEN width >= 1700 OR height >= 900 THEN 3
         WHEN width >= 1100 OR height >= 650 THEN 2
         WHEN width > 0 AND height > 0 THEN 1
         ELSE 0 END) VIRTUAL;
CREATE INDEX media_items_by_resolution ON media_items(resolution, kind) WHERE resolution > 0 AND status <> 'missing';
CREATE INDEX media_items_by_hdr ON media_items(hdr, kind) WHERE hdr > 0 AND status <> 'missing';
CREATE INDEX media_items_by_library ON media_items(library_id, kind, status);
CREATE INDEX media_items_not_ok ON media_items(status, kind) WHERE status <> 'ok';
