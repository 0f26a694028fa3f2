#include "server/apps/subsonic/call.h"

#include <algorithm>

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

Result<std::vector<Entry>> Call::entries(const std::vector<core::Id>& wanted) const {
    auto items = parts.catalog.items(who().userId, wanted);
    if (!items) {
        return unexpected<Error>(items.error());
    }
    std::vector<core::Id> songs, all;
    for (const Item& item : *items) {
        all.push_back(item.id);
        if (item.kind == "track" || isVideo(item)) {
            songs.push_back(item.id);
        }
    }
    std::map<core::Id, SongFile> files;
    std::map<core::Id, core::TimeMs> starred;
    auto done = parts.database.read([&](core::db::Session& session) -> Done {
        MusicLists lists(session, viewer());
        auto found = lists.files(songs);
        auto times = lists.starredAt(all);
        if (!found || !times) {
            return unexpected<Error>(found ? times.error() : found.error());
        }
        files = std::move(*found);
        starred = std::move(*times);
        return {};
    });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    std::vector<Entry> entries;
    for (Item& item : *items) {
        Entry entry;
        if (const auto file = files.find(item.id); file != files.end()) {
            entry.file = file->second;
        }
        if (const auto time = starred.find(item.id); time != starred.end()) {
            entry.starredAt = time->second;
        }
        entry.item = std::move(item);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<Entry>> Call::entries(const MusicLists::Ids& wanted) const {
    return wanted ? entries(*wanted) : Result<std::vector<Entry>>(unexpected<Error>(wanted.error()));
}

Result<Entry> Call::entry(const core::Id& id, std::span<const char* const> kinds) const {
    auto found = entries(std::vector<core::Id>{id});
    if (!found) {
        return unexpected<Error>(found.error());
    }
    const bool fits = !found->empty() && found->front().item.status != "missing" &&
                      std::any_of(kinds.begin(), kinds.end(),
                                  [&](std::string_view kind) { return kind == found->front().item.kind; });
    return fits ? Result<Entry>(std::move(found->front()))
                : fail(ErrorCode::NotFound, "There is nothing with this id.");
}

Result<std::vector<LibraryRow>> Call::libraries() const {
    return LibraryStore(parts.database).visibleTo(viewer());
}

Result<core::Id> Call::library() const {
    const auto wanted = parameters.integer("musicFolderId", -1, -1, INT64_MAX);
    if (!wanted || *wanted < 0) {
        return wanted ? Result<core::Id>(core::Id()) : unexpected<Error>(wanted.error());
    }
    const auto known = libraries();
    if (!known) {
        return unexpected<Error>(known.error());
    }
    for (const LibraryRow& library : *known) {
        if (folderNumber(library.id) == *wanted) {
            return library.id;
        }
    }
    return fail(ErrorCode::NotFound, "There is no such folder.");
}

std::vector<Element> elements(const std::vector<Entry>& entries, Element (*element)(const Entry&)) {
    std::vector<Element> list;
    list.reserve(entries.size());
    std::transform(entries.begin(), entries.end(), std::back_inserter(list), element);
    return list;
}

// FNV-1a, 31 bits of it.
std::int64_t folderNumber(const core::Id& library) {
    std::uint32_t hash = 2166136261U;
    for (const char c : library) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash & 0x7FFFFFFFU;
}

}  // namespace marea::server::subsonic
