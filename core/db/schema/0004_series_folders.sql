-- The series of a folder, which every scanned folder asks for.
CREATE INDEX media_items_series_folders ON media_items(library_id, folder) WHERE kind = 'series';
