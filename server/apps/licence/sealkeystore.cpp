#include "server/apps/licence/sealkeystore.h"

#include <sodium.h>

#include <algorithm>

#include "server/apps/licence/readytowrap.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::SealId;
using core::unexpected;
using core::db::Session;

namespace {

constexpr std::size_t kMostSecrets = 1024, kSecretSize = 32;

std::string_view idText(const SealId& id) {
    return {reinterpret_cast<const char*>(id.data()), id.size()};
}

std::span<const std::uint8_t> idBlob(const SealId& id) {
    return {id.data(), id.size()};
}

std::string sealContext(const SealId& id) {
    return "marea seal key 1\n" + std::string(idText(id));
}

constexpr const char* kColumns = "SELECT key_id, master, wrapped FROM seal_keys ";

}  // namespace

SealKeyStore::~SealKeyStore() {
    for (auto& [id, secret] : known_) {
        sodium_memzero(secret.data(), secret.size());
    }
}

SealKeyStore::Row SealKeyStore::rowOf(const core::db::Row& row) {
    Row read;
    const auto id = row.blob(0), bytes = row.blob(2);
    std::copy_n(id.begin(), std::min(id.size(), read.id.size()), read.id.begin());
    read.wrapped = {row.string(1), std::string(bytes.begin(), bytes.end())};
    return read;
}

Result<std::string> SealKeyStore::opened(const Row& row) {
    auto secret = wrapper_.unwrap(row.wrapped, sealContext(row.id));
    if (secret && secret->size() != kSecretSize) {
        return fail(ErrorCode::Corrupt, "A key is damaged.", "of another size");
    }
    return secret;
}

Result<std::string> SealKeyStore::secretOf(const SealId& id) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(id); found != known_.end()) {
            return found->second;
        }
    }
    const auto row = database_.readValue<std::optional<Row>>(
        [&](Session& db) { return db.first(std::string(kColumns) + "WHERE key_id = ?1", {idBlob(id)}, rowOf); });
    if (!row) {
        return unexpected<core::Error>(row.error());
    }
    if (!*row) {
        return fail(ErrorCode::Unavailable, "The key of this file is not here.", "no such key of a sealed file");
    }
    auto secret = opened(**row);
    if (secret) {
        const std::lock_guard lock(mutex_);
        if (known_.size() >= kMostSecrets) {
            known_.clear();
        }
        known_[id] = *secret;
    }
    return secret;
}

Result<SealKeyStore::SealKey> SealKeyStore::make(Session& db, const core::Id& title) {
    if (auto ready = readyToWrap(db, wrapper_); !ready) {
        return unexpected<core::Error>(ready.error());
    }
    SealKey key{{}, std::string(kSecretSize, '\0')};
    randombytes_buf(key.id.data(), key.id.size());
    randombytes_buf(key.secret.data(), key.secret.size());
    const auto wrapped = wrapper_.wrap(key.secret, sealContext(key.id));
    if (!wrapped) {
        return unexpected<core::Error>(wrapped.error());
    }
    const core::db::Blob bytes(wrapped->bytes.begin(), wrapped->bytes.end());
    const auto done =
        db.run("INSERT INTO seal_keys(key_id, item_id, master, wrapped, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
               {idBlob(key.id), std::string_view(title), std::string_view(wrapped->master),
                std::span<const std::uint8_t>(bytes), clock_->now()});
    return done ? Result<SealKey>(std::move(key)) : unexpected<core::Error>(done.error());
}

Result<SealKeyStore::SealKey> SealKeyStore::keyOf(const core::Id& title) {
    return database_.writeValue<SealKey>([&](Session& db) -> Result<SealKey> {
        const auto row = db.first(std::string(kColumns) + "WHERE item_id = ?1 ORDER BY created_at DESC, key_id LIMIT 1",
                                  {std::string_view(title)}, rowOf);
        if (!row) {
            return unexpected<core::Error>(row.error());
        }
        if (!*row) {
            return make(db, title);
        }
        auto secret = opened(**row);
        return secret ? Result<SealKey>(SealKey{(*row)->id, std::move(*secret)})
                      : unexpected<core::Error>(secret.error());
    });
}

Result<std::int64_t> SealKeyStore::check() {
    const auto rows = database_.readValue<std::vector<Row>>([](Session& db) { return db.all(kColumns, {}, rowOf); });
    if (!rows) {
        return unexpected<core::Error>(rows.error());
    }
    for (const Row& row : *rows) {
        auto secret = opened(row);
        if (!secret) {
            return unexpected<core::Error>(secret.error());
        }
        sodium_memzero(secret->data(), secret->size());
    }
    return static_cast<std::int64_t>(rows->size());
}

}  // namespace marea::server
