-- What a Dolby Vision stream's base layer is to other screens is known of files that are described from now on: those
-- that were described before (4 is HdrKind::DolbyVision) are looked at again by the next scan, as if they had changed.

UPDATE scan_folders SET signature = NULL WHERE num IN (SELECT folder FROM media_files WHERE hdr = 4);
UPDATE media_files SET mtime_ns = mtime_ns - 1 WHERE hdr = 4;
