-- Who did what to what, from where, when, and how it went. Rows are added and never changed; what is older than the
-- retention may go, and nothing else.

CREATE TABLE audit (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    action     TEXT NOT NULL,
    user_id    TEXT,                     -- no reference: entries outlive people
    username   TEXT,                     -- as it was then; of a log-in, as it was typed
    subject    TEXT,
    peer       TEXT,
    request_id TEXT,
    status     INTEGER NOT NULL          -- of the answer; 0: from the command line
);
CREATE INDEX audit_by_action ON audit(action, seq);
CREATE INDEX audit_by_user ON audit(user_id, seq);

CREATE TABLE audit_retention (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    kept_from INTEGER NOT NULL
);
INSERT INTO audit_retention VALUES (1, 0);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at >= (SELECT kept_from FROM audit_retention)
BEGIN SELECT RAISE(ABORT, 'the audit log is kept'); END;
CREATE TRIGGER audit_retention_goes_forward BEFORE UPDATE ON audit_retention
WHEN NEW.kept_from < OLD.kept_from
BEGIN SELECT RAISE(ABORT, 'what was forgotten is gone'); END;
CREATE TRIGGER audit_retention_stays BEFORE DELETE ON audit_retention
BEGIN SELECT RAISE(ABORT, 'the retention stays'); END;
