#include "server/apps/library/homehandlers.h"

#include <array>

#include "server/apps/library/home.h"
#include "server/apps/library/listparams.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Session;

struct NamedRow {
    const char* name;
    Result<std::vector<Id>> (*ids)(Session&, const Viewer&, int);
};
constexpr std::array<NamedRow, 4> kRows = {{{"continue_watching", continueWatching},
                                            {"next_up", nextUp},
                                            {"recently_added", recentlyAdded},
                                            {"popular", popular}}};

}  // namespace

Response HomeHandlers::home(const Request& request) {
    const auto limit = listLimit(request, 20);
    const Principal& who = *request.principal;
    const Viewer viewer = media_.viewer(who.userId);
    auto done = limit ? service_.flush(who.userId) : unexpected<Error>(limit.error());
    std::array<std::vector<Id>, kRows.size()> ids;
    done = done ? database_.read([&](Session& session) -> Result<void> {
        for (std::size_t i = 0; i < kRows.size(); ++i) {
            auto row = kRows[i].ids(session, viewer, *limit);
            if (!row) {
                return unexpected<Error>(row.error());
            }
            ids[i] = std::move(*row);
        }
        return {};
    })
                : done;
    json::object answer;
    for (std::size_t i = 0; done && i < kRows.size(); ++i) {
        const auto items = media_.items(who.userId, ids[i]);
        if (!items) {
            return Response::problem(items.error());
        }
        json::array list;
        for (const Item& item : *items) {
            list.push_back(media_.toJson(item, who.sessionId));
        }
        answer[kRows[i].name] = std::move(list);
    }
    return done ? Response::json(200, std::move(answer)) : Response::problem(done.error());
}

}  // namespace marea::server
