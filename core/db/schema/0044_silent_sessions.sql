-- Playbacks that ended because their player was not heard of. They go on when it is heard of again.

ALTER TABLE playback_sessions ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
