-- What clients remember for a user, on every device or on one.

CREATE TABLE preferences (
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    login_id   TEXT NOT NULL,                     -- of one device; '': of all of them
    body       TEXT NOT NULL,                     -- a JSON object
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, login_id)
) WITHOUT ROWID;
CREATE TRIGGER preferences_go_with_their_device AFTER DELETE ON logins BEGIN
    DELETE FROM preferences WHERE user_id = OLD.user_id AND login_id = OLD.id;
END;
