#include "server/apps/catalog/searchrows.h"

#include <algorithm>
#include <bit>

#include "core/library/text.h"
#include "server/apps/catalog/rowvalues.h"

namespace marea::server {

using core::Result;
using rowvalues::view;

namespace {

constexpr int kBuckets = 16;
constexpr int kBucketBits = 40;

// Where those stand that nobody plays; what is played stands before.
int lastBucket(std::string_view kind) {
    if (kind == "movie" || kind == "series" || kind == "artist") {
        return kBuckets;
    }
    return kind == "album" || kind == "audiobook" || kind == "video" ? kBuckets * 2 : kBuckets * 3;
}

}  // namespace

std::int64_t searchRowid(const std::string& kind, std::int64_t popularity, std::int64_t num) {
    const int bucket = lastBucket(kind);
    const auto climb = std::min<int>(
        kBuckets * 2,
        2 * static_cast<int>(std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(0, popularity)))));
    return (std::int64_t{std::max(1, bucket - climb)} << kBucketBits) + num;
}

std::int64_t searchRowsEnd(const std::vector<std::string>& kinds) {
    int last = kinds.empty() ? kBuckets * 3 : 0;
    for (const std::string& kind : kinds) {
        last = std::max(last, lastBucket(kind));
    }
    return std::int64_t{last + 1} << kBucketBits;
}

bool sameSearchText(const ItemRow& a, const ItemRow& b) {
    return a.title == b.title && a.artist == b.artist && a.albumArtist == b.albumArtist && a.album == b.album &&
           a.series == b.series && a.genres == b.genres && a.people == b.people && a.year == b.year &&
           a.kind == b.kind && a.popularity == b.popularity && (a.status == "missing") == (b.status == "missing");
}

void SearchRows::index(ItemRow& item) {
    item.searchRow = item.status == "missing" ? 0 : searchRowid(item.kind, item.popularity, item.num);
    if (item.searchRow == 0) {
        return;
    }
    using core::library::searchText;
    Text text;
    text.title = searchText(item.title);
    text.people = searchText(item.artist);
    if (!item.albumArtist.empty() && item.albumArtist != item.artist) {
        text.people += " " + searchText(item.albumArtist);
    }
    for (const std::string* names : {&item.series, &item.people}) {
        if (!names->empty()) {
            text.people += (text.people.empty() ? "" : " ") + searchText(*names);
        }
    }
    text.more = searchText(item.album + " " + item.genres);
    if (item.year) {
        text.more += " " + std::to_string(item.year);
    }
    text.kind = item.kind;
    text.item = item.num;
    rows_[item.searchRow].text = std::move(text);
}

void SearchRows::unindex(const ItemRow& item) {
    if (item.searchRow == 0) {
        return;
    }
    const auto [entry, added] = rows_.try_emplace(item.searchRow);
    if (added) {
        entry->second.inTable = true;
    } else if (!entry->second.inTable) {
        rows_.erase(entry);  // it was to be added: nothing has happened, then
        return;
    }
    entry->second.text.reset();
}

// In ascending order: FTS5 writes out what it has collected whenever a rowid is lower than the one before.
Result<void> SearchRows::save(core::db::Session& session) {
    for (const auto& [row, change] : rows_) {
        auto done = change.inTable ? session.run("DELETE FROM search WHERE rowid=?1", {row}) : Result<void>();
        if (done && change.text) {
            const Text& text = *change.text;
            done = session.run(
                "INSERT INTO search(rowid, title, people, more, kind, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                {row, view(text.title), view(text.people), view(text.more), view(text.kind), text.item});
        }
        if (!done) {
            return done;
        }
    }
    rows_.clear();
    return {};
}

}  // namespace marea::server
