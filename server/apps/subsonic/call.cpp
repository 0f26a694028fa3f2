#include "server/apps/subsonic/call.h"

#include <algorithm>
#include <map>
#include <set>

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
    std::vector<core::Id> songs, books, all;
    for (const Item& item : *items) {
        all.push_back(item.id);
        if (item.kind == "track" || isVideo(item)) {
            songs.push_back(item.id);
        } else if (item.kind == "audiobook") {
            books.push_back(item.id);
        }
    }
    std::map<core::Id, SongFile> files;
    std::map<core::Id, core::TimeMs> starred;
    std::map<core::Id, std::int64_t> counted;
    auto done = parts.database.read([&](core::db::Session& session) -> Done {
        MusicLists lists(session, viewer());
        auto found = lists.files(songs);
        auto times = lists.starredAt(all);
        auto counts = lists.partCounts(books);
        if (!found || !times || !counts) {
            return unexpected<Error>(!found ? found.error() : !times ? times.error() : counts.error());
        }
        counted = std::move(*counts);
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
        if (const auto count = counted.find(item.id); count != counted.end()) {
            entry.parts = count->second;
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

namespace {

Entry partEntry(const Entry& book, const BookPart& part) {
    Entry entry = book;
    entry.part = part.id;
    entry.partNumber = part.number;
    entry.file = part.file;
    return entry;
}

}  // namespace

Result<std::vector<Entry>> Call::songs(const std::vector<core::Id>& wanted) const {
    const std::set<core::Id> each(wanted.begin(), wanted.end());
    auto found = entries(std::vector<core::Id>(each.begin(), each.end()));
    std::map<core::Id, Entry> songs;
    std::vector<core::Id> others(each.begin(), each.end());
    for (Entry& entry : found ? *found : std::vector<Entry>()) {
        std::erase(others, entry.item.id);
        if (entry.item.kind == "track") {
            songs.emplace(entry.item.id, std::move(entry));
        }
    }
    const auto named = found && !others.empty()
                           ? read<std::vector<BookPart>>([&](MusicLists& lists) { return lists.partsNamed(others); })
                           : found.map([](auto&&) { return std::vector<BookPart>(); });
    if (!named) {
        return unexpected<Error>(named.error());
    }
    std::set<core::Id> books;
    for (const BookPart& part : *named) {
        books.insert(part.book);
    }
    const auto titles = entries(std::vector<core::Id>(books.begin(), books.end()));
    if (!titles) {
        return titles;
    }
    for (const BookPart& part : *named) {
        const auto book = std::find_if(titles->begin(), titles->end(),
                                       [&](const Entry& entry) { return entry.item.id == part.book; });
        if (book != titles->end()) {
            songs.emplace(part.id, partEntry(*book, part));
        }
    }
    std::vector<Entry> list;
    for (const core::Id& id : wanted) {
        if (const auto song = songs.find(id); song != songs.end()) {
            list.push_back(song->second);
        }
    }
    return list;
}

Result<Entry> Call::song(const core::Id& id) const {
    auto found = songs({id});
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->empty() || found->front().item.status == "missing"
               ? fail(ErrorCode::NotFound, "There is nothing with this id.")
               : Result<Entry>(std::move(found->front()));
}

Result<std::vector<Entry>> Call::partsOf(const Entry& book) const {
    const auto found = read<std::vector<BookPart>>([&](MusicLists& lists) { return lists.parts(book.item.id); });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    std::vector<Entry> list;
    std::transform(found->begin(), found->end(), std::back_inserter(list),
                   [&](const BookPart& part) { return partEntry(book, part); });
    return list;
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
