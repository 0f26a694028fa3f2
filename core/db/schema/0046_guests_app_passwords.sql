-- Guests of a shared library are one person here. An app password that one of them makes ends with the log-in that made
-- it; NULL: with none.
ALTER TABLE app_passwords ADD COLUMN login_id TEXT;
