-- The words of the search, with how many items have them.
CREATE VIRTUAL TABLE search_words USING fts5vocab(search, row);
