#include "server/apps/oauth/apiclients.h"

#include "core/base/utf8.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/oauth/redirects.h"

namespace marea::server {

namespace json = core::json;
namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr const char* kColumns = "SELECT id, name, redirect_uris, created_at FROM api_clients ";

const ApiClient& ownClient() {
    static const ApiClient own{kOwnClient, "Marea", {"http://127.0.0.1/callback", "http://[::1]/callback"}, 0, true};
    return own;
}

ApiClient clientOf(const Row& row) {
    ApiClient client{row.string(0), row.string(1), {}, row.integer(3)};
    boost::system::error_code error;
    const auto uris = json::parse(row.string(2), error);
    if (!error && uris.is_array()) {
        for (const auto& uri : uris.get_array()) {
            if (uri.is_string()) {
                client.redirectUris.emplace_back(uri.get_string().data(), uri.get_string().size());
            }
        }
    }
    return client;
}

Result<void> checkRedirects(const std::vector<std::string>& uris) {
    if (uris.size() > ApiClients::kMostRedirects) {
        return core::fail(ErrorCode::Invalid, "A program has at most 10 redirect addresses.");
    }
    for (const std::string& uri : uris) {
        if (const auto problem = redirectProblem(uri)) {
            return core::fail(ErrorCode::Invalid, *problem);
        }
    }
    return {};
}

}  // namespace

Result<std::optional<ApiClient>> ApiClients::find(const std::string& id) const {
    if (id == kOwnClient) {
        return std::optional(ownClient());
    }
    static const std::string sql = std::string(kColumns) + "WHERE id = ?1";
    return database_.readValue<std::optional<ApiClient>>(
        [&](Session& session) { return session.first(sql, {id}, clientOf); });
}

Result<std::vector<ApiClient>> ApiClients::all() const {
    static const std::string sql = std::string(kColumns) + "ORDER BY created_at, id";
    auto registered =
        database_.readValue<std::vector<ApiClient>>([&](Session& session) { return session.all(sql, {}, clientOf); });
    if (registered) {
        registered->insert(registered->begin(), ownClient());
    }
    return registered;
}

Result<ApiClient> ApiClients::add(std::string_view name, std::vector<std::string> redirectUris) {
    const std::string clean = core::cleanText(name, kLongestName, false);
    if (clean.empty() || clean != name) {
        return core::fail(ErrorCode::Invalid, "A program's name has 1 to 60 printable bytes.");
    }
    if (auto checked = checkRedirects(redirectUris); !checked) {
        return errorOf(checked);
    }
    const core::TimeMs now = clock_->now();
    ApiClient client{core::newId(now), clean, std::move(redirectUris), now};
    const std::string uris = json::serialize(json::value_from(client.redirectUris));
    auto added = database_.write([&](Session& session) -> Result<void> {
        auto count =
            session.first("SELECT count(*) FROM api_clients", {}, [](const Row& row) { return row.integer(0); });
        if (!count) {
            return errorOf(count);
        }
        if (**count >= static_cast<std::int64_t>(kMost)) {
            return core::fail(ErrorCode::Conflict, "There are 200 programs already. Remove one first.");
        }
        return session.run("INSERT INTO api_clients(id, name, redirect_uris, created_at) VALUES(?1, ?2, ?3, ?4)",
                           {client.id, client.name, uris, now});
    });
    return added ? Result<ApiClient>(std::move(client)) : errorOf(added);
}

Result<void> ApiClients::remove(const std::string& id) {
    if (id == kOwnClient) {
        return core::fail(ErrorCode::Conflict, "Marea's own program cannot be removed.");
    }
    std::vector<Login> gone;
    auto done = database_.write([&](Session& session) -> Result<void> {
        auto removed = session.run("DELETE FROM api_clients WHERE id = ?1", {id});
        if (removed && session.changes() == 0) {
            return core::fail(ErrorCode::NotFound, "There is no such program.");
        }
        for (const char* sql : {"DELETE FROM authorization_codes WHERE client_id = ?1",
                                "DELETE FROM device_grants WHERE client_id = ?1"}) {
            removed = removed ? session.run(sql, {id}) : removed;
        }
        while (removed) {
            auto logins = store::loginsOfClient(session, id);
            if (!logins || logins->empty()) {
                return logins ? Result<void>() : errorOf(logins);
            }
            for (Login& login : *logins) {
                removed = removed ? identity_.end(session, login) : removed;
                gone.push_back(std::move(login));
            }
        }
        return removed;
    });
    if (done) {
        for (const Login& login : gone) {
            identity_.ended(login, "identity.client_removed");
        }
    }
    return done;
}

}  // namespace marea::server
