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

}  // namespace
}  // namespace marea::test
