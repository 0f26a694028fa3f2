-- What is sold: products made of titles, orders, what was paid, and what it entitles to. Money is a whole number of minor
-- units with an ISO 4217 code.

-- Their titles are seen by whoever bought them, and by owners.
CREATE TABLE sale_libraries (
    library_id TEXT PRIMARY KEY REFERENCES libraries(id) ON DELETE CASCADE
) WITHOUT ROWID;

-- Where people buy, as an owner says; who is not there buys where the store is.
CREATE TABLE store_regions (
    user_id TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    region  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE products (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('single', 'album', 'season', 'series', 'bundle')),
    title      TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    overview   TEXT NOT NULL DEFAULT '',
    state      TEXT NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
    pricing    TEXT NOT NULL CHECK (pricing IN ('fixed', 'free', 'choose')),
    prices     TEXT NOT NULL,                  -- JSON: code → minor units; of "choose" the least
    sales      TEXT NOT NULL DEFAULT '[]',     -- JSON: [{percent, from, until}]
    territories TEXT NOT NULL DEFAULT '[]',    -- JSON: ISO 3166-1 codes; none: everywhere
    release_at INTEGER,                        -- ordered ahead until then; NULL: to be had at once
    max_devices INTEGER,                       -- that licences are given to; NULL: as the store has it
    staff_pick INTEGER NOT NULL DEFAULT 0,     -- place on that shelf; 0: not there
    sold       INTEGER NOT NULL DEFAULT 0,     -- orders paid and not refunded
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX products_new ON products(created_at, id) WHERE state = 'active';

CREATE TABLE product_items (
    product_id TEXT NOT NULL REFERENCES products(id) ON DELETE CASCADE,
    media_id   TEXT NOT NULL,                  -- no reference: it may come back with its files
    rank       INTEGER NOT NULL,
    PRIMARY KEY (product_id, media_id)
) WITHOUT ROWID;
CREATE INDEX product_items_by_media ON product_items(media_id);

-- Orders, the ledger and entitlements outlive people and products: they are the books.
CREATE TABLE orders (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL,
    recipient  TEXT NOT NULL,                  -- whom it is for: the buyer, or who gets the gift
    product_id TEXT NOT NULL,
    title      TEXT NOT NULL,                  -- of the product, as it was then
    items      TEXT NOT NULL,                  -- JSON: the media ids, as they were then
    provider   TEXT NOT NULL,
    currency   TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount >= 0),
    state      TEXT NOT NULL CHECK (state IN ('created', 'pending', 'paid', 'fulfilled', 'failed', 'expired', 'refunded')),
    facts      INTEGER NOT NULL,               -- what is known of it, as bits; the state follows from them
    starts_at  INTEGER NOT NULL,               -- when what was bought is to be had
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,               -- when it is given up while nobody paid
    paid_at    INTEGER,
    receipt    INTEGER UNIQUE,                 -- number of its receipt, given when it is paid
    refund_wanted_at INTEGER,                  -- asked of the provider, not yet done
    master     TEXT,                           -- master key of what follows
    reference  BLOB,                           -- the provider's name for it, encrypted
    checkout   BLOB,                           -- the address where it is paid, encrypted
    idempotency_key TEXT NOT NULL,
    request    TEXT NOT NULL                   -- what was asked for under that key
) WITHOUT ROWID;
CREATE UNIQUE INDEX orders_once ON orders(user_id, idempotency_key);
CREATE INDEX orders_of_user ON orders(user_id, id);
CREATE INDEX orders_of_product ON orders(product_id);
CREATE INDEX orders_open ON orders(state, updated_at) WHERE state IN ('created', 'pending', 'paid');
CREATE INDEX orders_refunding ON orders(refund_wanted_at) WHERE refund_wanted_at IS NOT NULL;

CREATE TABLE order_events (
    order_id TEXT NOT NULL REFERENCES orders(id),
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    fact     TEXT NOT NULL,                    -- what became known
    state    TEXT NOT NULL,                    -- what it is from there on
    PRIMARY KEY (order_id, seq)
) WITHOUT ROWID;

-- Double entry: the entries of a transaction add up to zero.
CREATE TABLE ledger_transactions (
    id       TEXT PRIMARY KEY,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('charge', 'refund', 'voucher')),
    subject  TEXT NOT NULL,                    -- the order, or the voucher
    currency TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_once ON ledger_transactions(kind, subject);
CREATE TABLE ledger_entries (
    transaction_id TEXT NOT NULL REFERENCES ledger_transactions(id),
    account        TEXT NOT NULL,              -- "sales", "vouchers", "stripe", "wallet:<user>"
    currency       TEXT NOT NULL,
    amount         INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (transaction_id, account)
) WITHOUT ROWID;
CREATE INDEX ledger_entries_by_account ON ledger_entries(account, currency, amount);

CREATE TRIGGER order_events_stay BEFORE UPDATE ON order_events BEGIN SELECT raise(ABORT, 'events are not changed'); END;
CREATE TRIGGER order_events_are_kept BEFORE DELETE ON order_events BEGIN SELECT raise(ABORT, 'events are not deleted'); END;
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger_entries BEGIN SELECT raise(ABORT, 'the ledger is not changed'); END;
CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger_entries BEGIN SELECT raise(ABORT, 'the ledger is kept'); END;
CREATE TRIGGER ledger_transactions_stay BEFORE UPDATE ON ledger_transactions BEGIN SELECT raise(ABORT, 'the ledger is not changed'); END;
CREATE TRIGGER ledger_transactions_are_kept BEFORE DELETE ON ledger_transactions BEGIN SELECT raise(ABORT, 'the ledger is kept'); END;
CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders BEGIN SELECT raise(ABORT, 'orders are kept'); END;

CREATE TABLE entitlements (
    order_id   TEXT PRIMARY KEY REFERENCES orders(id),
    user_id    TEXT NOT NULL,
    product_id TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    starts_at  INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at    INTEGER                         -- first downloaded or played to its end
) WITHOUT ROWID;
CREATE INDEX entitlements_of_user ON entitlements(user_id, product_id);
CREATE TABLE entitlement_items (
    order_id TEXT NOT NULL REFERENCES entitlements(order_id),
    media_id TEXT NOT NULL,
    PRIMARY KEY (order_id, media_id)
) WITHOUT ROWID;
CREATE INDEX entitlement_items_by_media ON entitlement_items(media_id);

-- What follows from the entitlements: the titles that somebody bought, all that is below them, and what they are in.
CREATE TABLE store_access (
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    item    INTEGER NOT NULL REFERENCES media_items(num) ON DELETE CASCADE,
    bought  INTEGER NOT NULL,                  -- 0: seen because something of it was bought
    PRIMARY KEY (user_id, item)
) WITHOUT ROWID;
CREATE INDEX store_access_by_item ON store_access(item);

-- A library's own table of what was bought, which follows from its events.
CREATE TABLE owned_titles (
    user_id  TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    media_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    owned_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id, order_id)
) WITHOUT ROWID;

CREATE TABLE voucher_batches (
    id         TEXT PRIMARY KEY,
    label      TEXT NOT NULL,
    currency   TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    cancelled_at INTEGER
) WITHOUT ROWID;
CREATE TABLE vouchers (
    id          TEXT PRIMARY KEY,
    code_hash   BLOB NOT NULL UNIQUE,          -- SHA-256 of the code, which has 60 random bits
    batch_id    TEXT NOT NULL REFERENCES voucher_batches(id),
    redeemed_by TEXT,
    redeemed_at INTEGER
) WITHOUT ROWID;
CREATE INDEX vouchers_of_batch ON vouchers(batch_id, redeemed_at);

-- What providers told, each once.
CREATE TABLE payment_events (
    provider TEXT NOT NULL,
    event_id TEXT NOT NULL,
    type     TEXT NOT NULL,
    order_id TEXT,
    at       INTEGER NOT NULL,
    PRIMARY KEY (provider, event_id)
) WITHOUT ROWID;

-- Downloading something, or playing it to its end, is using what was bought. Triggers may not call JSON functions here.
CREATE TRIGGER entitlements_used_by_download AFTER INSERT ON downloads BEGIN
    UPDATE entitlements SET used_at = new.created_at WHERE user_id = new.user_id AND used_at IS NULL AND revoked_at IS NULL
        AND order_id IN (SELECT e.order_id FROM entitlement_items e JOIN media_items i ON i.id = new.media_id
            WHERE e.media_id IN (i.id, i.album_id, i.season_id, i.series_id));
END;
CREATE TRIGGER entitlements_used_by_playing AFTER INSERT ON events WHEN new.type = 'PLAYED' AND instr(new.data, '"counted":true') BEGIN
    UPDATE entitlements SET used_at = new.at WHERE user_id = new.user_id AND used_at IS NULL AND revoked_at IS NULL
        AND order_id IN (SELECT e.order_id FROM entitlement_items e JOIN media_items i ON i.id = new.media_id
            WHERE e.media_id IN (i.id, i.album_id, i.season_id, i.series_id));
END;
