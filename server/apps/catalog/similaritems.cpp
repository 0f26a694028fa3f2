#include "server/apps/catalog/similaritems.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/library/similarity.h"
#include "core/library/text.h"
#include "server/apps/catalog/scanrows.h"

namespace marea::server {

namespace {

using core::Result;
using core::db::Row;
using core::db::Value;
using core::library::Traits;

constexpr std::size_t kMostGenres = 5, kMostPeople = 8;
constexpr std::size_t kCandidates = 1500;

// The newest of each genre, and of those the most popular.
constexpr std::string_view kOfGenre =
    "SELECT i.num FROM (SELECT item FROM item_genres WHERE genre=?1 ORDER BY item DESC LIMIT 3000) g CROSS JOIN "
    "media_items i ON i.num=g.item WHERE i.kind=?2 AND i.status<>'missing' ORDER BY i.popularity DESC, i.num DESC "
    "LIMIT "
    "200";
constexpr std::string_view kOfPerson =
    "SELECT rowid & 0xFFFFFFFFFF FROM search WHERE search MATCH ?1 AND kind=?2 ORDER BY rowid LIMIT 50";
constexpr std::string_view kOfArtist =
    "SELECT num FROM media_items INDEXED BY media_items_of_artist WHERE artist_id=?1 AND kind=?2 AND status<>'missing' "
    "LIMIT 300";
constexpr std::string_view kOfCollection =
    "SELECT i.num FROM collection_members m CROSS JOIN media_items i ON i.num=m.item WHERE m.collection_id=?1 AND "
    "i.kind=?2 AND i.status<>'missing' LIMIT 200";

class Similar {
public:
    explicit Similar(core::db::Session& session) : session_(session) {}

    struct Known {
        std::int64_t num = 0;
        std::string kind;
        Traits traits;
        std::vector<std::string> people;  // as they are spelled
    };

    Result<std::optional<Known>> known(std::string_view condition, const Value& value) {
        auto found = session_.first(
            "SELECT num, kind, genres, people, artist_id, year, popularity FROM media_items "
            "WHERE " +
                std::string(condition),
            {value}, knownOf);
        if (!found || !*found) {
            return found ? std::optional<Known>() : Result<std::optional<Known>>(core::unexpected(found.error()));
        }
        auto collections = session_.all("SELECT collection_id FROM collection_members WHERE item=?1", {(*found)->num},
                                        [](const Row& row) { return row.string(0); });
        if (!collections) {
            return core::unexpected(collections.error());
        }
        (*found)->traits.collections = core::library::traitList(std::move(*collections));
        return std::optional<Known>(std::move(**found));
    }

    Result<std::vector<std::int64_t>> best(const Known& item, std::size_t most) {
        if (auto done = gather(item); !done) {
            return core::unexpected(done.error());
        }
        std::vector<std::pair<double, std::int64_t>> scored;
        for (const std::int64_t num : candidates_) {
            auto other = known("num=?1", num);
            if (!other) {
                return core::unexpected(other.error());
            }
            const double score = *other ? core::library::similarity(item.traits, (*other)->traits) : 0;
            if (score > 0) {
                scored.emplace_back(-score, num);
            }
        }
        const std::size_t count = std::min(most, scored.size());
        std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(count), scored.end());
        std::vector<std::int64_t> numbers;
        for (std::size_t i = 0; i < count; ++i) {
            numbers.push_back(scored[i].second);
        }
        return numbers;
    }

private:
    static Known knownOf(const Row& row) {
        Known item;
        item.num = row.integer(0);
        item.kind = row.string(1);
        std::vector<std::string> genres, people;
        for (const std::string& genre : splitLines(row.text(2))) {
            genres.push_back(core::library::searchText(genre));
        }
        item.people = splitLines(row.text(3));
        for (const std::string& person : item.people) {
            people.push_back(core::library::searchText(person));
        }
        item.traits.genres = core::library::traitList(std::move(genres));
        item.traits.people = core::library::traitList(std::move(people));
        item.traits.artist = row.string(4);
        item.traits.year = static_cast<int>(row.integer(5));
        item.traits.popularity = row.integer(6);
        return item;
    }

    Result<void> gather(const Known& item) {
        Result<void> done;
        for (const std::string& kind : kindsLike(item.kind)) {
            for (const std::string& collection : item.traits.collections) {
                done = done ? add(kOfCollection, collection, kind, item.num) : done;
            }
            done = done && !item.traits.artist.empty() ? add(kOfArtist, item.traits.artist, kind, item.num) : done;
            for (std::size_t i = 0; i < item.people.size() && i < kMostPeople; ++i) {
                const std::string name = core::library::searchText(item.people[i]);
                done = done && !name.empty() ? add(kOfPerson, "people : \"" + name + "\"", kind, item.num) : done;
            }
            for (std::size_t i = 0; i < item.traits.genres.size() && i < kMostGenres; ++i) {
                done = done ? add(kOfGenre, item.traits.genres[i], kind, item.num) : done;
            }
        }
        return done;
    }

    static std::vector<std::string> kindsLike(const std::string& kind) {
        if (kind == "movie") {
            return {"movie", "series"};
        }
        return kind == "series" ? std::vector<std::string>{"series", "movie"} : std::vector<std::string>{kind};
    }

    Result<void> add(std::string_view sql, const std::string& value, const std::string& kind, std::int64_t self) {
        return session_.each(sql, {std::string_view(value), std::string_view(kind)}, [&](const Row& row) {
            if (row.integer(0) != self) {
                candidates_.insert(row.integer(0));
            }
            return candidates_.size() < kCandidates;
        });
    }

    core::db::Session& session_;
    std::set<std::int64_t> candidates_;
};

}  // namespace

Result<std::vector<std::int64_t>> similarNumbers(core::db::Session& session, const Item& item, std::size_t most) {
    const bool part = item.kind == "episode" || item.kind == "season";
    const core::Id& id = part && !item.seriesId.empty() ? item.seriesId : item.id;
    Similar similar(session);
    auto known = similar.known("id=?1", std::string_view(id));
    if (!known || !*known) {
        return known ? Result<std::vector<std::int64_t>>(std::vector<std::int64_t>()) : core::unexpected(known.error());
    }
    return similar.best(**known, most);
}

}  // namespace marea::server
