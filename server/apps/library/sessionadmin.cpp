#include "server/apps/library/sessionadmin.h"

#include <algorithm>

#include "server/apps/library/sessionstore.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::size_t kMostShown = 1000;

// "hls/…", "e/<kind>/hls/…", "direct/…".
const char* protocolOf(const std::string& path) {
    if (path.find("hls/") != std::string::npos) {
        return "hls";
    }
    return path.find("dash/") != std::string::npos ? "dash" : "progressive";
}

json::object toJson(const PlaybackSession& session, const SessionNames& names) {
    return {{"id", session.id},
            {"user_id", session.userId},
            {"username", core::jsonOrNull(names.username)},
            {"device_id", session.loginId},
            {"device", core::jsonOrNull(names.device)},
            {"media_id", session.mediaId},
            {"kind", session.kind},
            {"title", core::jsonOrNull(names.title)},
            {"mode", session.mode},
            {"protocol", protocolOf(session.path)},
            {"position", session.position},
            {"duration", session.duration},
            {"started_at", session.startedAt},
            {"heard_at", session.updatedAt}};
}

}  // namespace

Response SessionAdmin::list(const Request&) {
    auto sessions = service_.going();
    std::sort(sessions.begin(), sessions.end(), [](const auto& a, const auto& b) { return a.startedAt > b.startedAt; });
    sessions.resize(std::min(sessions.size(), kMostShown));
    json::array items;
    auto done = database_.read([&](core::db::Session& db) -> Result<void> {
        for (const PlaybackSession& session : sessions) {
            const auto names = namesOf(db, session);
            if (!names) {
                return core::unexpected<core::Error>(names.error());
            }
            items.push_back(toJson(session, *names));
        }
        return {};
    });
    return done ? Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}})
                : Response::problem(done.error());
}

Response SessionAdmin::end(const Request& request) {
    const auto session = service_.find(core::Id(request.param("id")));
    if (!session) {
        return Response::problem({core::ErrorCode::NotFound, {}, "There is no such playback going on."});
    }
    auto done = service_.endBy(*session, std::string(request.queryValue("reason").value_or("")));
    ended_(*session);
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace marea::server
