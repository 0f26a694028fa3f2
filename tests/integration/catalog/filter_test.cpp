#include <algorithm>
#include <cstdio>

#include "server/apps/catalog/mediapages.h"
#include "server/apps/catalog/mediaparams.h"
#include "server/gateway/target.h"
#include "tests/integration/catalog/catalogfixture.h"
#include "tests/integration/catalog/plansession.h"

namespace marea::test {
namespace {

using server::MediaQuery;
using server::Method;
using server::Resolution;

class FilterTest : public CatalogTest {
protected:
    using Titles = std::vector<std::string>;

    void film(const std::string& name, const std::string& lines) {
        put(media() / (name + ".mkv"), "video=1\n" + lines);
    }

    // Films of several sizes and times, an album, and a series.
    void fill() {
        film("Abyss (1989)", "width=3840\nheight=1600\nhdr=4\nduration=8000\n");
        film("Brazil (1985)", "width=1920\nheight=800\nhdr=1\nduration=7000\n");
        film("Cube (1997)", "width=1280\nheight=544\nduration=5000\n");
        film("Duel (1971)", "width=720\nheight=576\nduration=4000\n");
        film("Eden (2012)", "width=1920\nheight=1080\nhdr=3\nduration=6000\n");
        put(media() / "Blue" / "1.flac", track(1, "All Blues", "Blue", "Miles Davis") + "genre=Jazz\n");
        put(media() / "Blue" / "2.flac", track(2, "Flamenco, Sketches", "Blue", "Miles Davis") + "genre=Cool Jazz\n");
        put(media() / "Red" / "1.flac", track(1, "Red", "Red", "King Crimson") + "genre=Rock\n");
        put(media() / "The Wire" / "Season 1" / "The Wire S01E01.mkv", "video=1\nwidth=640\nheight=480\n");
        scan();
    }
    Titles list(const std::string& query) {
        const auto page = get("/api/v1/media", query);
        const auto found = titles(page);
        EXPECT_EQ(page.at("total").as_int64(), static_cast<std::int64_t>(found.size())) << query;
        return found;
    }
    core::Id idOf(const std::string& kind, const std::string& title) {
        return text("SELECT id FROM media_items WHERE kind='" + kind + "' AND title='" + title + "'");
    }
    void touch(const std::string& sql) {
        ASSERT_TRUE(database->write([&](core::db::Session& session) { return session.run(sql); }));
    }
    // However a page of `query` may be found, by whoever asks, with and without a place to go on from.
    void checkPlans(const MediaQuery& query) {
        for (const server::Viewer& viewer : {server::Viewer::everything(user), server::Viewer{user, false, true},
                                             server::Viewer{user, true, false, 12}, server::Viewer{user}}) {
            checkPlans(viewer, query);
        }
    }
    void checkPlans(const server::Viewer& viewer, const MediaQuery& query) {
        const auto filters = server::filtersOf(viewer, query, "");
        std::vector<std::optional<std::size_t>> ways = {std::nullopt};
        for (std::size_t i = 0; i < filters.size(); ++i) {
            if (filters[i].source) {
                ways.emplace_back(i);
            }
        }
        for (const auto& way : ways) {
            for (const bool goesOn : {false, true}) {
                server::Cursor place;
                place.key = server::isByNames(query.sort) ? decltype(place.key)(std::string("a"))
                            : query.sort == "duration"    ? decltype(place.key)(1.5)
                                                          : decltype(place.key)(std::int64_t{1});
                server::Sql sql(user);
                const auto text =
                    server::pageSql(sql, viewer, query, filters, way, goesOn ? std::optional(place) : std::nullopt);
                const auto lines = planOf(text, sql.values());
                expectNoScan(lines, text);
                // Rows of one kind come in their order: what is sorted is the page.
                const auto sorts = std::count(lines.begin(), lines.end(), "USE TEMP B-TREE FOR ORDER BY");
                EXPECT_TRUE(way || query.kinds.size() != 1 || sorts <= 1) << text;
            }
        }
    }
    std::vector<std::string> planOf(const std::string& text, std::span<const core::db::Value> values) {
        std::vector<std::string> lines;
        auto done = database->read([&](core::db::Session& session) {
            PlanSession plan(session);
            auto ran = plan.each(text, values, [](const auto&) { return true; });
            lines = plan.lines;
            return ran;
        });
        EXPECT_TRUE(done) << text << "\n" << done.error().detail;
        return lines;
    }
    static void expectNoScan(const std::vector<std::string>& lines, const std::string& text) {
        for (const std::string& line : lines) {
            const bool search = line.find("VIRTUAL TABLE INDEX") != std::string::npos;
            const bool few = line.starts_with("SCAN k") || line.starts_with("SCAN (subquery") ||
                             line.starts_with("SCAN CONSTANT ROW");
            EXPECT_TRUE(!line.starts_with("SCAN") || search || few) << line << "\n" << text;
        }
    }
    // "value count, …" of one facet.
    std::string facet(const std::string& name, const std::string& query) {
        std::string told;
        const auto facets = get("/api/v1/media/facets", "facet=" + name + "&" + query).at("facets").as_object();
        EXPECT_EQ(facets.size(), 1U);
        for (const auto& value : facets.at(name).as_array()) {
            const auto& object = value.as_object();
            const auto& shown = object.contains("label") ? object.at("label") : object.at("value");
            told += (told.empty() ? "" : ", ") + std::string(shown.as_string()) + " " +
                    std::to_string(object.at("count").as_int64());
        }
        return told;
    }
};

TEST_F(FilterTest, ListsAreNarrowedByWhatIsKnownOfItems) {
    fill();
    EXPECT_EQ(list("kind=movie&resolution=2160p"), Titles{"Abyss"});
    EXPECT_EQ(list("kind=movie&resolution=1080p,sd"), (Titles{"Brazil", "Duel", "Eden"}));
    EXPECT_EQ(list("resolution=sd"), (Titles{"Duel", "Episode 1"}));
    EXPECT_EQ(list("kind=movie&hdr=any"), (Titles{"Abyss", "Brazil", "Eden"}));
    EXPECT_EQ(list("kind=movie&hdr=hdr10,hlg"), (Titles{"Brazil", "Eden"}));
    EXPECT_EQ(list("kind=movie&hdr=none"), (Titles{"Cube", "Duel"}));
    EXPECT_EQ(list("hdr=none,dolby_vision&kind=movie"), (Titles{"Abyss", "Cube", "Duel"}));
    EXPECT_EQ(list("kind=movie&year_from=1985&year_to=1989"), (Titles{"Abyss", "Brazil"}));
    EXPECT_EQ(list("kind=movie&year_to=1980"), Titles{"Duel"});
    EXPECT_EQ(list("kind=movie&year=1997"), Titles{"Cube"});
    EXPECT_EQ(list("kind=movie&duration_from=5000&duration_to=7000.5"), (Titles{"Brazil", "Cube", "Eden"}));
    EXPECT_EQ(list("kind=movie&added_from=1700000000001"), Titles{});
    EXPECT_EQ(list("kind=movie&added_from=1700000000000&sort=year&order=asc").front(), "Duel");
    EXPECT_EQ(list("genre=jazz"), (Titles{"All Blues", "Blue", "Miles Davis"}));
    EXPECT_EQ(list("kind=track&genre=jazz&genre=ROCK"), (Titles{"All Blues", "Red"}));
    EXPECT_EQ(list("kind=track&album=blue"), (Titles{"All Blues", "Flamenco, Sketches"}));
    EXPECT_EQ(list("kind=track&album=" + idOf("album", "Red")), Titles{"Red"});
    EXPECT_EQ(list("kind=track&artist=miles davis&artist=" + idOf("artist", "King Crimson")).size(), 3U);
    EXPECT_EQ(list("kind=episode&series=the wire"), Titles{"Episode 1"});
    EXPECT_EQ(list("kind=episode&series=" + idOf("series", "The Wire")), Titles{"Episode 1"});
    EXPECT_EQ(list("kind=movie,track&q=a&hdr=any"), Titles{"Abyss"});
    EXPECT_EQ(get("/api/v1/media", "kind=movie&resolution=720p").at("items").at(0).at("resolution").as_string(),
              "720p");
}

TEST_F(FilterTest, ListsAreNarrowedByWhatTheUserDid) {
    fill();
    touch("INSERT OR IGNORE INTO users(id, username, username_key, password_hash, role, created_at) VALUES ('" + user +
          "', 'ana', 'ana', 'x', 'owner', 0), ('other', 'eve', 'eve', 'x', 'member', 0)");
    const auto mark = [&](const std::string& who, const std::string& title, const std::string& columns) {
        touch("INSERT INTO user_library(user_id, media_id, rating, watched, favourite, last_played_at) SELECT '" + who +
              "', id, " + columns + " FROM media_items WHERE title='" + title + "' AND kind='movie'");
    };
    mark(user, "Abyss", "9, 1, 0, 5");
    mark(user, "Brazil", "6, 0, 1, NULL");
    mark("other", "Cube", "10, 1, 1, 5");
    touch("INSERT INTO resume_positions SELECT '" + user + "', id, 60, 0 FROM media_items WHERE title='Duel'");
    EXPECT_EQ(list("rating_from=7"), Titles{"Abyss"});
    EXPECT_EQ(list("rating_to=8"), Titles{"Brazil"});
    EXPECT_EQ(list("state=rated"), (Titles{"Abyss", "Brazil"}));
    EXPECT_EQ(list("state=watched"), Titles{"Abyss"});
    EXPECT_EQ(list("state=played,watched"), Titles{"Abyss"});
    EXPECT_EQ(list("state=favourite"), Titles{"Brazil"});
    EXPECT_EQ(list("state=in_progress"), Titles{"Duel"});
    EXPECT_EQ(list("kind=movie&state=unwatched"), (Titles{"Brazil", "Cube", "Duel", "Eden"}));
    EXPECT_EQ(list("state=rated,unwatched"), Titles{"Brazil"});
}

TEST_F(FilterTest, OnlyKnownFiltersAreTaken) {
    for (const std::string query :
         {"resolution=4k", "hdr=yes", "hdr=hdr10,", "state=new", "year_from=x", "year_to=99999", "added_from=-1",
          "added_to=1e3", "duration_from=abc", "duration_to=nan", "duration_to=inf", "duration_from=-1",
          "rating_from=0", "rating_to=11", "facet=secret"}) {
        const bool facets = query.starts_with("facet");
        const auto answer = call(Method::Get, facets ? "/api/v1/media/facets" : "/api/v1/media", query);
        EXPECT_EQ(answer.status, query == "hdr=hdr10," ? 200 : 400) << query;
    }
}

TEST_F(FilterTest, FacetsTellWhatAListCanBeNarrowedBy) {
    fill();
    EXPECT_EQ(facet("resolution", "kind=movie"), "2160p 1, 1080p 2, 720p 1, sd 1");
    EXPECT_EQ(facet("resolution", "kind=movie&resolution=sd"), "2160p 1, 1080p 2, 720p 1, sd 1");
    EXPECT_EQ(facet("resolution", "kind=movie&hdr=any"), "2160p 1, 1080p 2");
    EXPECT_EQ(facet("hdr", "kind=movie"), "none 2, dolby_vision 1, hdr10 1, hlg 1");
    EXPECT_EQ(facet("decade", "kind=movie"), "2010 1, 1990 1, 1980 2, 1970 1");
    EXPECT_EQ(facet("year", "kind=movie&year_to=1980&limit=2"), "2012 1, 1997 1");
    EXPECT_EQ(facet("genre", "kind=track"), "Cool Jazz 1, Jazz 1, Rock 1");
    EXPECT_EQ(facet("genre", "kind=track&artist=miles davis"), "Cool Jazz 1, Jazz 1");
    EXPECT_EQ(facet("artist", "kind=track"), "Miles Davis 2, King Crimson 1");
    EXPECT_EQ(facet("series", "kind=episode"), "The Wire 1");
    EXPECT_EQ(facet("kind", "resolution=sd&kind=track"), "episode 1, movie 1");
    EXPECT_EQ(get("/api/v1/media/facets", "kind=movie").at("facets").as_object().size(), 8U);
}

TEST_F(FilterTest, TheColumnOfResolutionsFollowsTheRule) {
    std::string values;
    for (const int width : {0, 640, 1023, 1099, 1100, 1280, 1699, 1700, 1920, 2560, 2999, 3000, 3840, 7680}) {
        for (const int height : {0, 360, 576, 649, 650, 720, 899, 900, 1080, 1440, 1699, 1700, 2160}) {
            const std::string size = std::to_string(width) + "x" + std::to_string(height);
            values +=
                (values.empty() ? "" : ", ") + ("('" + size + "', '" + libraryId() + "', 'video', '', '', '', '', 0, " +
                                                std::to_string(width) + ", " + std::to_string(height) + ")");
        }
    }
    touch(
        "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, width, height) "
        "VALUES " +
        values);
    for (const std::string& row : texts("SELECT width||' '||height||' '||resolution FROM media_items")) {
        int width = 0, height = 0, resolution = 0;
        ASSERT_EQ(std::sscanf(row.c_str(), "%d %d %d", &width, &height, &resolution), 3);
        EXPECT_EQ(static_cast<int>(server::resolutionOf(width, height)), resolution) << row;
    }
    EXPECT_EQ(server::resolutionNamed("1080p"), Resolution::P1080);
    EXPECT_FALSE(server::resolutionNamed(""));
}

// Every filter as the one that leads and beside an order, in every order.
TEST_F(FilterTest, NoListGoesThroughAWholeTable) {
    fill();
    const std::vector<std::string> filters = {"genre=jazz",
                                              "artist=miles davis",
                                              "album=blue",
                                              "series=the wire",
                                              "year=1959",
                                              "year_to=1990",
                                              "added_from=1",
                                              "duration_from=1",
                                              "rating_from=5",
                                              "resolution=sd",
                                              "hdr=any",
                                              "state=watched",
                                              "state=played",
                                              "state=in_progress",
                                              "state=favourite,rated",
                                              "q=blue",
                                              "status=broken",
                                              "library=" + libraryId(),
                                              "hdr=none",
                                              "state=unwatched",
                                              ""};
    for (const std::string sort : {"title", "artist", "album", "added", "year", "duration", "popular"}) {
        for (const std::string& filter : filters) {
            for (const std::string kind : {"", "&kind=movie", "&kind=movie,track"}) {
                const std::string query = filter + kind + "&sort=" + sort;
                SCOPED_TRACE(query);
                server::Request request;
                const auto parts = server::decodeQuery(query);
                ASSERT_TRUE(parts);
                request.query = *parts;
                const auto parsed = server::parseMediaQuery(request);
                ASSERT_TRUE(parsed);
                checkPlans(*parsed);
            }
        }
    }
}

// A million songs are not looked through for one with a picture.
TEST_F(FilterTest, WhatHasNoPictureIsNotLookedThroughForOne) {
    fill();
    for (const std::string query : {"kind=track&hdr=none", "kind=album,artist&resolution=sd", "kind=track&hdr=any"}) {
        server::Request request;
        request.query = *server::decodeQuery(query);
        EXPECT_EQ(server::parseMediaQuery(request)->kinds, std::vector<std::string>{"none"}) << query;
        EXPECT_EQ(list(query), Titles{});
    }
    EXPECT_EQ(list("kind=track,movie&hdr=none"), (Titles{"Cube", "Duel"}));
    EXPECT_EQ(list("hdr=none"), (Titles{"Cube", "Duel", "Episode 1"}));
}

// From any place in it: neither is anything sorted but the page, nor are the rows before it read.
TEST_F(FilterTest, ListsByNamesGoOnInTheirIndexes) {
    for (const std::string sort : {"artist", "album"}) {
        for (const bool descending : {false, true}) {
            MediaQuery query;
            query.kinds = {"track"};
            query.sort = sort;
            query.descending = descending;
            const auto viewer = server::Viewer::everything(user);
            server::Sql sql(user);
            const auto text = server::pageSql(sql, viewer, query, server::filtersOf(viewer, query, ""), std::nullopt,
                                              server::Cursor{std::string("a"), 1});
            const auto lines = planOf(text, sql.values());
            const std::string walk = "INDEX media_items_by_" + sort + " (kind=? AND ";
            EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                                    [&](const std::string& line) { return line.find(walk) != std::string::npos; }),
                      1)
                << text;
            EXPECT_LE(std::count(lines.begin(), lines.end(), "USE TEMP B-TREE FOR ORDER BY"), 1) << text;
        }
    }
}

// However many titles of other libraries stand before them in the order.
TEST_F(FilterTest, OfOneLibraryNoOthersAreLookedAt) {
    for (const char* sort : {"title", "added"}) {
        for (const bool descending : {false, true}) {
            MediaQuery query;
            query.library = libraryId();
            query.kinds = {"movie"};
            query.sort = sort;
            query.descending = descending;
            server::Cursor place;
            place.key =
                query.sort == "title" ? decltype(place.key)(std::string("a")) : decltype(place.key)(std::int64_t{1});
            const auto viewer = server::Viewer::everything(user);
            const auto filters = server::filtersOf(viewer, query, "");
            server::Sql sql(user);
            const auto text = server::pageSql(sql, viewer, query, filters, std::nullopt, place);
            const auto lines = planOf(text, sql.values());
            const auto walks = std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
                return line.find("INDEX media_items_of_library_by_" + query.sort + " (library_id=? AND kind=?") !=
                       std::string::npos;
            });
            EXPECT_EQ(walks, 1) << text;
        }
    }
}

TEST_F(FilterTest, TheRarestFilterLeads) {
    using Rows = std::vector<std::optional<std::int64_t>>;
    EXPECT_EQ(server::leadingFilter(Rows{std::nullopt, 40, 3, std::nullopt, 3}), 2U);
    EXPECT_EQ(server::leadingFilter(Rows{std::nullopt, std::nullopt}), std::nullopt);
    EXPECT_EQ(server::leadingFilter(Rows{}), std::nullopt);
}

// More rows fit than lead: the list goes through the order's index, and is the same list.
TEST_F(FilterTest, ListsAreTheSameWhicheverFilterLeads) {
    fill();
    touch(
        "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, width, height, "
        "year) WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x+1 FROM n WHERE x<6000) SELECT 'x'||x, '" +
        libraryId() + "', 'video', 'v'||x, 'Clip', 'Clip', 'clip '||(x%97), x, 640, 480, 2000 FROM n");
    for (const std::string sort : {"title", "artist", "album", "added", "year", "duration", "popular"}) {
        std::set<std::string> seen;
        std::string cursor;
        int pages = 0;
        do {
            const auto page =
                get("/api/v1/media", "kind=video,movie&resolution=sd&year_to=2010&limit=200&sort=" + sort + cursor);
            EXPECT_EQ(page.at("total").as_int64(), 6001);
            for (const auto& item : page.at("items").as_array()) {
                EXPECT_TRUE(seen.insert(std::string(item.at("id").as_string())).second);
            }
            cursor =
                page.at("next_cursor").is_null() ? "" : "&cursor=" + std::string(page.at("next_cursor").as_string());
        } while (!cursor.empty() && ++pages < 100);
        EXPECT_EQ(seen.size(), 6001U) << sort;
    }
}

}  // namespace
}  // namespace marea::test
