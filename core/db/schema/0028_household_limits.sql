-- How many devices and streams a person may have at once, and whom a repeated request made.

ALTER TABLE user_rights ADD COLUMN max_devices INTEGER;  -- NULL: as the household has it
ALTER TABLE user_rights ADD COLUMN max_streams INTEGER;  -- NULL: as the household has it

CREATE TABLE member_requests (
    owner_id        TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    idempotency_key TEXT NOT NULL,
    member_id       TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    PRIMARY KEY (owner_id, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX member_requests_by_member ON member_requests(member_id);
