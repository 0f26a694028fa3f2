#include <algorithm>

#include "catalogfixture.h"
#include "plansession.h"
#include "server/apps/catalog/itemqueries.h"

namespace marea::test {
namespace {

// What triggers keep counted (schemas 0032 to 0034) is what a count of the rows gives, whatever happened.
class CountsTest : public CatalogTest {
protected:
    void expectRight(const char* when) {
        SCOPED_TRACE(when);
        EXPECT_EQ(
            texts("SELECT kind||'|'||library_id||'|'||head||'|'||items FROM item_counts WHERE items<>0 ORDER BY 1"),
            texts("SELECT kind||'|'||library_id||'|'||substr(sort_key, 1, 2)||'|'||count(*) FROM media_items WHERE "
                  "status<>'missing' GROUP BY kind, library_id, substr(sort_key, 1, 2) ORDER BY 1"));
        EXPECT_EQ(
            texts("SELECT library_id||'|'||state||'|'||files||'|'||bytes FROM file_counts WHERE files<>0 ORDER BY 1"),
            texts("SELECT library_id||'|'||state||'|'||count(*)||'|'||sum(size) FROM media_files GROUP BY "
                  "library_id, state ORDER BY 1"));
        EXPECT_EQ(
            texts("SELECT genre||'|'||library_id||'|'||kind||'|'||items FROM genre_counts WHERE items<>0 ORDER BY 1"),
            texts("SELECT g.genre||'|'||i.library_id||'|'||i.kind||'|'||count(*) FROM item_genres g JOIN media_items "
                  "i ON i.num=g.item WHERE i.status<>'missing' GROUP BY g.genre, i.library_id, i.kind ORDER BY 1"));
        EXPECT_EQ(texts("SELECT genre||'|'||kind||'|'||library_id||'|'||head||'|'||items FROM genre_heads WHERE "
                        "items<>0 ORDER BY 1"),
                  texts("SELECT g.genre||'|'||i.kind||'|'||i.library_id||'|'||substr(i.sort_key, 1, 2)||'|'||count(*) "
                        "FROM item_genres g JOIN media_items i ON i.num=g.item WHERE i.status<>'missing' GROUP BY "
                        "g.genre, i.kind, i.library_id, substr(i.sort_key, 1, 2) ORDER BY 1"));
    }
    // With where each begins, but the words of the cursors: those are of one list.
    static std::string lettersOf(const core::json::object& page) {
        std::string text;
        for (const auto& place : page.at("letters").as_array()) {
            text += std::string(place.at("letter").as_string()) + std::to_string(place.at("count").as_int64()) +
                    (place.at("cursor").is_null() ? " " : ", ");
        }
        return text;
    }
    void song(int number, const std::string& title, const std::string& genre) {
        put(media() / "Album" / (std::to_string(number) + ".flac"), track(number, title) + "genre=" + genre + "\n");
    }
};

TEST_F(CountsTest, FollowScansAndEdits) {
    song(1, "So What", "Jazz");
    song(2, "Blue in Green", "Jazz");
    put(media() / "Gnus (2001)" / "Gnus (2001).mkv", "video=1\n");
    scan();
    expectRight("new");
    EXPECT_EQ(get("/api/v1/media", "kind=track").at("total").as_int64(), 2);
    EXPECT_EQ(get("/api/v1/media", "genre=jazz&kind=track").at("total").as_int64(), 2);
    EXPECT_EQ(get("/api/v1/media", "genre=jazz&kind=movie").at("total").as_int64(), 0);

    song(1, "All Blues", "Modal");
    scan();
    expectRight("other tags");
    EXPECT_EQ(get("/api/v1/media", "genre=jazz&kind=track").at("total").as_int64(), 1);
    EXPECT_EQ(get("/api/v1/media", "genre=modal&kind=track").at("total").as_int64(), 1);

    fs::remove(media() / "Album" / "2.flac");
    scan();
    expectRight("gone");
    EXPECT_EQ(get("/api/v1/media", "kind=track").at("total").as_int64(), 1);

    song(2, "Blue in Green", "Jazz");
    scan();
    expectRight("back again");
    EXPECT_EQ(get("/api/v1/media", "kind=track").at("total").as_int64(), 2);

    run("DELETE FROM media_items WHERE kind='track'");
    expectRight("deleted");
    run("DELETE FROM libraries");
    expectRight("with their library");
}

TEST_F(CountsTest, LettersAndMenusAreThoseOfTheRows) {
    for (const char* film : {"Ñandú (2001)", "Nene (2002)", "Zebra (2003)", "1984 (1984)"}) {
        put(media() / film / (std::string(film) + ".mkv"), "video=1\n");
    }
    song(1, "So What", "Jazz");
    song(2, "All Blues", "Modal");
    scan();
    for (const char* order : {"asc", "desc"}) {
        // A filter that every film passes has them counted row by row.
        const std::string query = std::string("kind=movie&fields=letters&sort=title&order=") + order;
        const auto kept = get("/api/v1/media", query), counted = get("/api/v1/media", query + "&year_from=1900");
        EXPECT_EQ(lettersOf(kept), lettersOf(counted)) << order;
        EXPECT_EQ(kept.at("total"), counted.at("total"));
    }
    for (const char* order : {"asc", "desc"}) {
        const std::string query = std::string("kind=track,album&genre=jazz&fields=letters&sort=title&order=") + order;
        const auto ofGenre = get("/api/v1/media", query), rows = get("/api/v1/media", query + "&added_from=0");
        EXPECT_EQ(lettersOf(ofGenre), lettersOf(rows)) << order;
        EXPECT_EQ(ofGenre.at("letters").as_array().size(), 2U);  // the song and its album
    }
    const auto kept = get("/api/v1/media/facets", "facet=kind,genre");
    const auto counted = get("/api/v1/media/facets", "facet=kind,genre&added_from=0");
    EXPECT_EQ(kept.at("facets"), counted.at("facets"));
    EXPECT_EQ(kept.at("facets").at("genre").as_array().size(), 2U);
}

// The letters of a genre cost what the letters are, not what the genre is.
TEST_F(CountsTest, LettersOfAGenreCountNoRows) {
    song(1, "So What", "Jazz");
    scan();
    server::MediaQuery query;
    query.kinds = {"track"};
    query.genres = {"Jazz"};
    query.withLetters = true;
    std::vector<std::string> lines;
    ASSERT_TRUE(database->read([&](core::db::Session& session) {
        PlanSession plan(session);
        const auto letters =
            server::ItemQueries(plan, server::Viewer::everything(user)).letters(query).map([](const auto& list) {
                EXPECT_EQ(list.size(), 1U);
            });
        lines = plan.lines;
        return letters;
    }));
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.front(), "SEARCH genre_heads USING PRIMARY KEY (genre=? AND kind=?)");
    for (const std::string& line : lines) {
        EXPECT_EQ(line.find("media_items"), std::string::npos) << line;
    }
}

// A letter's page costs what a page does, however many titles stand before it.
TEST_F(CountsTest, TheCursorOfALetterIsFoundInTheIndex) {
    for (const char* title : {"So What", "All Blues", "Blue in Green"}) {
        song(title[0], title, "Jazz");
    }
    scan();
    for (const bool descending : {false, true}) {
        server::MediaQuery query;
        query.kinds = {"track"};
        query.descending = descending;
        std::vector<std::string> lines;
        ASSERT_TRUE(database->read([&](core::db::Session& session) {
            PlanSession plan(session);
            const auto viewer = server::Viewer::everything(user);
            server::ItemQueries queries(plan, viewer);
            const auto letters = queries.letters(query).value_or(std::vector<server::LetterPlace>());
            EXPECT_EQ(letters.size(), 3U);
            query.cursor = server::cursorsOf(letters.back(), query).from;
            plan.lines.clear();
            const auto page = queries.page(query).map([&](const server::ItemPage& found) {
                EXPECT_EQ(found.items.size(), 1U);
                EXPECT_EQ(found.items.front().title, descending ? "All Blues" : "So What");
            });
            lines = plan.lines;
            return page;
        }));
        EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find("media_items_by_title (kind=? AND ") != std::string::npos &&
                   line.find(descending ? '<' : '>') != std::string::npos;
        })) << testing::PrintToString(lines);
    }
}

// What words are spelled like is read where it is needed, and of a large catalogue in the background: nobody waits for
// a million titles' words to find what begins with two letters.
TEST_F(CountsTest, ASearchThatFindsEnoughReadsNoOtherWords) {
    for (int i = 1; i <= 5; ++i) {
        song(i, "Barrel " + std::to_string(i), "Jazz");
    }
    scan();
    const auto viewer = server::Viewer::everything(user);
    int asked = 0;
    const auto spelling = [&] {
        ++asked;
        return catalog->spelling();
    };
    EXPECT_EQ(server::searchItems(*database, viewer, "ba", {}, 20, spelling)->items.size(), 5U);
    EXPECT_EQ(server::searchItems(*database, viewer, "ba", {}, 1, spelling)->items.size(), 1U);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(server::searchItems(*database, viewer, "barrle", {}, 20, spelling)->corrected, "barrel");
    EXPECT_EQ(asked, 1);
}

TEST_F(CountsTest, OfManyTitlesTheWordsAreReadInTheBackground) {
    song(1, "Barrel", "Jazz");
    scan();
    run("INSERT INTO item_counts VALUES ('track', '" + libraryId() + "', 'zz', 1000000)");
    const auto corrected = [&] { return get("/api/v1/search", "q=barrle").at("corrected"); };
    EXPECT_TRUE(corrected().is_null()) << "not known yet, and not waited for";
    for (int tries = 0; corrected().is_null() && tries < 12'000; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(corrected(), "barrel");
}

TEST_F(CountsTest, AListWithFiltersIsCountedSoFarUnlessItIsAskedForExactly) {
    run("INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, year) WITH "
        "RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x+1 FROM n WHERE x<10001) SELECT 'x'||x, '" +
        libraryId() + "', 'video', 'v'||x, 'Clip', 'Clip', 'clip', x, 2000 FROM n");
    expectRight("by hand");
    const auto many = get("/api/v1/media", "kind=video&year=2000&limit=1");
    EXPECT_TRUE(many.at("total").is_null());
    EXPECT_EQ(many.at("total_at_least").as_int64(), 10'000);
    EXPECT_EQ(get("/api/v1/media", "kind=video&year=2000&limit=1&total=exact").at("total").as_int64(), 10'001);
    const auto plain = get("/api/v1/media", "kind=video&limit=1");
    EXPECT_EQ(plain.at("total").as_int64(), 10'001);
    EXPECT_FALSE(plain.contains("total_at_least"));
    const auto again = get("/api/v1/media", "kind=video&year=2000&limit=1");  // as it was counted before
    EXPECT_TRUE(again.at("total").is_null());
}

// A fifth of everything may begin with two letters: such lists go by their order, row by row, and are the same.
TEST_F(CountsTest, ListsOfWordsThatManyHaveAreTheSameWhicheverWayTheyAreFound) {
    const std::string rows = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x+1 FROM n WHERE x<6000) ";
    run("INSERT INTO media_items(num, id, library_id, kind, identity, title, sort_title, sort_key, added_at, "
        "search_row) " +
        rows + "SELECT 900000+x, 'x'||x, '" + libraryId() +
        "', 'video', 'v'||x, 'T', 'T', 'key '||(x%7), x, (1<<40)+900000+x FROM n");
    run("INSERT INTO search(rowid, title, people, more, kind, item) " + rows +
        "SELECT (1<<40)+900000+x, CASE WHEN x%100=0 THEN 'the big barn' ELSE 'oba barrel'||x END, CASE WHEN x%3=0 THEN "
        "'ann "
        "bo' "
        "ELSE '' END, 'x', 'video', 900000+x FROM n");
    const auto all = [&](const std::string& query) {
        std::set<std::string> seen;
        std::string cursor;
        do {
            const auto page = get("/api/v1/media", query + "&limit=200" + cursor);
            for (const auto& item : page.at("items").as_array()) {
                EXPECT_TRUE(seen.insert(std::string(item.at("id").as_string())).second);
            }
            cursor =
                page.at("next_cursor").is_null() ? "" : "&cursor=" + std::string(page.at("next_cursor").as_string());
        } while (!cursor.empty());
        return seen.size();
    };
    EXPECT_EQ(all("q=ba&sort=title"), 6000U);  // more than lead
    EXPECT_EQ(all("q=ba bo&sort=added"), 2000U);
    EXPECT_EQ(all("q=ba bo&kind=video&sort=title"), 2000U);
    EXPECT_EQ(all("q=big&sort=title"), 60U);
    EXPECT_EQ(all("q=arrel&sort=title"), 0U) << "only where a word begins";
    const auto page = get("/api/v1/media", "q=ba&limit=1");
    EXPECT_TRUE(page.at("total").is_null());
    EXPECT_EQ(page.at("total_at_least").as_int64(), 1000);
    EXPECT_EQ(get("/api/v1/media", "q=ba&limit=1&total=exact").at("total").as_int64(), 6000);
    EXPECT_EQ(get("/api/v1/media", "q=ba bo&limit=1").at("total").as_int64(), 2000);
}

}  // namespace
}  // namespace marea::test
