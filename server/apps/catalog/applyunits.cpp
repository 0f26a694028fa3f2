#include <sodium.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/recognise.h"
#include "core/library/sidecars.h"
#include "core/library/text.h"
#include "server/apps/catalog/collections.h"
#include "server/apps/catalog/groups.h"
#include "server/apps/catalog/scanunit.h"

namespace marea::server {

namespace {

using core::Result;
using core::library::Recognised;

const char* kindName(core::library::SidecarType type) {
    switch (type) {
        case core::library::SidecarType::Subtitle:
            return "subtitle";
        case core::library::SidecarType::Lyrics:
            return "lyrics";
        case core::library::SidecarType::Image:
            return "image";
        case core::library::SidecarType::Nfo:
            break;
    }
    return "nfo";
}

bool severalFiles(const std::string& kind) {
    return kind == "movie" || kind == "episode" || kind == "audiobook";
}

std::string joinLines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        std::string one = line;
        std::replace(one.begin(), one.end(), '\n', ' ');
        text += (text.empty() ? "" : "\n") + one;
    }
    return text;
}

// What a file adds to the columns of its row.
void takeInfo(const core::MediaInfo& info, FileRow& row) {
    row.duration = info.duration;
    row.hasCover = info.hasCover;
    row.width = row.height = row.hdr = 0;
    for (const core::StreamInfo& stream : info.streams) {
        if (stream.kind == core::StreamKind::Video && !stream.attachedPicture && row.width == 0) {
            row.width = stream.width;
            row.height = stream.height;
            row.hdr = static_cast<int>(stream.hdr);
        }
    }
}

// One file of a unit on its way into the database.
struct Pending {
    UnitFile* file = nullptr;
    FileRow row;
    std::optional<FileRow> before;
    std::optional<core::MediaInfo> info;
    Recognised found;
    std::optional<ItemRow> oldItem;
    std::vector<SidecarRow> images;  // of its own first, then of the folder
};

class Applier {
public:
    Applier(core::db::Session& session, core::TimeMs now)
        : store_(session), groups_(session, store_, now), collections_(session), now_(now) {}

    Result<void> run(std::vector<ScanUnit>& units) {
        for (ScanUnit& unit : units) {
            if (auto done = prepare(unit); !done) {
                return done;
            }
        }
        if (auto done = groups_.carry(renames()); !done) {
            return done;
        }
        for (Pending& pending : pending_) {
            if (auto done = write(pending); !done) {
                return done;
            }
        }
        for (const ScanUnit& unit : units) {
            if (auto done = writeGone(unit); !done) {
                return done;
            }
        }
        if (auto done = refreshItems(); !done) {
            return done;
        }
        if (auto done = groups_.refresh(); !done) {
            return done;
        }
        return store_.saveSearch();
    }

private:
    Result<void> prepare(ScanUnit& unit) {
        if (unit.vanished) {
            auto folder = store_.folderNumber(unit.libraryId, unit.path);
            if (folder && *folder) {
                vanished_.push_back(**folder);
            }
            return folder ? Result<void>() : core::unexpected(folder.error());
        }
        auto folder = store_.saveFolder(unit.libraryId, unit.path, &unit.signature);
        if (!folder) {
            return core::unexpected(folder.error());
        }
        const std::size_t first = pending_.size();
        for (UnitFile& file : unit.files) {
            pending_.push_back(pendingOf(unit, file, *folder));
        }
        if (auto done = writeSidecars(unit, *folder, first); !done) {
            return done;
        }
        return recognise(unit, first);
    }

    Pending pendingOf(const ScanUnit& unit, UnitFile& file, std::int64_t folder) {
        Pending pending;
        pending.file = &file;
        pending.before = file.row;
        if (file.row) {
            pending.row = *file.row;
        } else {
            pending.row.id = core::newId(now_);
        }
        FileRow& row = pending.row;
        row.libraryId = unit.libraryId;
        row.folder = folder;
        row.path = unit.path.empty() ? file.name : unit.path + "/" + file.name;
        row.stamp = file.stamp;
        row.missingSince.reset();
        if (!file.row || file.contentChanged) {
            row.fingerprint = file.fingerprint;
            row.state = file.state;
            row.problem = file.problem;
            row.info = file.info ? core::library::toText(*file.info) : std::string();
            takeInfo(file.info.value_or(core::MediaInfo()), row);
            pending.info = std::move(file.info);
        } else {
            row.state = row.state == "missing" ? (row.problem.empty() ? "ok" : "broken") : row.state;
            pending.info = row.info.empty() ? std::nullopt : core::library::mediaInfoFromText(row.info);
        }
        return pending;
    }

    Result<void> writeSidecars(const ScanUnit& unit, std::int64_t folder, std::size_t first) {
        auto known = store_.sidecarsOfFolder(folder);
        if (!known) {
            return core::unexpected(known.error());
        }
        std::vector<std::string_view> media, others;
        for (std::size_t i = first; i < pending_.size(); ++i) {
            media.push_back(pending_[i].file->name);
        }
        for (const WalkedFile& other : unit.others) {
            others.push_back(other.name);
        }
        std::set<std::string> kept;
        folderImages_.clear();
        for (const auto& match : core::library::matchSidecars(media, others)) {
            const WalkedFile& file = unit.others[match.index];
            SidecarRow row;
            const auto old =
                std::find_if(known->begin(), known->end(), [&](const SidecarRow& s) { return s.name == file.name; });
            row.id = old == known->end() ? core::newId(now_) : old->id;
            row.fileId =
                match.media < 0 ? std::string() : pending_[first + static_cast<std::size_t>(match.media)].row.id;
            row.name = file.name;
            row.kind = kindName(match.type);
            row.language = match.language;
            row.forced = match.forced;
            row.hearingImpaired = match.hearingImpaired;
            row.isDefault = match.isDefault;
            row.format = match.format;
            row.rank = match.rank;
            row.size = file.stamp.size;
            row.mtimeNs = file.stamp.mtimeNs;
            if (const auto nfo = unit.nfos.find(file.name); nfo != unit.nfos.end()) {
                row.data = core::library::toText(nfo->second);
            }
            if (const auto vobSub = unit.languages.find(file.name); vobSub != unit.languages.end()) {
                row.data = vobSub->second;
            }
            if (old == known->end() || !(*old == row)) {
                if (auto done = store_.saveSidecar(unit.libraryId, folder, row); !done) {
                    return done;
                }
            }
            kept.insert(file.name);
            if (row.kind == "image" && row.rank > 0) {
                (match.media < 0 ? folderImages_ : pending_[first + static_cast<std::size_t>(match.media)].images)
                    .push_back(row);
            }
        }
        for (const SidecarRow& old : *known) {
            if (!kept.contains(old.name)) {
                if (auto done = store_.removeSidecar(old.num); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    Result<void> recognise(const ScanUnit& unit, std::size_t first) {
        core::library::FolderInput input;
        input.path = unit.path;
        std::optional<core::library::Nfo> movie;
        if (const auto nfo = unit.nfos.find("movie.nfo"); nfo != unit.nfos.end()) {
            movie = nfo->second;
        }
        if (core::library::belongsToParent(unit.path)) {
            if (auto done = takeParentSidecars(unit, movie); !done) {
                return done;
            }
        }
        input.movieNfo = movie ? &*movie : nullptr;
        for (std::size_t i = first; i < pending_.size(); ++i) {
            Pending& pending = pending_[i];
            const auto nfo = unit.nfos.find(std::string(core::library::stem(pending.file->name)) + ".nfo");
            input.files.push_back({pending.file->name, pending.info ? &*pending.info : nullptr,
                                   nfo == unit.nfos.end() ? nullptr : &nfo->second});
        }
        auto found = core::library::recogniseFolder(input);
        for (std::size_t i = first; i < pending_.size(); ++i) {
            pending_[i].found = std::move(found[i - first]);
            pending_[i].info.reset();
        }
        attachImages(first);
        groups_.touchSeriesAt(unit.libraryId, unit.path);
        return loadOldItems(first);
    }

    Result<void> takeParentSidecars(const ScanUnit& unit, std::optional<core::library::Nfo>& movie) {
        auto parents = store_.sidecarsAt(unit.libraryId, std::string(core::library::folderOf(unit.path)));
        if (!parents) {
            return core::unexpected(parents.error());
        }
        for (SidecarRow& sidecar : *parents) {
            if (sidecar.kind == "image" && sidecar.rank > 0 && sidecar.fileId.empty()) {
                sidecar.rank += 100;  // after those of the folder itself
                folderImages_.push_back(sidecar);
            } else if (!movie && sidecar.name == "movie.nfo" && !sidecar.data.empty()) {
                movie = core::library::nfoFromText(sidecar.data);
            }
        }
        return {};
    }

    // A folder's picture is that of its album, or of its only film; not of the single episodes of a season.
    void attachImages(std::size_t first) {
        std::set<std::string> titles;
        for (std::size_t i = first; i < pending_.size(); ++i) {
            if (pending_[i].found.kind == "movie" || pending_[i].found.kind == "video") {
                titles.insert(pending_[i].found.identity);
            }
        }
        for (std::size_t i = first; i < pending_.size(); ++i) {
            const std::string& kind = pending_[i].found.kind;
            auto& images = pending_[i].images;
            std::stable_sort(images.begin(), images.end(),
                             [](const auto& a, const auto& b) { return a.rank < b.rank; });
            const bool takes = kind == "track" || kind == "audiobook" || (kind == "movie" && titles.size() == 1) ||
                               (kind == "video" && titles.size() == 1);
            std::stable_sort(folderImages_.begin(), folderImages_.end(),
                             [](const auto& a, const auto& b) { return a.rank < b.rank; });
            if (takes && !folderImages_.empty()) {
                images.push_back(folderImages_.front());
            }
        }
    }

    Result<void> loadOldItems(std::size_t first) {
        for (std::size_t i = first; i < pending_.size(); ++i) {
            Pending& pending = pending_[i];
            if (pending.before && !pending.before->itemId.empty()) {
                auto item = store_.item(pending.before->itemId);
                if (!item) {
                    return core::unexpected(item.error());
                }
                pending.oldItem = std::move(*item);
            }
        }
        return {};
    }

    std::vector<GroupRename> renames() const {
        std::vector<GroupRename> list;
        for (const Pending& p : pending_) {
            if (!p.oldItem || p.oldItem->kind != p.found.kind) {
                continue;
            }
            const std::string& library = p.row.libraryId;
            list.push_back({"album", p.oldItem->albumId, p.found.albumIdentity, p.found.album, library, p.oldItem->id});
            list.push_back(
                {"series", p.oldItem->seriesId, p.found.seriesIdentity, p.found.series, library, p.oldItem->id});
            list.push_back({"season", p.oldItem->seasonId, p.found.seasonIdentity, {}, library, p.oldItem->id});
        }
        std::erase_if(list, [](const GroupRename& r) { return r.group.empty() || r.identity.empty(); });
        return list;
    }

    Result<void> write(Pending& pending) {
        FileRow& row = pending.row;
        ItemRow item;
        std::optional<ItemRow> before;
        if (!pending.found.kind.empty()) {
            auto chosen = chooseItem(pending);
            if (!chosen) {
                return core::unexpected(chosen.error());
            }
            before = std::move(*chosen);
            item = before.value_or(ItemRow());
            if (auto done = fill(pending, item); !done) {
                return done;
            }
            if (auto done = before ? store_.updateItem(*before, item) : store_.insertItem(item); !done) {
                return done;
            }
            if (auto done = followSet(pending.found, item); !done) {
                return done;
            }
            groups_.touch(item);
        }
        row.itemId = item.id;
        row.part = pending.found.part;
        row.version = pending.found.version;
        if (pending.oldItem) {
            groups_.touch(*pending.oldItem);
            if (pending.oldItem->id != item.id) {
                refresh_.insert(pending.oldItem->id);
            }
        }
        if (severalFiles(item.kind)) {
            refresh_.insert(item.id);
        }
        written_.insert(row.id);
        if (!pending.before) {
            return store_.insertFile(row);
        }
        return *pending.before == row ? Result<void>() : store_.updateFile(row);
    }

    // Of several files of a film, one may say it for all.
    Result<void> followSet(const Recognised& found, const ItemRow& item) {
        if (item.kind != "movie" || (found.set.empty() && inSets_.contains(item.num))) {
            return {};
        }
        if (!found.set.empty()) {
            inSets_.insert(item.num);
        }
        return collections_.follow(item.num, found.set, found.setOverview, now_);
    }

    // The item that this file belongs to; nullopt: a new one.
    Result<std::optional<ItemRow>> chooseItem(const Pending& pending) {
        const Recognised& found = pending.found;
        std::optional<ItemRow> old = pending.oldItem;
        if (old) {
            old = *store_.item(old->id).value_or(old);  // as left by files written before this one
        }
        const bool sameKind = old && old->kind == found.kind;
        if (sameKind && old->identity == found.identity && old->libraryId == pending.row.libraryId) {
            return old;
        }
        auto candidates = store_.itemsByIdentity(found.identity, found.kind);
        if (!candidates) {
            return core::unexpected(candidates.error());
        }
        if (severalFiles(found.kind)) {
            for (ItemRow& item : *candidates) {
                if (item.libraryId == pending.row.libraryId) {
                    return std::optional(std::move(item));
                }
            }
            const bool shared = sameKind && sharedWithOthers(*old, pending.row.id);
            return sameKind && !shared && keeps(pending, *old) ? old : std::optional<ItemRow>();
        }
        if (sameKind && keeps(pending, *old)) {
            return old;
        }
        for (ItemRow& item : *candidates) {
            if (item.status == "missing" && !store_.hasFiles(item.id).value_or(true)) {
                return std::optional(std::move(item));  // it came back in another form
            }
        }
        return std::optional<ItemRow>();
    }

    // The same content always keeps its item; new content at an old place does when it is the same by its name, or
    // lasts as long (new tags).
    static bool keeps(const Pending& pending, const ItemRow& old) {
        if (!pending.file->contentChanged || old.identity == pending.found.identity) {
            return true;
        }
        const double length = pending.row.duration;
        return length > 0 && pending.before && std::abs(pending.before->duration - length) < 0.5;
    }

    bool sharedWithOthers(const ItemRow& item, const core::Id& file) {
        auto files = store_.filesOfItem(item.id);
        return files && std::any_of(files->begin(), files->end(), [&](const FileRow& f) { return f.id != file; });
    }

    Result<void> fill(Pending& pending, ItemRow& item) {
        const Recognised& found = pending.found;
        if (item.id.empty()) {
            item.id = core::newId(now_);
            item.addedAt = now_;
        }
        item.libraryId = pending.row.libraryId;
        item.kind = found.kind;
        item.identity = found.identity;
        item.title = found.title;
        item.sortTitle = found.sortTitle;
        item.year = found.year;
        item.genres = joinLines(found.genres);
        item.overview = found.overview;
        item.people = found.people;
        item.contentRating = found.contentRating;
        item.status = pending.row.state == "ok" ? "ok" : "broken";
        item.problem = pending.row.state == "ok" ? std::string() : pending.row.problem;
        item.season = found.season;
        item.episode = found.episode;
        item.disc = found.disc;
        item.track = found.track;
        item.series = found.series;
        item.artist = found.artist;
        item.albumArtist = found.albumArtist;
        item.album = found.album;
        item.duration = pending.row.duration;
        item.width = pending.row.width;
        item.height = pending.row.height;
        item.hdr = pending.row.hdr;
        chooseArtwork(pending, item);
        return groups_.attach(found, item);
    }

    static void chooseArtwork(const Pending& pending, ItemRow& item) {
        if (!pending.images.empty()) {
            setArtwork(item, pending.images.front());
        } else if (pending.row.hasCover) {
            setArtwork(item, pending.row);
        } else {
            clearArtwork(item);
        }
    }

    Result<void> writeGone(const ScanUnit& unit) {
        for (const FileRow& row : unit.gone) {
            if (written_.contains(row.id)) {
                continue;
            }
            if (!row.itemId.empty()) {
                refresh_.insert(row.itemId);
            }
            auto done = row.itemId.empty() ? store_.removeFile(row.num) : store_.markMissing(row, now_);
            if (!done) {
                return done;
            }
        }
        return {};
    }

    // Items of several files, or that lost one: as their present files are.
    Result<void> refreshItems() {
        for (const core::Id& id : refresh_) {
            auto before = store_.item(id);
            auto files = store_.filesOfItem(id);
            if (!before || !files) {
                return core::unexpected(before ? files.error() : before.error());
            }
            if (!*before) {
                continue;
            }
            ItemRow item = **before;
            summarise(*files, item);
            groups_.touch(item);
            if (auto done = store_.updateItem(**before, item); !done) {
                return done;
            }
        }
        for (const std::int64_t folder : vanished_) {
            if (auto done = store_.removeFolder(folder); !done) {
                return done;
            }
        }
        return {};
    }

    static void summarise(const std::vector<FileRow>& files, ItemRow& item) {
        if (files.empty()) {
            item.status = "missing";
            return;
        }
        std::map<std::string, double> lengths;  // by version; the parts of one add up
        const FileRow* best = &files.front();
        bool ok = false;
        for (const FileRow& file : files) {
            ok = ok || file.state == "ok";
            double& length = lengths[file.version];
            length = file.part ? length + file.duration : std::max(length, file.duration);
            best = static_cast<std::int64_t>(file.width) * file.height >
                           static_cast<std::int64_t>(best->width) * best->height
                       ? &file
                       : best;
        }
        item.status = ok ? "ok" : "broken";
        item.problem = ok ? std::string() : files.front().problem;
        item.duration = 0;
        for (const auto& [version, length] : lengths) {
            item.duration = std::max(item.duration, length);
        }
        item.width = best->width;
        item.height = best->height;
        item.hdr = best->hdr;
    }

    ScanStore store_;
    Groups groups_;
    Collections collections_;
    core::TimeMs now_;
    std::vector<Pending> pending_;
    std::vector<SidecarRow> folderImages_;
    std::vector<std::int64_t> vanished_;
    std::set<core::Id> refresh_, written_;
    std::set<std::int64_t> inSets_;
};

}  // namespace

Result<void> applyUnits(core::db::Session& session, std::vector<ScanUnit>& units, core::TimeMs now) {
    return Applier(session, now).run(units);
}

}  // namespace marea::server
