#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/webdav/davknown.h"
#include "server/apps/webdav/davnames.h"

namespace marea::server::webdav {

// What a folder is, which says what is in it; or that it is a file.
enum class Place { Root, Films, Series, Show, Season, Music, Artist, Album, Books, Book, Playlists, Playlist, File };

// A folder or a file of the tree.
struct Node {
    Place place = Place::Root;
    core::Id id = {};  // of the item or the playlist
    Name name = {};
    core::TimeMs made = 0, modified = 0;  // 0: unknown
    // Of files:
    core::Id file = {};
    std::int64_t size = 0;   // bytes
    std::string type, etag;  // as its answer will say, unless the file changes meanwhile
    bool isFolder() const { return place != Place::File; }
};

// The tree under /dav as somebody sees it, read from the database as it is asked for: titles that they may not see,
// that are protected, or whose file is not there or cannot be read, are not in it. Part of the caller's transaction.
class Tree {
public:
    // `known`: where files are found that were found before; null: each is looked for in the lists.
    Tree(core::db::Session& session, const Viewer& viewer, core::TimeMs now, KnownFiles* known = nullptr);

    static constexpr std::int64_t kMostInFolder = 50'000;

    // What is in a folder, in its order, each with a name of its own.
    core::Result<std::vector<Node>> in(const Node& folder);
    // By the names from the top. NotFound: there is nothing, or nothing of theirs.
    // A file that was found within KnownFiles::kLife is asked for by its id alone, under the same conditions.
    core::Result<Node> find(const std::vector<std::string>& parts);

private:
    using Nodes = core::Result<std::vector<Node>>;
    using Values = std::vector<core::db::Value>;
    struct Titled;  // a file with the facts that its name is made of

    core::Result<Node> lookFor(const std::vector<std::string>& parts, Node& folder);
    core::Result<std::optional<Node>> again(const std::vector<std::string>& parts);
    core::Result<std::optional<Titled>> titled(const core::Id& file);
    core::Result<void> remember(const std::vector<std::string>& parts, const Node& folder, const Node& found);
    core::Result<std::int64_t> revisionOf(const core::Id& list);  // 0: there is none, or it is no list
    Nodes unnamed(const Node& folder);
    Nodes folders(Place place, const std::string& where, const core::Id& parent);
    core::Result<std::vector<Titled>> titles(const std::string& from, const std::string& where,
                                             const std::string& order, const Values& values);
    Nodes files(const std::string& where, const std::string& order, const core::Id& parent);
    Nodes both(Nodes folders, Nodes files);
    Nodes playlists();
    Nodes playlist(const core::Id& id);
    core::Result<std::vector<core::Id>> titlesOfPlaylist(const core::Id& id);

    core::db::Session& session_;
    const Viewer& viewer_;
    const core::TimeMs now_;
    KnownFiles* const known_;
    const std::string seen_;  // what statements over media_items end their conditions in
};

}  // namespace marea::server::webdav
