// How Identity starts, and what it does every few seconds.
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

constexpr core::TimeMs kPruneEvery = 3600 * 1000;
constexpr const char* kAudience = "marea";

// Tokens are issued under the server's own address, where it was told one (RFC 9068 section 2.2). Those made on the
// command line have the other name, which outlasts a new address.
std::vector<std::string> issuers(const std::string& publicUrl, const core::Id& serverId) {
    std::vector<std::string> names{"urn:marea:server:" + serverId};
    if (!publicUrl.empty()) {
        names.insert(names.begin(), publicUrl);
    }
    return names;
}

}  // namespace

Result<std::unique_ptr<Identity>> Identity::create(core::db::Database& database,
                                                   std::shared_ptr<const core::Clock> clock,
                                                   std::shared_ptr<core::Logger> logger, IdentityOptions options) {
    std::unique_ptr<Identity> identity(new Identity(database, std::move(clock), std::move(logger), std::move(options)));
    if (auto opened = identity->open(); !opened) {
        return errorOf(opened);
    }
    return identity;
}

Result<void> Identity::open() {
    if (sodium_init() < 0) {
        return core::fail(ErrorCode::Unavailable, "The system has no random numbers.", "sodium_init");
    }
    const std::string keys = options_.dataFolder + "/keys";
    if (::mkdir(keys.c_str(), 0700) != 0 && errno != EEXIST) {
        return core::unexpected<core::Error>(core::systemError(errno, "make " + keys));
    }
    auto id = database_.readValue<std::optional<std::string>>(
        [](Session& session) { return store::setting(session, "server_id"); });
    if (!id) {
        return errorOf(id);
    }
    serverId_ = id->value_or(core::newId(clock_->now()));
    if (!*id) {
        auto kept =
            database_.write([&](Session& session) { return store::setSetting(session, "server_id", serverId_); });
        if (!kept) {
            return kept;
        }
    }
    keyStore_ = std::make_unique<KeyStore>(database_, keys, logger_);
    auto signing = takeInKeys();
    auto streaming = signing ? HmacStreamTokens::loadOrMakeKey(keys) : errorOf(signing);
    if (!streaming) {
        return errorOf(streaming);
    }
    accessTokens_ = std::make_unique<AccessTokens>(keys_, issuers(options_.publicUrl, serverId_), kAudience);
    streamTokens_ =
        std::make_unique<HmacStreamTokens>(*streaming, sessions_, [this](const core::Id& session, core::TimeMs until) {
            auto kept = database_.write([&](Session& db) { return store::revoke(db, session, until); });
            if (!kept) {
                logger_->error("identity.revocation_not_kept", {{"detail", kept.error().detail}});
            }
        });
    setupCode_ = randomCode();
    return takeIn();
}

// The database is asked every few seconds, the files but once.
Result<void> Identity::takeInKeys() {
    auto kept = keyStore_->load(clock_->now());
    if (!kept) {
        return errorOf(kept);
    }
    const auto known = keys_->all();
    const bool gone = std::any_of(known.begin(), known.end(), [&](const KeptKey& old) {
        return std::none_of(kept->begin(), kept->end(),
                            [&](const KeptKey& key) { return key.key.id() == old.key.id(); });
    });
    keys_->replace(std::move(*kept));
    if (gone) {
        cache_.clear();  // what was checked with it is worth nothing now
    }
    return {};
}

Result<void> Identity::takeIn() {
    const core::TimeMs now = clock_->now();
    core::Id known;
    {
        const std::lock_guard lock(mutex_);
        known = newestLogin_;
    }
    std::vector<core::Id> signedOut;
    auto done = database_.read([&](Session& session) -> Result<void> {
        auto logins = store::loginsAfter(session, known, now);
        auto revoked = logins ? store::revocations(session, now) : errorOf(logins);
        auto owner = revoked ? store::hasOwner(session) : errorOf(revoked);
        if (!owner) {
            return errorOf(owner);
        }
        if (*owner) {
            const std::lock_guard lock(mutex_);
            setupCode_.clear();
        }
        for (const Login& login : *logins) {
            remember(login);
        }
        for (const Revocation& revocation : *revoked) {
            if (!sessions_->isRevoked(revocation.loginId)) {
                signedOut.push_back(revocation.loginId);
            }
            sessions_->revoke(revocation.loginId, revocation.until);
        }
        return {};
    });
    for (const core::Id& login : signedOut) {  // who is told may have to write
        if (signedOut_) {
            signedOut_(login);
        }
    }
    return done;
}

Result<void> Identity::maintain() {
    const core::TimeMs now = clock_->now();
    sessions_->prune(now);
    auto taken = takeInKeys();
    taken = taken ? takeIn() : taken;
    if (!taken) {
        return taken;
    }
    {
        const std::lock_guard lock(mutex_);
        if (now - lastPrune_ < kPruneEvery) {
            return {};
        }
        lastPrune_ = now;
    }
    auto pruned = database_.write([&](Session& session) { return store::prune(session, now); });
    return pruned ? keyStore_->maintain(now) : pruned;
}

}  // namespace marea::server
