-- Money that goes back without us: in part, and disputed with the bank.

-- What of an order's price was given back in part; of what went back whole it is the facts that say so.
ALTER TABLE orders ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0);
ALTER TABLE orders ADD COLUMN disputed_at INTEGER;       -- since when it is; nobody has what was bought meanwhile
ALTER TABLE orders ADD COLUMN payment BLOB;              -- SHA-256 of the provider's name for the payment
CREATE INDEX orders_by_payment ON orders(provider, payment) WHERE payment IS NOT NULL;

-- Disputes as providers told of them, also before the payment is known here.
CREATE TABLE disputes (
    provider TEXT NOT NULL,
    id       TEXT NOT NULL,
    payment  BLOB NOT NULL,
    currency TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    state    TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
    booked   TEXT NOT NULL DEFAULT '' CHECK (booked IN ('', 'open', 'won', 'lost')),  -- what the ledger has of it
    told_at  INTEGER NOT NULL,
    PRIMARY KEY (provider, id)
) WITHOUT ROWID;
CREATE INDEX disputes_by_payment ON disputes(provider, payment);

-- The ledger has more kinds of transactions: the same table, with what is in it.
DROP TRIGGER ledger_transactions_stay;
DROP TRIGGER ledger_transactions_are_kept;
CREATE TABLE ledger_kinds (
    id       TEXT PRIMARY KEY,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('charge', 'refund', 'refund_part', 'voucher', 'dispute', 'dispute_won', 'dispute_lost')),
    subject  TEXT NOT NULL,                    -- the order, the voucher, or the dispute; of a part the order and how much by then
    currency TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO ledger_kinds SELECT id, at, kind, subject, currency FROM ledger_transactions;
DROP TABLE ledger_transactions;
ALTER TABLE ledger_kinds RENAME TO ledger_transactions;
CREATE UNIQUE INDEX ledger_once ON ledger_transactions(kind, subject);
CREATE TRIGGER ledger_transactions_stay BEFORE UPDATE ON ledger_transactions BEGIN SELECT raise(ABORT, 'the ledger is not changed'); END;
CREATE TRIGGER ledger_transactions_are_kept BEFORE DELETE ON ledger_transactions BEGIN SELECT raise(ABORT, 'the ledger is kept'); END;
