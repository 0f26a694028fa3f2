// Playlists as folders, whose files are numbered.
#include <algorithm>

#include "core/base/json.h"
#include "server/apps/library/playlists.h"
#include "server/apps/library/smartlists.h"
#include "server/apps/webdav/davtitle.h"

namespace marea::server::webdav {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr int kPageOfLists = 200;

std::string jsonList(const std::vector<Id>& ids) {
    return core::json::serialize(core::json::array(ids.begin(), ids.end()));
}

Node listNode(const server::Playlist& list) {
    Node node;
    node.place = Place::Playlist;
    node.id = list.id;
    node.name = folderName(list.name);
    node.made = list.createdAt;
    node.modified = list.updatedAt;
    return node;
}

}  // namespace

Tree::Nodes Tree::playlists() {
    std::vector<Node> nodes;
    Id before;
    while (nodes.size() < kMostPlaylists) {
        const auto page = server::playlists(session_, viewer_.userId, PlaylistsOf::Everybody, before, kPageOfLists);
        if (!page) {
            return unexpected<Error>(page.error());
        }
        std::transform(page->begin(), page->end(), std::back_inserter(nodes), listNode);
        if (page->size() < kPageOfLists) {
            break;
        }
        before = page->back().id;
    }
    return nodes;
}

Result<std::vector<Id>> Tree::titlesOfPlaylist(const Id& id) {
    const auto list = server::playlist(session_, viewer_.userId, id);
    const int most = static_cast<int>(kMostEntries);
    if (list && !list->rules.empty()) {
        return smartTitles(session_, viewer_, list->rules, 0, most, now_);
    }
    const auto entries =
        list ? playlistEntries(session_, viewer_.userId, id, {}, most) : unexpected<Error>(list.error());
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    std::vector<Id> titles;
    std::transform(entries->begin(), entries->end(), std::back_inserter(titles),
                   [](const PlaylistEntry& entry) { return entry.mediaId; });
    return titles;
}

Result<std::int64_t> Tree::revisionOf(const Id& list) {
    if (list.empty()) {
        return 0;
    }
    const auto found = server::playlist(session_, viewer_.userId, list);
    if (!found && found.error().code != core::ErrorCode::NotFound) {
        return unexpected<Error>(found.error());
    }
    return found ? found->revision : 0;
}

// Of each entry its first file. What is not there for somebody leaves no gap in the numbers.
Tree::Nodes Tree::playlist(const Id& id) {
    const auto wanted = titlesOfPlaylist(id);
    if (!wanted) {
        return unexpected<Error>(wanted.error());
    }
    const std::string list = jsonList(*wanted);
    auto found = titles("json_each(?2) wanted JOIN media_items i ON i.id=wanted.value",
                        "i.kind IN ('track', 'movie', 'episode', 'video')", "wanted.key",
                        {viewer_.userId, std::string_view(list)});
    if (!found) {
        return unexpected<Error>(found.error());
    }
    const auto last =
        std::unique(found->begin(), found->end(), [](const Titled& a, const Titled& b) { return a.order == b.order; });
    found->erase(last, found->end());
    std::vector<Node> nodes;
    for (Titled& one : *found) {
        one.node.name = listedName(one.facts, nodes.size() + 1, found->size());
        nodes.push_back(std::move(one.node));
    }
    return nodes;
}

}  // namespace marea::server::webdav
