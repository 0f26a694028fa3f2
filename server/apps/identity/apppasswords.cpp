#include "server/apps/identity/apppasswords.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "core/base/utf8.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"
#include "server/apps/identity/passwords.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr std::size_t kLongestName = 100;
constexpr core::TimeMs kNoteUse = 3600 * 1000;  // a stream of requests is one use
constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";

// 100 random bits, easy to type on a phone: "k7qfz-2mzxa-9htwp-4bcde".
std::string newPassword() {
    static_assert(kLetters.size() == 32);
    std::string password;
    for (int i = 0; i < 20; ++i) {
        if (i > 0 && i % 5 == 0) {
            password.push_back('-');
        }
        password.push_back(kLetters[randombytes_uniform(32)]);
    }
    return password;
}

std::string placeOf(std::string_view id, std::string_view userId) {
    return "marea app password " + std::string(id) + " " + std::string(userId);
}

std::string md5Hex(const std::string& text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest, &length, EVP_md5(), nullptr) != 1) {
        return {};
    }
    std::string hex(length * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest, length);
    hex.pop_back();
    return hex;
}

std::string lower(std::string_view text) {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return folded;
}

core::unexpected<core::Error> nobody() {
    return core::fail(ErrorCode::Unauthorized, "The name or the app password is wrong.", "app password refused");
}

std::string keyOf(std::optional<std::string_view> username) {
    return username ? usernameKey(username->substr(0, 256)) : std::string();
}

Result<std::vector<Login>> endLoginsBy(Session& session, const core::Id& id, core::TimeMs now) {
    std::vector<Login> ended;
    while (true) {
        auto logins = identitystore::loginsOfClient(session, AppPasswords::clientOf(id));
        if (!logins || logins->empty()) {
            return logins ? Result<std::vector<Login>>(std::move(ended)) : logins;
        }
        for (Login& login : *logins) {
            const core::TimeMs until = std::max(login.expiresAt, now + Identity::kStreamLife);
            if (auto done = identitystore::endLogin(session, login.id, until); !done) {
                return errorOf(done);
            }
            ended.push_back(std::move(login));
        }
    }
}

bool sameSecret(std::string_view a, std::string_view b) {
    return equalInConstantTime(sha256(a), sha256(b));
}

}  // namespace

Result<std::unique_ptr<AppPasswords>> AppPasswords::create(core::db::Database& database,
                                                           std::shared_ptr<const core::Clock> clock,
                                                           std::shared_ptr<core::Logger> logger,
                                                           const std::string& keyFile) {
    auto sealed = SealedTexts::open(keyFile);
    if (!sealed) {
        return errorOf(sealed);
    }
    return std::unique_ptr<AppPasswords>(new AppPasswords(database, std::move(clock), std::move(logger), *sealed));
}

bool AppPasswords::isOfTheirForm(std::string_view password) {
    for (std::size_t i = 0; i < password.size(); ++i) {
        const bool fits = i % 6 == 5 ? password[i] == '-' : kLetters.find(password[i]) != kLetters.npos;
        if (!fits) {
            return false;
        }
    }
    return password.size() == 23;
}

Result<std::vector<AppPassword>> AppPasswords::all(const core::Id& userId) {
    return database_.readValue<std::vector<AppPassword>>([&](Session& session) {
        return session.all(
            "SELECT id, name, created_at, last_used_at FROM app_passwords WHERE user_id = ?1 ORDER BY created_at, id",
            {userId}, [](const Row& row) {
                return AppPassword{row.string(0), row.string(1), row.integer(2), row.optionalInteger(3)};
            });
    });
}

Result<AppPasswords::Made> AppPasswords::make(const core::Id& userId, std::string_view name, const core::Id& login) {
    const core::TimeMs now = clock_->now();
    Made made{{core::newId(now), core::cleanText(name, kLongestName), now, {}}, newPassword()};
    if (made.entry.name.empty()) {
        return core::fail(ErrorCode::Invalid, "Name the program that it is for.");
    }
    const auto sealed = sealed_.seal(made.password, placeOf(made.entry.id, userId));
    auto kept = database_.write([&](Session& session) -> Result<void> {
        auto swept = session.run(
            "DELETE FROM app_passwords WHERE user_id = ?1 AND login_id NOT IN (SELECT id FROM logins)", {userId});
        auto count = swept ? session.first("SELECT count(*) FROM app_passwords WHERE user_id = ?1", {userId},
                                           [](const Row& row) { return row.integer(0); })
                           : errorOf(swept);
        if (!count) {
            return errorOf(count);
        }
        if (**count >= kMost) {
            return core::fail(ErrorCode::Conflict, "There are 50 app passwords already. Remove one first.");
        }
        return session.run(
            "INSERT INTO app_passwords(id, user_id, name, sealed, created_at, login_id) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
            {made.entry.id, userId, made.entry.name, std::span<const std::uint8_t>(sealed), now,
             core::db::textOrNull(login)});
    });
    if (!kept) {
        return errorOf(kept);
    }
    logger_->info("identity.app_password_made", {{"user", userId}, {"id", made.entry.id}});
    return made;
}

Result<void> AppPasswords::remove(const core::Id& userId, const core::Id& id) {
    auto ended = database_.writeValue<std::vector<Login>>([&](Session& session) -> Result<std::vector<Login>> {
        auto done = session.run("DELETE FROM app_passwords WHERE id = ?1 AND user_id = ?2", {id, userId});
        if (done && session.changes() == 0) {
            return core::fail(ErrorCode::NotFound, "There is no such app password.");
        }
        return done ? endLoginsBy(session, id, clock_->now()) : errorOf(done);
    });
    if (!ended) {
        return errorOf(ended);
    }
    logger_->info("identity.app_password_removed", {{"user", userId}, {"id", id}});
    if (removed_) {
        removed_(id, *ended);
    }
    return {};
}

Result<void> AppPasswords::loginEnded(const core::Id& login) {
    if (guest_.empty()) {
        return {};
    }
    auto gone = database_.writeValue<std::vector<core::Id>>([&](Session& session) -> Result<std::vector<core::Id>> {
        auto theirs = session.all("SELECT id FROM app_passwords WHERE login_id = ?1", {login},
                                  [](const Row& row) { return row.string(0); });
        auto done = theirs ? session.run("DELETE FROM app_passwords WHERE login_id = ?1", {login}) : errorOf(theirs);
        return done ? theirs : errorOf(done);
    });
    for (const core::Id& id : gone ? *gone : std::vector<core::Id>()) {
        if (removed_) {
            removed_(id, {});
        }
    }
    return gone ? Result<void>() : errorOf(gone);
}

Result<bool> AppPasswords::isThere(Session& session, const core::Id& id) {
    const auto found =
        session.first("SELECT 1 FROM app_passwords WHERE id = ?1", {id}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

Result<Principal> AppPasswords::byPassword(std::string_view username, std::string_view password,
                                           const std::string& peer) {
    return find(username, peer, [&](const std::string& known) { return sameSecret(known, password); });
}

Result<Principal> AppPasswords::byToken(std::string_view username, std::string_view token, std::string_view salt,
                                        const std::string& peer) {
    const std::string given = lower(token.substr(0, 64)), grain(salt.substr(0, 256));
    return find(username, peer, [&](const std::string& known) {
        const std::string expected = md5Hex(known + grain);
        return !expected.empty() && sameSecret(expected, given);
    });
}

// There is no index to look in: the keys are sealed. At most kMost for each person are tried.
Result<Principal> AppPasswords::byKey(std::string_view key, const std::string& peer) {
    return find(std::nullopt, peer, [&](const std::string& known) { return sameSecret(known, key); });
}

Result<Principal> AppPasswords::find(Username username, const std::string& peer, const Fits& fits) {
    const std::string address = addressKey(peer), pair = keyOf(username) + '\n' + address;
    const core::TimeMs now = clock_->now();
    if (const auto wait = std::max(pairLimits_.wait(pair, now), addressLimits_.wait(address, now))) {
        return core::fail(ErrorCode::Busy, "Too many tries. Wait a little and try again.",
                          std::to_string((*wait + 999) / 1000));
    }
    auto found = search(username, fits);
    if (!found) {
        return errorOf(found);
    }
    if (!*found) {
        pairLimits_.failed(pair, now);
        addressLimits_.failed(address, now);
        return nobody();
    }
    pairLimits_.succeeded(pair);
    noteUse(**found, now);
    return std::move((*found)->principal);
}

// Every one of the person's is tried, so that the time does not tell which is nearly right. Of guests, those whose
// log-in lasts.
Result<std::optional<AppPasswords::Found>> AppPasswords::search(Username username, const Fits& fits) {
    std::optional<Found> found;
    constexpr const char* kAll =
        "SELECT p.id, p.user_id, p.sealed, u.username, u.role, p.last_used_at FROM app_passwords p "
        "JOIN users u ON u.id = p.user_id WHERE ?1 = '' AND "
        "(p.login_id IS NULL OR p.login_id IN (SELECT id FROM logins))";
    constexpr const char* kTheirs =
        "SELECT p.id, p.user_id, p.sealed, u.username, u.role, p.last_used_at FROM app_passwords p "
        "JOIN users u ON u.id = p.user_id WHERE u.username_key = ?1 AND "
        "(p.login_id IS NULL OR p.login_id IN (SELECT id FROM logins))";
    const std::string key = keyOf(username);
    auto done = database_.read([&](Session& session) {
        return session.each(username ? kTheirs : kAll, {key}, [&](const Row& row) {
            const auto known = sealed_.read(row.blob(2), placeOf(row.text(0), row.text(1)));
            if (known && fits(*known)) {
                found = Found{{row.string(1), row.string(0), row.string(3), row.string(4)}, row.integer(5)};
            }
            return true;
        });
    });
    return done ? Result<std::optional<Found>>(std::move(found)) : errorOf(done);
}

void AppPasswords::noteUse(const Found& found, core::TimeMs now) {
    if (now - found.lastUsedAt < kNoteUse && now >= found.lastUsedAt) {
        return;
    }
    auto noted = database_.write([&](Session& session) {
        return session.run("UPDATE app_passwords SET last_used_at = ?2 WHERE id = ?1",
                           {found.principal.sessionId, now});
    });
    if (!noted) {
        logger_->warning("identity.use_not_noted", {{"detail", noted.error().detail}});
    }
}

}  // namespace marea::server
