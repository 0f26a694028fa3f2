#include "server/apps/catalog/groups.h"

#include <sodium.h>

#include <algorithm>

#include "core/library/nfo.h"
#include "core/library/text.h"
#include "server/apps/catalog/groupages.h"

namespace marea::server {

namespace {

using core::Result;

std::string version(const std::string& source, std::int64_t size, std::int64_t mtimeNs) {
    const std::string text = source + ":" + std::to_string(size) + ":" + std::to_string(mtimeNs);
    unsigned char digest[16];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    char hex[9];
    sodium_bin2hex(hex, sizeof hex, digest, 4);
    return hex;
}

// The most frequent one, the smallest of several.
std::string mostCommon(const std::map<std::string, int>& counts) {
    std::string best;
    int most = 0;
    for (const auto& [text, count] : counts) {
        if (count > most) {
            best = text;
            most = count;
        }
    }
    return best;
}

std::string joined(const std::set<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

void addGenres(std::set<std::string>& genres, const std::string& lines) {
    for (std::string& genre : splitLines(lines)) {
        genres.insert(std::move(genre));
    }
}

std::string seasonTitle(std::int64_t number) {
    return number == 0 ? std::string("Specials") : "Season " + std::to_string(number);
}

}  // namespace

void setArtwork(ItemRow& item, const SidecarRow& image) {
    item.artworkKind = "sidecar";
    item.artworkSource = image.id;
    item.artworkVersion = version(image.id, image.size, image.mtimeNs);
}

void setArtwork(ItemRow& item, const FileRow& file) {
    item.artworkKind = "file";
    item.artworkSource = file.id;
    item.artworkVersion = version(file.id, file.stamp.size, file.stamp.mtimeNs);
}

void setArtwork(ItemRow& item, const ItemRow& from) {
    item.artworkKind = from.artworkKind;
    item.artworkSource = from.artworkSource;
    item.artworkVersion = from.artworkVersion;
}

void clearArtwork(ItemRow& item) {
    item.artworkKind.clear();
    item.artworkSource.clear();
    item.artworkVersion.clear();
}

Result<void> Groups::carry(const std::vector<GroupRename>& renames) {
    std::map<core::Id, std::set<std::pair<std::string, core::Id>>> targets;
    std::map<core::Id, std::set<core::Id>> members;
    for (const GroupRename& rename : renames) {
        targets[rename.group].insert({rename.identity, rename.libraryId});
        members[rename.group].insert(rename.member);
    }
    std::set<core::Id> done;
    for (const GroupRename& rename : renames) {
        if (targets[rename.group].size() == 1 && done.insert(rename.group).second) {
            if (auto result = carryOne(rename, members[rename.group].size()); !result) {
                return result;
            }
        }
    }
    return {};
}

Result<void> Groups::carryOne(const GroupRename& rename, std::size_t members) {
    auto group = store_.item(rename.group);
    if (!group) {
        return core::unexpected(group.error());
    }
    if (!*group || ((*group)->identity == rename.identity && (*group)->libraryId == rename.libraryId)) {
        return {};
    }
    auto there = store_.itemsByIdentity(rename.identity, rename.kind);
    // Also the missing ones: as long as their identity is kept they may come back to this group.
    auto all =
        count(rename.kind == "album" ? "SELECT count(*) FROM media_items WHERE album_id=?1 AND status<>'missing'"
              : rename.kind == "season"
                  ? "SELECT count(*) FROM media_items WHERE season_id=?1 AND status<>'missing'"
                  : "SELECT count(*) FROM media_items WHERE series_id=?1 AND kind='episode' AND status<>'missing'",
              rename.group);
    if (!there || !all) {
        return core::unexpected(there ? all.error() : there.error());
    }
    const bool taken = std::any_of(there->begin(), there->end(),
                                   [&](const ItemRow& item) { return item.libraryId == rename.libraryId; });
    if (taken || static_cast<std::size_t>(*all) > members) {
        return {};
    }
    ItemRow renamed = **group;
    renamed.identity = rename.identity;
    renamed.libraryId = rename.libraryId;
    if (!rename.title.empty()) {
        renamed.title = rename.title;
        renamed.sortTitle = core::library::sortTitle(rename.title);
    }
    return store_.updateItem(**group, renamed);
}

Result<core::Id> Groups::ensure(const char* kind, const core::Id& library, const std::string& identity,
                                const std::string& title, const ItemRow& like) {
    const auto key = std::make_tuple(std::string(kind), library, identity);
    if (const auto found = known_.find(key); found != known_.end()) {
        return found->second;
    }
    auto rows = store_.itemsByIdentity(identity, kind);
    if (!rows) {
        return core::unexpected(rows.error());
    }
    for (const ItemRow& row : *rows) {
        if (row.libraryId == library) {
            known_.emplace(key, row.id);
            return row.id;
        }
    }
    ItemRow group;
    group.id = core::newId(now_);
    group.libraryId = library;
    group.kind = kind;
    group.identity = identity;
    group.title = title;
    group.sortTitle = core::library::sortTitle(title);
    group.addedAt = now_;
    group.artist = group.kind == "album" ? like.albumArtist : std::string();
    group.albumArtist = group.artist;
    group.series = group.kind == "season" ? like.series : std::string();
    group.season = group.kind == "season" ? like.season : std::nullopt;
    group.seriesId = group.kind == "season" ? like.seriesId : std::string();
    group.artistId = group.kind == "album" ? like.artistId : std::string();
    if (auto done = store_.insertItem(group); !done) {
        return core::unexpected(done.error());
    }
    known_.emplace(key, group.id);
    return group.id;
}

Result<void> Groups::attach(const core::library::Recognised& found, ItemRow& item) {
    struct Wanted {
        const char* kind;
        const std::string& identity;
        std::string title;
        core::Id ItemRow::*id;
    };
    item.artistId.clear();
    item.albumId.clear();
    item.seriesId.clear();
    item.seasonId.clear();
    const std::string seasonName = found.season ? seasonTitle(*found.season) : std::string();
    // The album's artist before the album, which refers to it; the track's own artist last, which it refers to.
    for (const Wanted& want : {Wanted{"artist", found.albumArtistIdentity, found.albumArtist, &ItemRow::artistId},
                               Wanted{"album", found.albumIdentity, found.album, &ItemRow::albumId},
                               Wanted{"artist", found.artistIdentity, found.mainArtist, &ItemRow::artistId},
                               Wanted{"series", found.seriesIdentity, found.series, &ItemRow::seriesId},
                               Wanted{"season", found.seasonIdentity, seasonName, &ItemRow::seasonId}}) {
        if (want.identity.empty()) {
            continue;
        }
        auto id = ensure(want.kind, item.libraryId, want.identity, want.title, item);
        if (!id) {
            return core::unexpected(id.error());
        }
        if (std::string_view(want.kind) == "artist") {
            artists_.insert(*id);
        }
        if (std::string_view(want.kind) == "series" && !found.seriesFolder.empty()) {
            seriesFolders_.insert({item.libraryId, found.seriesFolder});
            folders_[*id] = found.seriesFolder;
        }
        item.*want.id = *id;
    }
    return {};
}

void Groups::touch(const ItemRow& item) {
    const auto add = [](std::set<core::Id>& set, const core::Id& id) {
        if (!id.empty()) {
            set.insert(id);
        }
    };
    add(albums_, item.albumId);
    add(artists_, item.artistId);
    add(seasons_, item.seasonId);
    add(series_, item.seriesId);
}

void Groups::touchSeriesAt(const core::Id& library, const std::string& folder) {
    seriesFolders_.insert({library, folder});
}

Result<void> Groups::refresh() {
    for (const auto& [library, folder] : seriesFolders_) {
        auto found = store_.seriesAt(library, folder);
        if (!found) {
            return core::unexpected(found.error());
        }
        for (const ItemRow& series : *found) {
            series_.insert(series.id);
            auto seasons = store_.children("series_id", series.id, "season");
            for (const ItemRow& season : seasons.value_or(std::vector<ItemRow>())) {
                seasons_.insert(season.id);
            }
        }
    }
    auto done = each(albums_, &Groups::refreshAlbum);
    done = done ? each(artists_, &Groups::refreshArtist) : done;
    done = done ? each(seasons_, &Groups::refreshSeason) : done;
    done = done ? each(series_, &Groups::refreshSeries) : done;
    return done ? refreshAges() : done;
}

// Series before seasons, since episodes without a rating have that of their series; albums before artists.
Result<void> Groups::refreshAges() {
    GroupAges ages(session_);
    auto done = ages.series(series_);
    done = done ? ages.seasons(seasons_) : done;
    done = done ? ages.albums(albums_) : done;
    return done ? ages.artists(artists_) : done;
}

Result<void> Groups::each(const std::set<core::Id>& ids, Result<void> (Groups::*refreshOne)(ItemRow&)) {
    for (const core::Id& id : ids) {
        auto before = store_.item(id);
        if (!before) {
            return core::unexpected(before.error());
        }
        if (!*before) {
            continue;
        }
        ItemRow item = **before;
        if (auto done = (this->*refreshOne)(item); !done) {
            return done;
        }
        if (auto done = store_.updateItem(**before, item); !done) {
            return done;
        }
    }
    return {};
}

Result<void> Groups::refreshAlbum(ItemRow& album) {
    auto tracks = store_.children("album_id", album.id, "track");
    if (!tracks) {
        return core::unexpected(tracks.error());
    }
    album.status = tracks->empty() ? "missing" : "ok";
    if (!album.artistId.empty()) {
        artists_.insert(album.artistId);  // it may not be the artist of any track
    }
    if (tracks->empty()) {
        return {};
    }
    std::map<std::string, int> titles, artists;
    std::set<std::string> genres;
    album.duration = 0;
    album.year = 0;
    album.addedAt = tracks->front().addedAt;
    clearArtwork(album);
    const ItemRow* cover = nullptr;
    for (const ItemRow& track : *tracks) {
        ++titles[track.album];
        ++artists[track.albumArtist];
        addGenres(genres, track.genres);
        album.duration += track.duration;
        album.year = track.year && (!album.year || track.year < album.year) ? track.year : album.year;
        album.addedAt = std::min(album.addedAt, track.addedAt);
        const bool better = !track.artworkVersion.empty() &&
                            (!cover || (cover->artworkKind == "file" && track.artworkKind == "sidecar"));
        cover = better ? &track : cover;
    }
    if (cover) {
        setArtwork(album, *cover);
    }
    album.childCount = static_cast<std::int64_t>(tracks->size());
    album.title = mostCommon(titles);
    album.sortTitle = core::library::sortTitle(album.title);
    album.artist = album.albumArtist = mostCommon(artists);
    album.genres = joined(genres);
    return moveToArtist(album);
}

// An album whose artist's name changed goes to the artist of that name.
Result<void> Groups::moveToArtist(ItemRow& album) {
    if (album.artist.empty()) {
        album.artistId.clear();
        return {};
    }
    const std::string folded = core::library::searchText(album.artist);
    auto artist =
        ensure("artist", album.libraryId, "artist|" + (folded.empty() ? album.artist : folded), album.artist, album);
    if (!artist) {
        return core::unexpected(artist.error());
    }
    album.artistId = *artist;
    artists_.insert(*artist);
    return {};
}

Result<std::int64_t> Groups::count(std::string_view sql, const core::Id& parent) {
    auto row = session_.first(sql, {std::string_view(parent)}, [](const core::db::Row& r) { return r.integer(0); });
    if (!row) {
        return core::unexpected(row.error());
    }
    return row->value_or(0);
}

Result<void> Groups::refreshArtist(ItemRow& artist) {
    auto albums = store_.children("artist_id", artist.id, "album");
    auto others = count(
        "SELECT count(*) FROM (SELECT 1 FROM media_items WHERE artist_id=?1 AND kind IN "
        "('track', 'audiobook') AND status<>'missing' LIMIT 1)",
        artist.id);
    if (!albums || !others) {
        return core::unexpected(albums ? others.error() : albums.error());
    }
    artist.status = albums->empty() && *others == 0 ? "missing" : "ok";
    artist.childCount = static_cast<std::int64_t>(albums->size());
    std::set<std::string> genres;
    clearArtwork(artist);
    const ItemRow* cover = nullptr;
    for (const ItemRow& album : *albums) {
        addGenres(genres, album.genres);
        const bool better = !album.artworkVersion.empty() &&
                            (!cover || std::tie(album.year, album.identity) < std::tie(cover->year, cover->identity));
        cover = better ? &album : cover;
    }
    if (cover) {
        setArtwork(artist, *cover);
    }
    artist.genres = joined(genres);
    return {};
}

Result<void> Groups::refreshSeason(ItemRow& season) {
    auto episodes = store_.children("season_id", season.id, "episode");
    if (!episodes) {
        return core::unexpected(episodes.error());
    }
    season.status = episodes->empty() ? "missing" : "ok";
    season.childCount = static_cast<std::int64_t>(episodes->size());
    season.duration = 0;
    season.year = 0;
    for (const ItemRow& episode : *episodes) {
        season.duration += episode.duration;
        season.year = episode.year && (!season.year || episode.year < season.year) ? episode.year : season.year;
        season.seriesId = episode.seriesId;
        season.series = episode.series;
        season.season = episode.season;
    }
    clearArtwork(season);
    if (episodes->empty()) {
        return {};
    }
    season.title = seasonTitle(season.season.value_or(0));
    auto files = store_.filesOfItem(episodes->front().id);
    if (!files || files->empty()) {
        return files ? Result<void>() : core::unexpected(files.error());
    }
    const std::string folder(core::library::folderOf(files->front().path));
    season.folder = folder;
    const std::string kept = season.title;
    auto done = folderSidecars(season.libraryId, folder, season, "season");
    season.title = season.title.empty() ? kept : season.title;
    season.sortTitle = season.title;
    return done;
}

Result<void> Groups::refreshSeries(ItemRow& series) {
    auto seasons = store_.children("series_id", series.id, "season");
    if (!seasons) {
        return core::unexpected(seasons.error());
    }
    series.status = seasons->empty() ? "missing" : "ok";
    series.childCount = static_cast<std::int64_t>(seasons->size());
    if (seasons->empty()) {
        return {};
    }
    if (const auto folder = folders_.find(series.id); folder != folders_.end()) {
        series.folder = folder->second;
    }
    auto episodes = store_.children("series_id", series.id, "episode");
    std::map<std::string, int> titles;
    for (const ItemRow& episode : episodes.value_or(std::vector<ItemRow>())) {
        ++titles[episode.series];
    }
    series.title = mostCommon(titles);
    series.sortTitle = core::library::sortTitle(series.title);
    // The identity ends in the year where the name has one: "series|title|2010".
    const std::size_t bar = series.identity.rfind('|');
    series.year = bar > 6 ? std::atoi(series.identity.c_str() + bar + 1) : 0;
    clearArtwork(series);
    if (!series.folder.empty()) {
        if (auto done = folderSidecars(series.libraryId, series.folder, series, "tvshow"); !done) {
            return done;
        }
    }
    for (const ItemRow& season : *seasons) {
        series.year = series.year ? series.year : season.year;
        if (series.artworkVersion.empty() && !season.artworkVersion.empty()) {
            setArtwork(series, season);
        }
    }
    return {};
}

Result<void> Groups::folderSidecars(const core::Id& library, const std::string& folder, ItemRow& item,
                                    const std::string& nfoRoot) {
    auto sidecars = store_.sidecarsAt(library, folder);
    if (!sidecars) {
        return core::unexpected(sidecars.error());
    }
    item.overview.clear();
    item.genres.clear();
    item.people.clear();
    item.contentRating.clear();
    int best = 0;
    for (const SidecarRow& sidecar : *sidecars) {
        if (sidecar.kind == "image" && sidecar.fileId.empty() && sidecar.rank > 0 &&
            (best == 0 || sidecar.rank < best)) {
            best = sidecar.rank;
            setArtwork(item, sidecar);
        }
        const auto nfo = sidecar.kind == "nfo" ? core::library::nfoFromText(sidecar.data) : std::nullopt;
        if (nfo && nfo->root == nfoRoot) {
            item.title = nfo->title.empty() ? item.title : nfo->title;
            item.sortTitle = nfo->sortTitle.empty() ? core::library::sortTitle(item.title) : nfo->sortTitle;
            item.year = nfo->year ? nfo->year : item.year;
            item.overview = nfo->plot;
            item.genres = joined({nfo->genres.begin(), nfo->genres.end()});
            item.people = joined({nfo->actors.begin(), nfo->actors.end()});
            item.contentRating = nfo->contentRating;
        }
    }
    return {};
}

}  // namespace marea::server
