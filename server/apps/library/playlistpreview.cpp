// What rules would find, without keeping anything.
#include <algorithm>

#include "server/apps/library/playlisthandlers.h"
#include "server/apps/library/playlistjson.h"
#include "server/apps/library/smartlists.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Id;
using core::Result;

constexpr int kMostCounted = 1000;
constexpr std::size_t kShown = 6;

}  // namespace

Response PlaylistHandlers::preview(const Request& request) {
    const auto rules = parsePreview(request.body);
    if (!rules) {
        return Response::problem(rules.error());
    }
    const Principal& who = *request.principal;
    const Viewer viewer = media_.viewer(who.userId);
    auto ids = database_.readValue<std::vector<Id>>([&](core::db::Session& session) {
        return smartTitles(session, viewer, *rules, 0, kMostCounted + 1, clock_->now());
    });
    if (!ids) {
        return Response::problem(ids.error());
    }
    const std::size_t count = std::min<std::size_t>(ids->size(), kMostCounted);
    const bool more = ids->size() > count;
    ids->resize(std::min(ids->size(), kShown));
    const auto items = media_.items(who.userId, *ids);
    if (!items) {
        return Response::problem(items.error());
    }
    json::array shown;
    for (const Id& id : *ids) {
        const auto item = std::find_if(items->begin(), items->end(), [&](const Item& one) { return one.id == id; });
        if (item != items->end()) {
            shown.push_back(media_.toJson(*item, who.sessionId));
        }
    }
    return Response::json(200, json::object{{"count", count}, {"more", more}, {"items", std::move(shown)}});
}

}  // namespace marea::server
