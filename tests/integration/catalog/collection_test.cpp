#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

using server::Method;

class CollectionTest : public CatalogTest {
protected:
    using Titles = std::vector<std::string>;

    void film(const std::string& name, const std::string& nfo = {}) {
        put(media() / (name + ".mkv"), "video=1\nduration=" + std::to_string(4000 + name.size()) + "\n");
        if (!nfo.empty()) {
            put(media() / (name + ".nfo"), "<movie>" + nfo + "</movie>");
        }
    }
    core::json::object send(Method method, const std::string& path, const std::string& body, int status) {
        const auto answer = call(method, path, {}, body);
        EXPECT_EQ(answer.status, status) << path << " " << body << " " << bodyOf(answer);
        return bodyOf(answer).empty() ? core::json::object() : core::json::parse(bodyOf(answer)).as_object();
    }
    Titles names(const std::string& query = {}) {
        Titles list;
        const auto page = get("/api/v1/collections", query);
        for (const auto& one : page.at("items").as_array()) {
            list.emplace_back(one.at("name").as_string());
        }
        return list;
    }
    core::Id idOf(const std::string& name) { return text("SELECT id FROM collections WHERE name='" + name + "'"); }
    Titles items(const std::string& name) { return titles(get("/api/v1/collections/" + idOf(name))); }
    Titles similar(const core::Id& id, const std::string& query = {}) {
        return titles(get("/api/v1/media/" + id + "/similar", query));
    }
    static std::string ids(const std::vector<core::Id>& list) {
        std::string text;
        for (const core::Id& id : list) {
            text += (text.empty() ? "\"" : ", \"") + id + "\"";
        }
        return "[" + text + "]";
    }
};

TEST_F(CollectionTest, FilmsOfASeriesAreTogetherAsTheirNfoFilesSay) {
    film("Before Midnight (2013)", "<set><name>Before Trilogy</name><overview>Two people talk.</overview></set>");
    film("Before Sunrise (1995)", "<set>Before Trilogy</set>");
    film("Alone (2000)", "<set></set>");
    scan();
    EXPECT_EQ(names(), Titles{"Before Trilogy"});
    EXPECT_EQ(items("Before Trilogy"), (Titles{"Before Sunrise", "Before Midnight"}));
    const auto told = get("/api/v1/collections/" + idOf("Before Trilogy"));
    EXPECT_EQ(told.at("source").as_string(), "files");
    EXPECT_EQ(told.at("overview").as_string(), "Two people talk.");
    EXPECT_EQ(titles(get("/api/v1/media", "collection=" + idOf("Before Trilogy") + "&sort=title&order=desc")),
              (Titles{"Before Sunrise", "Before Midnight"}));
    const std::string admin = "/api/v1/admin/collections/" + idOf("Before Trilogy");
    send(Method::Put, admin, R"({"name": "Mine"})", 422);
    send(Method::Delete, admin, "", 422);
    put(media() / "Before Sunrise (1995).nfo", "<movie><set>Vienna</set></movie>");
    scan();
    EXPECT_EQ(names(), (Titles{"Before Trilogy", "Vienna"}));
    EXPECT_EQ(items("Vienna"), Titles{"Before Sunrise"});
    fs::remove(media() / "Before Midnight (2013).mkv");
    scan();
    EXPECT_EQ(names(), Titles{"Vienna"}) << "one without films is not there";
    get("/api/v1/collections/" + idOf("Before Trilogy"), {}, 404);
}

TEST_F(CollectionTest, OneOfSeveralVersionsMaySayTheSet) {
    put(media() / "Film (2000)" / "Film (2000).mkv", "video=1\nduration=4000\n");
    put(media() / "Film (2000)" / "Film (2000).nfo",
        "<movie><title>Film</title><year>2000</year><set>Films</set></movie>");
    put(media() / "Film (2000)" / "Film (2000) - 2160p.mkv", "video=1\nduration=4000\nwidth=3840\nheight=2160\n");
    scan();
    EXPECT_EQ(items("Films"), Titles{"Film"});
}

TEST_F(CollectionTest, OwnersPutTitlesTogetherInTheirOrder) {
    for (const char* name : {"Abyss (1989)", "Brazil (1985)", "Cube (1997)"}) {
        film(name);
    }
    scan();
    const auto a = itemOf("Abyss (1989).mkv"), b = itemOf("Brazil (1985).mkv"), c = itemOf("Cube (1997).mkv");
    const auto made = send(Method::Post, "/api/v1/admin/collections",
                           R"({"name": "The Best", "overview": "Ours", "media_ids": )" + ids({c, a}) + "}", 201);
    EXPECT_EQ(titles(made), (Titles{"Cube", "Abyss"}));
    EXPECT_EQ(made.at("source").as_string(), "owner");
    EXPECT_EQ(made.at("child_count").as_int64(), 2);
    const std::string path = "/api/v1/admin/collections/" + idOf("The Best");
    send(Method::Put, path, R"({"media_ids": )" + ids({b, c, a, b}) + "}", 200);
    EXPECT_EQ(items("The Best"), (Titles{"Brazil", "Cube", "Abyss"}));
    send(Method::Put, path, R"({"name": "Best"})", 200);
    EXPECT_EQ(items("Best").size(), 3U);
    send(Method::Put, path, R"({"media_ids": ["018bcfe5-6800-7000-8000-000000000009"]})", 422);
    EXPECT_EQ(items("Best").size(), 3U) << "whole or not at all";
    for (const char* body :
         {"{}x", R"({"name": ""})", R"({"name": " "})", R"({"secret": 1})", R"({"media_ids": [1]})"}) {
        send(Method::Put, path, body, 400);
    }
    send(Method::Post, "/api/v1/admin/collections", R"({"overview": "x"})", 400);
    scan();
    EXPECT_EQ(items("Best").size(), 3U);
    send(Method::Delete, path, "", 204);
    send(Method::Delete, path, "", 404);
    EXPECT_EQ(number("SELECT count(*) FROM collection_members"), 0);
}

TEST_F(CollectionTest, ListsOfCollectionsGoOnByCursors) {
    film("Abyss (1989)");
    scan();
    const auto id = itemOf("Abyss (1989).mkv");
    for (const char* name : {"The A", "B", "C", "A"}) {
        send(Method::Post, "/api/v1/admin/collections",
             R"({"name": ")" + std::string(name) + R"(", "media_ids": )" + ids({id}) + "}", 201);
    }
    Titles all;
    std::string cursor;
    int pages = 0;
    do {
        const auto page = get("/api/v1/collections", "limit=2" + cursor);
        for (const auto& one : page.at("items").as_array()) {
            all.emplace_back(one.at("name").as_string());
        }
        cursor = page.at("next_cursor").is_null() ? "" : "&cursor=" + std::string(page.at("next_cursor").as_string());
    } while (!cursor.empty() && ++pages < 10);
    EXPECT_EQ(pages, 1);
    EXPECT_EQ(all.size(), 4U);
    EXPECT_EQ(all[2], "B");
    EXPECT_EQ(call(Method::Get, "/api/v1/collections", "cursor=abc").status, 400);
    EXPECT_EQ(get("/api/v1/collections", "item=" + id).at("items").as_array().size(), 4U) << "all that it is in";
}

TEST_F(CollectionTest, ASearchSaysForWhomAFilmWasFound) {
    film("Heat (1995)", "<director>Michael Mann</director><actor><name>Al Pacino</name></actor>");
    film("Pacino (1999)", "<actor><name>Al Pacino</name></actor>");
    scan();
    const auto found = [this](const std::string& typed) {
        std::string told;
        const auto answer = get("/api/v1/search", "q=" + typed);
        for (const auto& item : answer.at("items").as_array()) {
            const auto* person = item.as_object().if_contains("person");
            told += std::string(item.at("title").as_string()) + ":" +
                    std::string(person ? person->as_string() : core::json::string()) + " ";
        }
        return told;
    };
    EXPECT_EQ(found("pacino"), "Pacino: Heat:Al Pacino ") << "what its title says needs no reason";
    EXPECT_EQ(found("heat mich"), "Heat:Michael Mann ");
    EXPECT_EQ(found("heat 1995"), "Heat: ");
    EXPECT_EQ(found("pacimo"), "Pacino: Heat:Al Pacino ") << "by what was meant";
}

TEST_F(CollectionTest, SimilarTitlesShareSomething) {
    film("Heat (1995)",
         "<genre>Crime</genre><genre>Drama</genre><director>Michael Mann</director><actor><name>Al "
         "Pacino</name></actor>");
    film("Insider (1999)",
         "<genre>Drama</genre><director>Michael Mann</director><actor><name>Al Pacino</name></actor>");
    film("Serpico (1973)", "<genre>Crime</genre><genre>Drama</genre>");
    film("Airplane (1980)", "<genre>Comedy</genre>");
    put(media() / "a" / "1.flac", track(1, "So What", "Kind of Blue", "Miles Davis") + "genre=Jazz\n");
    put(media() / "b" / "1.flac", track(1, "Milestones", "Milestones", "Miles Davis") + "genre=Jazz\n");
    put(media() / "c" / "1.flac", track(1, "Red", "Red", "King Crimson") + "genre=Rock\n");
    scan();
    EXPECT_EQ(get("/api/v1/media/" + itemOf("Heat (1995).mkv")).at("people"),
              core::json::array({"Michael Mann", "Al Pacino"}));
    EXPECT_EQ(get("/api/v1/media/" + itemOf("Serpico (1973).mkv")).at("people"), core::json::array());
    EXPECT_EQ(similar(itemOf("Heat (1995).mkv")), (Titles{"Insider", "Serpico"}));
    EXPECT_EQ(similar(itemOf("Heat (1995).mkv"), "limit=1"), Titles{"Insider"});
    EXPECT_EQ(similar(itemOf("Airplane (1980).mkv")), Titles{});
    EXPECT_EQ(similar(itemOf("a/1.flac")), Titles{"Milestones"});
    EXPECT_EQ(similar(text("SELECT id FROM media_items WHERE kind='album' AND title='Kind of Blue'")),
              Titles{"Milestones"});
    get("/api/v1/media/018bcfe5-6800-7000-8000-000000000009/similar", {}, 404);
}

}  // namespace
}  // namespace marea::test
