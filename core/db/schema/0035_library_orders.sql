-- Lists of one library in their order: without these, a library that was added before the others is found behind all of them.
CREATE INDEX media_items_of_library_by_title ON media_items(library_id, kind, sort_key, num) WHERE status <> 'missing';
CREATE INDEX media_items_of_library_by_added ON media_items(library_id, kind, added_at, num) WHERE status <> 'missing';
