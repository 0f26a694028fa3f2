// Whom a home's server belongs to, and who is let in besides.
#include "core/base/json.h"
#include "server/apps/identity/passwords.h"
#include "server/apps/identity/secrets.h"
#include "server/host/homehost.h"

namespace marea::server {

using core::Result;
namespace json = core::json;

namespace {

constexpr const char* kMembers = "/api/v1/household/members";
constexpr int kOk = 200, kCreated = 201;

const User* ownerOf(const std::vector<User>& users) {
    for (const User& user : users) {
        if (user.role == "owner") {
            return &user;
        }
    }
    return nullptr;
}

json::value idsOf(const std::optional<std::vector<core::Id>>& libraries) {
    return libraries ? json::value(json::array(libraries->begin(), libraries->end())) : json::value(nullptr);
}

Result<void> done(const HomeHost::Answer& answer) {
    return answer.status == kOk || answer.status == kCreated
               ? Result<void>()
               : core::fail(core::ErrorCode::Internal, "Guests could not be let in.", answer.body);
}

}  // namespace

std::string ownerName(std::string_view wished) {
    const auto name = checkedUsername(wished);
    return name && usernameKey(*name) != HomeHost::kGuest ? *name : "owner";
}

// The password of a new one is nobody's: they come in from within this program alone.
Result<void> HomeHost::findOwner() {
    auto& identity = host_->identity();
    auto users = identity.users();
    if (users && !ownerOf(*users)) {
        auto added = identity.addUser(ownerName(place_.owner), randomToken(), "owner");
        auto taken = added ? identity.maintain() : core::unexpected<core::Error>(added.error());  // ends the setup code
        users = taken ? identity.users() : core::unexpected<core::Error>(taken.error());
    }
    if (!users) {
        return core::unexpected<core::Error>(users.error());
    }
    const User* owner = ownerOf(*users);
    if (!owner) {
        return core::fail(core::ErrorCode::Internal, "This computer's library has no owner.");
    }
    owner_ = *owner;
    return {};
}

Result<core::Id> HomeHost::guest() {
    return host_->identity().userNamed(kGuest);
}

Result<void> HomeHost::letSee(const std::optional<std::vector<core::Id>>& libraries) {
    const auto known = guest();
    if (!known && known.error().code != core::ErrorCode::NotFound) {
        return core::unexpected<core::Error>(known.error());
    }
    json::object wish{{"libraries", idsOf(libraries)}};
    if (known) {
        return done(ask(Method::Put, kMembers + ("/" + *known), json::serialize(wish)));
    }
    wish["username"] = kGuest;
    wish["password"] = randomToken();
    wish["role"] = "member";
    return done(ask(Method::Post, kMembers, json::serialize(wish)));
}

Result<std::string> HomeHost::guestCode() {
    if (!host_->shared()) {
        return core::fail(core::ErrorCode::Conflict, "This computer's library is not shared.");
    }
    return guest().map([this](const core::Id& id) { return host_->identity().oneTimeCode(id); });
}

Result<std::vector<Login>> HomeHost::guests() {
    auto id = guest();
    if (!id) {
        return id.error().code == core::ErrorCode::NotFound ? Result<std::vector<Login>>(std::vector<Login>())
                                                            : core::unexpected<core::Error>(id.error());
    }
    return host_->identity().devices(*id);
}

Result<void> HomeHost::endGuest(const core::Id& login) {
    auto id = guest();
    return id ? host_->identity().removeDevice(*id, login) : core::unexpected<core::Error>(id.error());
}

}  // namespace marea::server
