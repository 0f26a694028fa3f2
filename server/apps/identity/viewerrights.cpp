#include "server/apps/identity/viewerrights.h"

#include <mutex>

#include "server/apps/identity/identitystore.h"

namespace marea::server {

using core::Id;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr std::size_t kMost = 10'000;
constexpr std::string_view kNote = "rights_changed";

// (role, all_libraries, age_limit, unrated, whether something is for sale, with whom purchases are shared), the three
// of rights NULL where nothing was laid down.
Viewer viewerOf(const Id& userId, const Row& row) {
    const std::string_view role = row.text(0);
    if (role == "owner") {
        return Viewer::everything(userId);
    }
    Viewer viewer;
    viewer.userId = userId;
    viewer.allAges = role == "member";
    viewer.allLibraries = row.isNull(1) ? role == "member" : row.boolean(1);
    viewer.ageLimit = static_cast<int>(row.integer(2));
    viewer.unrated = row.boolean(3);
    viewer.sales = row.boolean(4);
    const std::string_view sharing = row.text(5);
    viewer.shares = sharing == "everybody" || (sharing == "members" && role == "member");
    return viewer;
}

Result<std::string> noted(Session& session) {
    auto text = identitystore::setting(session, kNote);
    return text ? Result<std::string>(text->value_or("")) : core::unexpected<core::Error>(text.error());
}

}  // namespace

Viewer ViewerRights::load(const Id& userId) {
    Viewer viewer;
    viewer.userId = userId;
    auto found = database_.readValue<std::optional<Viewer>>([&](Session& session) {
        return session.first(
            "SELECT u.role, r.all_libraries, r.age_limit, r.unrated, EXISTS (SELECT 1 FROM sale_libraries), "
            "(SELECT json_extract(value, '$.share_purchases') FROM settings WHERE key = 'household') FROM users u "
            "LEFT JOIN user_rights r ON r.user_id = u.id WHERE u.id = ?1",
            {userId}, [&](const Row& row) { return viewerOf(userId, row); });
    });
    return found && *found ? std::move(**found) : viewer;
}

Viewer ViewerRights::of(const Id& userId) {
    std::uint64_t before = 0;
    {
        const std::shared_lock lock(mutex_);
        if (const auto found = known_.find(userId); found != known_.end()) {
            return found->second;
        }
        before = age_;
    }
    Viewer viewer = load(userId);
    const std::unique_lock lock(mutex_);
    if (before != age_ || userId.empty()) {
        return viewer;  // it may have changed since it was read: not to be kept
    }
    if (known_.size() >= kMost) {
        known_.clear();
    }
    known_[userId] = viewer;
    return viewer;
}

Viewer ViewerRights::of(const Principal& who) {
    if (!who.userId.empty()) {
        return who.isOwner() ? Viewer::everything(who.userId) : of(who.userId);
    }
    auto login = database_.readValue<std::optional<Login>>(
        [&](Session& session) { return identitystore::login(session, who.sessionId); });
    return login && *login ? of((*login)->userId) : Viewer();
}

Result<void> ViewerRights::note(Session& session) {
    return identitystore::setSetting(session, kNote, core::newId());
}

void ViewerRights::changed() {
    {
        const std::unique_lock lock(mutex_);
        known_.clear();
        ++age_;
    }
    for (const auto& listener : listeners_) {
        listener();
    }
}

Result<void> ViewerRights::refresh() {
    auto now = database_.readValue<std::string>(noted);
    if (!now) {
        return core::unexpected<core::Error>(now.error());
    }
    {
        const std::unique_lock lock(mutex_);
        if (noted_ == *now) {
            return {};
        }
        noted_ = std::move(*now);
    }
    changed();
    return {};
}

}  // namespace marea::server
