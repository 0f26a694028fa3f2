#include "server/apps/licence/titlekeystore.h"

#include <sodium.h>

#include <algorithm>

#include "server/apps/licence/readytowrap.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

constexpr std::size_t kMostKnown = 1024;

core::db::Blob blobOf(std::string_view text) {
    return {text.begin(), text.end()};
}

std::string textOf(std::span<const std::uint8_t> blob) {
    return {blob.begin(), blob.end()};
}

std::string_view view(const Key128& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

Key128 keyOf(std::span<const std::uint8_t> bytes) {
    Key128 key{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
    return key;
}

// A row that was moved to another title, scheme or id opens no more.
std::string contextOf(const Key128& keyId, const core::Id& title, ProtectionScheme scheme) {
    return "marea title key 1\n" + title + "\n" + name(scheme) + "\n" + std::string(view(keyId));
}

}  // namespace

TitleKeyStore::~TitleKeyStore() {
    for (auto& [name, key] : known_) {
        sodium_memzero(key.value.data(), key.value.size());
    }
}

Result<ContentKey> TitleKeyStore::key(const core::Id& title, ProtectionScheme scheme) {
    const Name name{title, scheme};
    if (const auto key = known(name)) {
        return *key;
    }
    auto row = database_.readValue<std::optional<Row>>([&](Session& db) { return find(db, name); });
    if (row && !*row) {
        // Two may want it at once: the writer looks again.
        row = database_.writeValue<std::optional<Row>>([&](Session& db) -> Result<std::optional<Row>> {
            auto found = find(db, name);
            if (!found || *found) {
                return found;
            }
            auto made = make(db, name);
            return made ? Result<std::optional<Row>>(std::move(*made)) : unexpected<core::Error>(made.error());
        });
    }
    if (!row) {
        return unexpected<core::Error>(row.error());
    }
    auto key = opened(std::move(**row));
    if (key) {
        remember(name, *key);
    }
    return key;
}

Result<std::optional<TitleKeyStore::Row>> TitleKeyStore::find(Session& db, const Name& name) {
    return db.first("SELECT key_id, master, wrapped FROM title_keys WHERE item_id = ?1 AND scheme = ?2",
                    {std::string_view(name.first), std::string_view(marea::server::name(name.second))},
                    [&](const core::db::Row& row) {
                        return Row{{keyOf(row.blob(0)), {}}, name, {row.string(1), textOf(row.blob(2))}};
                    });
}

Result<TitleKeyStore::Row> TitleKeyStore::make(Session& db, const Name& name) {
    if (auto ready = readyToWrap(db, wrapper_); !ready) {
        return unexpected<core::Error>(ready.error());
    }
    Row row{{}, name, {}};
    Key128 value{};
    randombytes_buf(row.key.id.data(), row.key.id.size());
    randombytes_buf(value.data(), value.size());
    auto wrapped = wrapper_.wrap(view(value), contextOf(row.key.id, name.first, name.second));
    sodium_memzero(value.data(), value.size());
    if (!wrapped) {
        return unexpected<core::Error>(wrapped.error());
    }
    row.wrapped = std::move(*wrapped);
    const core::db::Blob id = blobOf(view(row.key.id)), bytes = blobOf(row.wrapped.bytes);
    auto done = db.run(
        "INSERT INTO title_keys(key_id, item_id, scheme, master, wrapped, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {std::span<const std::uint8_t>(id), std::string_view(name.first),
         std::string_view(marea::server::name(name.second)), std::string_view(row.wrapped.master),
         std::span<const std::uint8_t>(bytes), clock_->now()});
    return done ? Result<Row>(std::move(row)) : unexpected<core::Error>(done.error());
}

Result<ContentKey> TitleKeyStore::opened(Row row) {
    auto value = wrapper_.unwrap(row.wrapped, contextOf(row.key.id, row.name.first, row.name.second));
    if (!value) {
        return unexpected<core::Error>(value.error());
    }
    if (value->size() != row.key.value.size()) {
        return fail(ErrorCode::Corrupt, "A key is damaged.", "of another size");
    }
    std::copy(value->begin(), value->end(), row.key.value.begin());
    sodium_memzero(value->data(), value->size());
    return row.key;
}

Result<std::optional<TitleKeyStore::Owner>> TitleKeyStore::ownerOf(const Key128& keyId) {
    const core::db::Blob id = blobOf(view(keyId));
    return database_.readValue<std::optional<Owner>>([&](Session& db) -> Result<std::optional<Owner>> {
        auto found = db.first("SELECT item_id, scheme FROM title_keys WHERE key_id = ?1",
                              {std::span<const std::uint8_t>(id)}, [](const core::db::Row& row) {
                                  return Owner{row.string(0), protectionScheme(row.text(1)).value()};
                              });
        return found;
    });
}

Result<std::int64_t> TitleKeyStore::check() {
    auto rows = database_.readValue<std::vector<Row>>([](Session& db) {
        return db.all("SELECT key_id, item_id, scheme, master, wrapped FROM title_keys", {},
                      [](const core::db::Row& row) {
                          return Row{{keyOf(row.blob(0)), {}},
                                     {row.string(1), protectionScheme(row.text(2)).value()},
                                     {row.string(3), textOf(row.blob(4))}};
                      });
    });
    if (!rows) {
        return unexpected<core::Error>(rows.error());
    }
    const auto count = static_cast<std::int64_t>(rows->size());
    for (Row& row : *rows) {
        if (auto key = opened(std::move(row)); !key) {
            return unexpected<core::Error>(key.error());
        }
    }
    return count;
}

std::optional<ContentKey> TitleKeyStore::known(const Name& name) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(name);
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

void TitleKeyStore::remember(const Name& name, const ContentKey& key) {
    const std::lock_guard lock(mutex_);
    if (known_.size() >= kMostKnown) {
        known_.clear();  // rare, and cheap to fill again
    }
    known_[name] = key;
}

}  // namespace marea::server
