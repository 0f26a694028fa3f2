#include "server/apps/identity/keystore.h"

#include <algorithm>

#include "server/apps/identity/accesstoken.h"
#include "server/apps/identity/errorof.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;
using Known = KeyStore::Known;

namespace {

constexpr core::TimeMs kSkew = 60'000;  // clocks of two processes, and the time between signing and sending

Result<std::vector<Known>> keysIn(Session& session) {
    return session.all("SELECT id, created_at, signs_from, tokens_until FROM signing_keys ORDER BY signs_from, id", {},
                       [](const Row& row) {
                           return Known{row.string(0), row.integer(1), row.integer(2), row.integer(3)};
                       });
}

Result<void> add(Session& session, const Known& key) {
    return session.run(
        "INSERT OR REPLACE INTO signing_keys(id, created_at, signs_from, tokens_until) VALUES(?1, ?2, ?3, ?4)",
        {key.id, key.createdAt, key.signsFrom, key.tokensUntil});
}

// When the last token that keys[i] signed has run out.
core::TimeMs verifiesUntil(const std::vector<Known>& keys, std::size_t i) {
    return i + 1 == keys.size() ? std::numeric_limits<core::TimeMs>::max()
                                : std::max(keys[i].tokensUntil, keys[i + 1].signsFrom + kAccessTokenLife + kSkew);
}

}  // namespace

Result<SigningKey> KeyStore::keyOf(const std::string& id) {
    const std::lock_guard lock(mutex_);
    if (const auto found = loaded_.find(id); found != loaded_.end()) {
        return found->second;
    }
    auto key = SigningKey::load(folder_, id);
    if (key) {
        loaded_.emplace(id, *key);
    }
    return key;
}

// Log-ins without a refresh token are those of the command line, whose tokens are long. They may be from before keys
// were counted.
Result<void> KeyStore::addFirst(core::TimeMs now) {
    auto key = SigningKey::loadOrMake(folder_);
    if (!key) {
        return errorOf(key);
    }
    return database_.write([&](Session& session) -> Result<void> {
        auto until = session.first(
            "SELECT max(expires_at) FROM logins "
            "WHERE NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE login_id = logins.id)",
            {}, [](const Row& row) { return row.integer(0); });
        auto keys = until ? keysIn(session) : errorOf(until);
        if (!keys) {
            return errorOf(keys);
        }
        return add(session, {key->id(), now, keys->empty() ? 0 : now, until->value_or(0)});
    });
}

Result<std::vector<Known>> KeyStore::known() {
    return database_.readValue<std::vector<Known>>(keysIn);
}

Result<std::vector<KeptKey>> KeyStore::load(core::TimeMs now) {
    for (int tries = 0; tries < 2; ++tries) {
        auto keys = known();
        if (!keys) {
            return errorOf(keys);
        }
        std::vector<KeptKey> kept;
        for (std::size_t i = 0; i < keys->size(); ++i) {
            auto key = keyOf((*keys)[i].id);
            if (key) {
                kept.push_back({*key, (*keys)[i].signsFrom, verifiesUntil(*keys, i)});
            } else if (key.error().code != ErrorCode::NotFound) {
                return errorOf(key);
            }
        }
        const bool signs =
            std::any_of(kept.begin(), kept.end(), [&](const KeptKey& key) { return key.signsFrom <= now; });
        if (signs || tries > 0) {
            return kept;
        }
        if (auto added = addFirst(now); !added) {
            return errorOf(added);
        }
    }
    return std::vector<KeptKey>{};
}

Result<Known> KeyStore::rotate(core::TimeMs now, bool atOnce) {
    auto key = SigningKey::make(folder_);
    if (!key) {
        return errorOf(key);
    }
    const Known made{key->id(), now, atOnce ? now : now + kAhead, 0};
    std::vector<Known> gone;
    auto done = database_.write([&](Session& session) -> Result<void> {
        auto keys = keysIn(session);
        if (!keys) {
            return errorOf(keys);
        }
        if (!atOnce && !keys->empty() && keys->back().signsFrom > now) {
            return core::fail(ErrorCode::Conflict, "A new key is on its way already.", keys->back().id);
        }
        if (atOnce) {
            gone = *keys;
            if (auto emptied = session.run("DELETE FROM signing_keys"); !emptied) {
                return emptied;
            }
        }
        return add(session, made);
    });
    if (!done) {
        SigningKey::remove(folder_, made.id);
        return errorOf(done);
    }
    for (const Known& old : gone) {
        SigningKey::remove(folder_, old.id);
    }
    logger_->info("identity.key_made", {{"kid", made.id}, {"at_once", atOnce}});
    return made;
}

Result<void> KeyStore::maintain(core::TimeMs now) {
    auto keys = known();
    if (!keys) {
        return errorOf(keys);
    }
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const std::string& id = (*keys)[i].id;
        if (verifiesUntil(*keys, i) > now) {
            continue;
        }
        auto removed = database_.write(
            [&](Session& session) { return session.run("DELETE FROM signing_keys WHERE id = ?1", {id}); });
        if (!removed) {
            return removed;
        }
        SigningKey::remove(folder_, id);
        logger_->info("identity.key_removed", {{"kid", id}});
    }
    if (!keys->empty() && keys->back().createdAt + kRotateAfter <= now) {
        auto made = rotate(now, false);
        return made || made.error().code == ErrorCode::Conflict ? Result<void>() : errorOf(made);
    }
    return {};
}

Result<void> KeyStore::signedUntil(Session& session, const std::string& id, core::TimeMs until) {
    return session.run("UPDATE signing_keys SET tokens_until = max(tokens_until, ?2) WHERE id = ?1", {id, until});
}

}  // namespace marea::server
