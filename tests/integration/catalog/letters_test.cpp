#include <algorithm>

#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

using server::Method;

// Where letters begin in a list by title, and how one comes there.
class LettersTest : public CatalogTest {};

TEST_F(LettersTest, LettersSayWhereEachBeginsInTheList) {
    for (const char* title : {"2001", "Éclair", "The Echo", "Nube", "Ñandú", "Oca", "Ærø"}) {
        put(media() / (std::string(title) + " (2000).mkv"), "video=1\n");
    }
    scan();
    const auto letters = [this](const std::string& query) {
        std::string text;
        const auto page = get("/api/v1/media", "limit=1&" + query);
        if (!page.contains("letters")) {
            return std::string("none");
        }
        for (const auto& place : page.at("letters").as_array()) {
            text += std::string(place.at("letter").as_string()) + std::to_string(place.at("count").as_int64()) + " ";
        }
        return text;
    };
    EXPECT_EQ(letters("kind=movie&fields=letters"), "#1 A1 E2 N1 Ñ1 O1 ");
    EXPECT_EQ(letters("kind=movie&fields=letters&order=desc"), "O1 Ñ1 N1 E2 A1 #1 ");
    EXPECT_EQ(letters("kind=album&fields=letters"), "");
    EXPECT_EQ(letters("kind=movie&fields=letters&sort=added"), "none");
    EXPECT_EQ(letters("kind=movie"), "none");
    const auto first = get("/api/v1/media", "kind=movie&limit=10").at("items").as_array();
    ASSERT_EQ(first.size(), 7U);
    EXPECT_EQ(first[4].at("title").as_string(), "Nube");
    EXPECT_EQ(first[5].at("title").as_string(), "Ñandú");
}

// From any letter: what follows, and the other way round what stands before, are the list.
TEST_F(LettersTest, ALetterHasTheCursorsOfBothItsSides) {
    for (const char* title : {"2001", "Arrival", "Éclair", "The Echo", "Nube", "Ñandú", "Oca", "Ordet", "Ærø"}) {
        put(media() / (std::string(title) + " (2000).mkv"), "video=1\n");
    }
    scan();
    for (const char* filter : {"kind=movie", "kind=movie&year=2000", "kind=movie,track"}) {
        for (const auto& [order, other] : {std::pair("asc", "desc"), std::pair("desc", "asc")}) {
            const std::string list = std::string(filter) + "&limit=2&sort=title&order=";
            const auto all = allPages(list + order);
            const auto letters = get("/api/v1/media", list + order + "&fields=letters").at("letters").as_array();
            ASSERT_FALSE(letters.empty());
            EXPECT_TRUE(letters[0].at("cursor").is_null() && letters[0].at("before").is_null());
            std::size_t row = 0;
            for (const auto& place : letters) {
                if (row > 0) {
                    auto both = allPages(list + other, {}, std::string(place.at("before").as_string()));
                    EXPECT_EQ(both.size(), row) << filter << order;
                    std::reverse(both.begin(), both.end());
                    const auto after = allPages(list + order, {}, std::string(place.at("cursor").as_string()));
                    both.insert(both.end(), after.begin(), after.end());
                    EXPECT_EQ(both, all) << filter << order << place.at("letter").as_string();
                }
                row += static_cast<std::size_t>(place.at("count").as_int64());
            }
            EXPECT_EQ(row, all.size());
            const std::string cursor(letters.back().at("cursor").as_string());
            EXPECT_EQ(call(Method::Get, "/api/v1/media", list + other + "&cursor=" + cursor).status, 400);
        }
    }
}

// Songs of albums and by themselves, by artists of several letters.
class OrdersTest : public LettersTest {
protected:
    void SetUp() override {
        LettersTest::SetUp();
        song("Zebra/2", 2, "Apple", "Zebra", "The Zoo");
        song("Zebra/1", 1, "Moon", "Zebra", "The Zoo");
        song("Ark/10", 10, "Bell", "Ark", "The Zoo");
        song("Ark/9", 9, "Sun", "Ark", "The Zoo");
        song("Other ark/1", 1, "Rain", "Ark", "Bees");
        song("b", 0, "Bread", "", "Ñu");  // what lies in no folder is of no album
        song("a", 0, "Air", "", "Ñu");
        put(media() / "x.flac", "title=Nobody\n");
        scan();
    }
    void song(const std::string& file, int number, const std::string& title, const std::string& album,
              const std::string& artist) {
        put(media() / (file + ".flac"), "title=" + title + "\nartist=" + artist + "\n" +
                                            (album.empty() ? "" : "album=" + album + "\n") +
                                            (number > 0 ? "track=" + std::to_string(number) + "\n" : ""));
    }
    std::string songs(const std::string& query) {
        std::string text;
        for (const core::Id& id : allPages("kind=track&limit=2&" + query)) {
            text += this->text("SELECT title FROM media_items WHERE id='" + id + "'") + " ";
        }
        return text;
    }
    std::string letters(const std::string& query) {
        std::string text;
        const auto answer = get("/api/v1/media", "kind=track&fields=letters&" + query);
        for (const auto& place : answer.at("letters").as_array()) {
            text += std::string(place.at("letter").as_string()) + std::to_string(place.at("count").as_int64()) + " ";
        }
        return text;
    }
    // Whether every title's keys are those that its names give now.
    void expectKeysAsNamed() {
        EXPECT_EQ(number("SELECT count(*) FROM media_items i JOIN item_orders o USING (num) WHERE "
                         "i.by_artist<>o.by_artist OR i.by_album<>o.by_album"),
                  0);
    }
};

TEST_F(OrdersTest, ByArtistTracksStandInTheirAlbumsInOrder) {
    EXPECT_EQ(songs("sort=artist"), "Nobody Rain Air Bread Sun Bell Moon Apple ");
    EXPECT_EQ(songs("sort=artist&order=desc"), "Apple Moon Bell Sun Bread Air Rain Nobody ");
    EXPECT_EQ(letters("sort=artist"), "#1 B1 Ñ2 Z4 ");
    EXPECT_EQ(letters("sort=artist&order=desc"), "Z4 Ñ2 B1 #1 ");
    expectKeysAsNamed();
}

TEST_F(OrdersTest, ByAlbumThoseOfOneNameStandApart) {
    EXPECT_EQ(songs("sort=album"), "Nobody Air Bread Rain Sun Bell Moon Apple ");
    EXPECT_EQ(letters("sort=album"), "#3 A3 Z2 ");
    const auto albums = get("/api/v1/media", "kind=album&sort=artist").at("items").as_array();
    ASSERT_EQ(albums.size(), 3U);
    EXPECT_EQ(albums[0].at("artist").as_string(), "Bees");
    EXPECT_EQ(albums[2].at("title").as_string(), "Zebra");
}

// Rows come in the order of their keys, which clients merge by; other lists have none.
TEST_F(OrdersTest, ItemsTellTheKeyOfTheirPlace) {
    for (const std::string sort : {"artist", "album"}) {
        std::string before;
        const auto answer = get("/api/v1/media", "kind=track&sort=" + sort);
        for (const auto& item : answer.at("items").as_array()) {
            const std::string key(item.at("order_key").as_string());
            EXPECT_LT(before, key);
            before = key;
        }
    }
    const auto answer = get("/api/v1/media", "kind=track");
    for (const auto& item : answer.at("items").as_array()) {
        EXPECT_FALSE(item.as_object().contains("order_key"));
    }
}

TEST_F(OrdersTest, LettersHaveTheCursorsOfBothTheirSides) {
    for (const std::string sort : {"artist", "album"}) {
        const std::string list = "kind=track&limit=2&sort=" + sort + "&order=";
        const auto all = allPages(list + "asc");
        std::size_t row = 0;
        const auto answer = get("/api/v1/media", list + "asc&fields=letters");
        for (const auto& place : answer.at("letters").as_array()) {
            if (row > 0) {
                auto both = allPages(list + "desc", {}, std::string(place.at("before").as_string()));
                std::reverse(both.begin(), both.end());
                const auto after = allPages(list + "asc", {}, std::string(place.at("cursor").as_string()));
                both.insert(both.end(), after.begin(), after.end());
                EXPECT_EQ(both, all) << sort << place.at("letter").as_string();
            }
            row += static_cast<std::size_t>(place.at("count").as_int64());
        }
        EXPECT_EQ(row, all.size());
    }
}

// To where a track moved, and by what its artist and its album are called now, whoever changed that.
TEST_F(OrdersTest, TracksFollowTheNamesOfWhatTheyAreOf) {
    song("Zebra/1", 3, "Moon", "Zebra", "The Zoo");
    song("a", 0, "Air", "Cheese", "Bees");
    scan();
    expectKeysAsNamed();
    EXPECT_EQ(songs("sort=album"), "Nobody Bread Rain Sun Bell Air Apple Moon ");
    fs::remove(media() / "b.flac");
    scan();
    EXPECT_EQ(songs("sort=artist"), "Nobody Rain Air Sun Bell Apple Moon ");
    EXPECT_EQ(letters("sort=artist"), "#1 B2 Z4 ");
    run("UPDATE media_items SET sort_key='aardvark' WHERE kind='artist' AND title='The Zoo'");
    expectKeysAsNamed();
    EXPECT_EQ(songs("sort=artist"), "Nobody Sun Bell Apple Moon Rain Air ");
    run("UPDATE media_items SET sort_key='zz' WHERE kind='album' AND title='Ark' AND artist='Bees'");
    expectKeysAsNamed();
    EXPECT_EQ(songs("sort=album"), "Nobody Sun Bell Air Apple Moon Rain ");
}

}  // namespace
}  // namespace marea::test
