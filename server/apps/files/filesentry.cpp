#include "server/apps/files/filesentry.h"

#include <algorithm>

#include "server/apps/files/filestexts.h"
#include "server/apps/oauth/pages.h"

namespace marea::server {

namespace {

bool isMusicItem(const Item& item) {
    return item.kind == "track" || item.kind == "album" || item.kind == "artist" || item.kind == "audiobook";
}

// Parts with " · " between, empty ones left out.
std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += part.empty() ? "" : (text.empty() ? "" : " · ") + part;
    }
    return text;
}

// As the catalogue calls one whose file has no name.
bool hasNumberForName(const Item& item) {
    return item.kind == "episode" && item.episode && item.title == "Episode " + std::to_string(*item.episode);
}

std::string episodeDetail(const Item& item, const FilesWords& words) {
    const bool named = !hasNumberForName(item);
    const std::string number =
        item.episode && named ? filledIn(words.episode, std::to_string(*item.episode)) : std::string();
    return joined({item.series, number, filesDuration(item.duration, false)});
}

std::string detailOf(const Item& item, const FilesWords& words) {
    const std::string year = item.year ? std::to_string(*item.year) : std::string();
    if (item.kind == "episode") {
        return episodeDetail(item, words);
    }
    if (item.kind == "track") {
        return joined({item.artist, item.album, filesDuration(item.duration, true)});
    }
    if (item.kind == "album") {
        return joined({item.albumArtist.empty() ? item.artist : item.albumArtist, year,
                       countText(words.track, words.tracks, item.childCount)});
    }
    if (item.kind == "season") {
        return joined({item.series, countText(words.oneEpisode, words.episodes, item.childCount)});
    }
    return joined({item.kind == "audiobook" ? item.artist : std::string(), year, filesDuration(item.duration, false)});
}

std::string downloadLabel(const ItemFile& file, const FilesWords& words) {
    const std::string part = file.part > 0 ? filledIn(words.part, std::to_string(file.part)) : std::string();
    return joined({part, file.version, filesSize(file.size, words)});
}

void addDownloads(FilesEntry& entry, const Item& item, const std::vector<ItemFile>& files, const FilesWords& words) {
    for (const ItemFile& file : files) {
        if (file.status == "ok") {
            entry.downloads.push_back({"/files/get/" + item.id + "/" + file.id, downloadLabel(file, words)});
        }
    }
    entry.note = entry.downloads.empty() ? std::string(words.isBroken) : std::string();
}

}  // namespace

std::string filesTitle(const Item& item, const FilesWords& words) {
    return item.kind == "season" && item.season ? seasonName(*item.season, words)
           : hasNumberForName(item)             ? filledIn(words.episode, std::to_string(*item.episode))
                                                : item.title;
}

bool filesPlays(const Item& item) {
    return item.kind == "movie" || item.kind == "video" || item.kind == "episode" || item.kind == "track" ||
           item.kind == "audiobook";
}

FilesEntry filesEntry(const Item& item, const std::vector<ItemFile>& files, bool isProtected, const FilesWords& words,
                      std::string picture) {
    FilesEntry entry;
    entry.title = filesTitle(item, words);
    entry.detail = detailOf(item, words);
    entry.picture = std::move(picture);
    entry.square = isMusicItem(item);
    if (!filesPlays(item)) {
        entry.href = "/files?in=" + item.id;
    } else if (isProtected) {
        entry.note = words.isProtected;
    } else {
        addDownloads(entry, item, files, words);
    }
    return entry;
}

}  // namespace marea::server
