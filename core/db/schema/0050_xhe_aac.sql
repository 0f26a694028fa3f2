-- xHE-AAC is told apart from AAC in files that are described from now on. What was described before as AAC without a
-- profile that AAC has is looked at again by the next scan, as if it had changed.

CREATE TABLE described_before AS
    SELECT f.num, f.folder FROM media_files f WHERE f.info IS NOT NULL AND EXISTS (
        SELECT 1 FROM json_each(f.info, '$.streams') s
        WHERE json_extract(s.value, '$.codec') = 'aac'
          AND coalesce(json_extract(s.value, '$.profile'), '') IN ('', 'xhe-aac', 'usac'));
UPDATE scan_folders SET signature = NULL WHERE num IN (SELECT folder FROM described_before);
UPDATE media_files SET mtime_ns = mtime_ns - 1 WHERE num IN (SELECT num FROM described_before);
DROP TABLE described_before;
