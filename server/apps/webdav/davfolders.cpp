// What the catalogue has in each folder.
#include <algorithm>

#include "core/library/filekinds.h"
#include "core/library/text.h"
#include "server/apps/catalog/filetag.h"
#include "server/apps/webdav/davtitle.h"

namespace marea::server::webdav {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Value;

namespace {

// ?1 is the user everywhere, ?2 what the folder is of.
constexpr const char* kThere = " AND ?1=?1 AND i.status<>'missing'";
// The nearest choice counts, as for ProtectionStore.
constexpr const char* kInTheClear =
    " AND coalesce((SELECT p.schemes FROM protections p WHERE p.target_id=i.id),"
    "(SELECT p.schemes FROM protections p WHERE p.target_id=i.season_id),"
    "(SELECT p.schemes FROM protections p WHERE p.target_id=i.series_id),"
    "(SELECT p.schemes FROM protections p WHERE p.target_id=i.album_id),"
    "(SELECT p.schemes FROM protections p WHERE p.target_id=i.artist_id),"
    "(SELECT p.schemes FROM protections p WHERE p.target_id=i.library_id), '')=''";
constexpr const char* kColumns =
    "i.id, i.kind, i.title, i.year, coalesce(i.artist, ''), coalesce(i.series, ''), i.season, i.episode, i.disc, "
    "i.track, i.added_at, f.id, f.path, f.size, f.mtime_ns, f.inode, f.part, coalesce(f.version, ''), ";
constexpr std::int64_t kNsPerMs = 1'000'000;

std::optional<int> number(const Row& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column)));
}

FileFacts factsOf(const Row& row) {
    FileFacts facts;
    facts.kind = row.string(1);
    facts.title = row.string(2);
    facts.year = static_cast<int>(row.integer(3));
    facts.artist = row.string(4);
    facts.series = row.string(5);
    facts.season = number(row, 6);
    facts.episode = number(row, 7);
    facts.disc = number(row, 8);
    facts.track = number(row, 9);
    facts.part = static_cast<int>(row.integer(16));
    facts.version = row.string(17);
    const std::string_view path = row.text(12);
    const std::size_t dot = path.rfind('.');
    facts.extension = dot == std::string_view::npos ? "" : std::string(path.substr(dot + 1));
    return facts;
}

Node nodeOf(const Row& row) {
    Node node;
    node.place = Place::File;
    node.id = row.string(0);
    node.made = row.integer(10);
    node.file = row.string(11);
    node.size = row.integer(13);
    node.modified = row.integer(14) / kNsPerMs;
    node.type = core::library::mimeType({}, row.text(12));
    core::library::FileStamp stamp;
    stamp.size = node.size;
    stamp.mtimeNs = row.integer(14);
    stamp.inode = static_cast<std::uint64_t>(row.integer(15));
    node.etag = fileTag(stamp);
    return node;
}

Node top(Place place, const char* name) {
    Node node;
    node.place = place;
    node.name = {name};
    return node;
}

std::vector<Node> tops() {
    return {top(Place::Films, "Films"), top(Place::Series, "Series"), top(Place::Music, "Music"),
            top(Place::Books, "Audiobooks"), top(Place::Playlists, "Playlists")};
}

constexpr const char* kByTitle = "i.sort_key, i.num";
constexpr const char* kByEpisode = "i.episode IS NULL, i.episode, i.sort_key, i.num";
constexpr const char* kByTrack = "coalesce(i.disc, 0), coalesce(i.track, 0), i.sort_key, i.num";
// Somebody who is heard on other people's albums alone has nothing of their own.
constexpr const char* kArtists =
    "i.kind='artist' AND ?2='' AND EXISTS (SELECT 1 FROM media_items c WHERE c.artist_id=i.id AND c.status<>'missing' "
    "AND (c.kind='album' OR (c.kind='track' AND c.album_id IS NULL)))";

}  // namespace

Tree::Tree(core::db::Session& session, const Viewer& viewer, core::TimeMs now, KnownFiles* known)
    : session_(session), viewer_(viewer), now_(now), known_(known), seen_(kThere + visible(viewer)) {}

Tree::Nodes Tree::folders(Place place, const std::string& where, const Id& parent) {
    return session_.all("SELECT i.id, i.title, i.season, i.kind, i.artist, i.added_at FROM media_items i WHERE " +
                            where + seen_ + " ORDER BY i.season IS NULL, i.season, " + kByTitle + " LIMIT ?3",
                        {viewer_.userId, parent, kMostInFolder}, [&](const Row& row) {
                            Node node;
                            node.place = place;
                            node.id = row.string(0);
                            const bool byAuthor = place == Place::Book && !row.text(4).empty();
                            node.name = place == Place::Season
                                            ? seasonName(number(row, 2), row.text(1))
                                            : folderName((byAuthor ? row.string(4) + " - " : "") + row.string(1));
                            node.made = node.modified = row.integer(5);
                            return node;
                        });
}

Result<std::vector<Tree::Titled>> Tree::titles(const std::string& from, const std::string& where,
                                               const std::string& order, const Values& values) {
    std::vector<Titled> found;
    const std::string sql =
        "SELECT " + std::string(kColumns) + order + " FROM " + from +
        " JOIN media_files f ON f.item_id=i.id WHERE f.state='ok' AND " + where + kInTheClear + seen_ + " ORDER BY " +
        order + ", coalesce(f.version, ''), f.part, f.size DESC, f.path LIMIT " + std::to_string(kMostInFolder);
    auto done = session_.each(sql, std::span<const Value>(values), [&](const Row& row) {
        found.push_back({nodeOf(row), factsOf(row), row.integer(18)});
        return true;
    });
    return done ? Result<std::vector<Titled>>(std::move(found)) : unexpected<Error>(done.error());
}

Result<std::optional<Tree::Titled>> Tree::titled(const Id& file) {
    auto found = titles("media_items i", "f.id=?2", "i.num", {viewer_.userId, file});
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->empty() ? std::optional<Titled>() : std::optional(std::move(found->front()));
}

Tree::Nodes Tree::files(const std::string& where, const std::string& order, const Id& parent) {
    auto found = titles("media_items i", where, order, {viewer_.userId, parent});
    if (!found) {
        return unexpected<Error>(found.error());
    }
    const bool discs =
        std::any_of(found->begin(), found->end(), [](const Titled& one) { return one.facts.disc.value_or(1) > 1; });
    std::vector<Node> nodes;
    for (Titled& one : *found) {
        one.node.name = fileName(one.facts, discs);
        nodes.push_back(std::move(one.node));
    }
    return nodes;
}

Tree::Nodes Tree::both(Nodes folders, Nodes files) {
    if (!folders || !files) {
        return folders ? files : folders;
    }
    std::move(files->begin(), files->end(), std::back_inserter(*folders));
    return folders;
}

Tree::Nodes Tree::unnamed(const Node& folder) {
    const Id& id = folder.id;
    switch (folder.place) {
        case Place::Root:
            return tops();
        case Place::Films:
            return files("i.kind IN ('movie', 'video') AND ?2=''", kByTitle, {});
        case Place::Series:
            return folders(Place::Show, "i.kind='series' AND ?2=''", {});
        case Place::Show:
            return both(folders(Place::Season, "i.series_id=?2 AND i.kind='season'", id),
                        files("i.series_id=?2 AND i.kind='episode' AND i.season_id IS NULL", kByEpisode, id));
        case Place::Season:
            return files("i.season_id=?2 AND i.kind='episode'", kByEpisode, id);
        case Place::Music:
            return both(both(folders(Place::Artist, kArtists, {}),
                             folders(Place::Album, "i.kind='album' AND i.artist_id IS NULL AND ?2=''", {})),
                        files("i.kind='track' AND i.artist_id IS NULL AND i.album_id IS NULL AND ?2=''", kByTitle, {}));
        case Place::Artist:
            return both(folders(Place::Album, "i.artist_id=?2 AND i.kind='album'", id),
                        files("i.artist_id=?2 AND i.kind='track' AND i.album_id IS NULL", kByTitle, id));
        case Place::Album:
            return files("i.album_id=?2 AND i.kind='track'", kByTrack, id);
        case Place::Books:
            return folders(Place::Book, "i.kind='audiobook' AND ?2=''", {});
        case Place::Book:
            return files("i.id=?2 AND i.kind='audiobook'", kByTitle, id);
        case Place::Playlists:
            return playlists();
        case Place::Playlist:
            return playlist(id);
        case Place::File:
            break;
    }
    return std::vector<Node>();
}

}  // namespace marea::server::webdav
