-- Whether a picture is in fields, and whether HEVC in MP4 is "hev1", is known of files that are described from now on:
-- those that may be so and were described before are looked at again by the next scan, as if they had changed.

CREATE TABLE described_before AS
    SELECT f.num, f.folder FROM media_files f WHERE f.info IS NOT NULL AND EXISTS (
        SELECT 1 FROM json_each(f.info, '$.streams') s
        WHERE (json_extract(s.value, '$.codec') = 'hevc' AND json_extract(f.info, '$.container') IN ('mp4', 'mov'))
           OR (json_extract(s.value, '$.codec') = 'h264' AND f.height IN (480, 486, 576, 1080, 1088)
               AND coalesce(json_extract(s.value, '$.frame_rate'), 0) BETWEEN 24.9 AND 60));
UPDATE scan_folders SET signature = NULL WHERE num IN (SELECT folder FROM described_before);
UPDATE media_files SET mtime_ns = mtime_ns - 1 WHERE num IN (SELECT num FROM described_before);
DROP TABLE described_before;
