-- What buyers say of products.
CREATE TABLE product_reviews (
    product_id TEXT NOT NULL REFERENCES products(id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    stars      INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (product_id, user_id)
) WITHOUT ROWID;
CREATE INDEX product_reviews_of_user ON product_reviews(user_id);
