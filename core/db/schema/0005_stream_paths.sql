-- A session may play a playlist as well as a file: what follows "/stream/<token>/<title>/" in its URL.
ALTER TABLE playback_sessions RENAME COLUMN file_name TO path;
UPDATE playback_sessions SET path = 'direct/' || path;
