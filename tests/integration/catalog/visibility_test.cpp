#include <algorithm>
#include <set>

#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

using server::Method;
using Titles = std::set<std::string>;

// Films, series and music with and without ratings in two libraries, as a child and a member see them.
class VisibilityTest : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        fs::create_directories(temp.path() / "private");
        ASSERT_TRUE(catalog->configureLibraries({{"Private", (temp.path() / "private").string()}}));
        film("Ants", "FSK 6", "Ann Adult");
        film("Bats", "Rated R", "Ann Adult");
        film("Cats", "", "Ann Adult");
        const fs::path show = media() / "Dogs";
        put(show / "tvshow.nfo", "<tvshow><title>Dogs</title><mpaa>TV-Y</mpaa></tvshow>");
        episode(1, 1);
        episode(1, 2, "TV-MA");
        episode(2, 1, "DE:18");
        put(media() / "Elks" / "Season 1" / "Elks S01E01.mkv", "video=1\n");
        put(media() / "Album" / "1.flac", track(1, "Frogs"));
        put(media() / "Album" / "1.lrc", "[00:01.00]Croak\n");
        put(temp.path() / "private" / "Gnus (2001)" / "Gnus (2001).mkv", "video=1\n");
        scan();
    }
    void film(const std::string& title, const std::string& rating, const std::string& actor) {
        const std::string name = title + " (2000)";
        put(media() / name / (name + ".mkv"), "video=1\n");
        put(media() / name / (name + ".en.srt"), "1");
        put(media() / name / "poster.jpg", "picture of " + title);
        put(media() / name / (name + ".nfo"), "<movie><title>" + title + "</title><mpaa>" + rating +
                                                  "</mpaa><actor><name>" + actor + "</name></actor></movie>");
    }
    void episode(int season, int number, const std::string& rating = {}) {
        const std::string name = "Dogs S0" + std::to_string(season) + "E0" + std::to_string(number);
        const fs::path folder = media() / "Dogs" / ("Season " + std::to_string(season));
        put(folder / (name + ".mkv"), "video=1\n");
        if (!rating.empty()) {
            put(folder / (name + ".nfo"),
                "<episodedetails><title>" + name + "</title><mpaa>" + rating + "</mpaa></episodedetails>");
        }
    }
    // From here on it is asked as a child, or as a member with rights of their own.
    void as(const std::string& who, bool allLibraries, int age = 0, bool unrated = false) {
        user = core::newId();
        role = who;
        run("INSERT INTO users VALUES ('" + user + "', '" + user + "', '" + user + "', '', '" + who + "', 0)");
        run("INSERT INTO user_rights(user_id, all_libraries, age_limit, unrated) VALUES ('" + user + "', " +
            std::to_string(allLibraries) + ", " + std::to_string(age) + ", " + std::to_string(unrated) + ")");
        viewers->changed();
        catalog->visibilityChanged();
    }
    Titles seen(const std::string& query) {
        const auto page = get("/api/v1/media", query + "&limit=200");
        const auto list = titles(page);
        EXPECT_EQ(page.at("total").as_int64(), static_cast<std::int64_t>(list.size())) << query;
        return {list.begin(), list.end()};
    }
    Titles found(const std::string& words) {
        const auto list = titles(get("/api/v1/search", "q=" + words));
        return {list.begin(), list.end()};
    }
    int status(const std::string& path) { return call(Method::Get, path).status; }
    core::Id named(const std::string& kind, const std::string& title) {
        return text("SELECT id FROM media_items WHERE kind='" + kind + "' AND title='" + title + "'");
    }
};

TEST_F(VisibilityTest, RatingsTravelFromNfoFilesToItems) {
    EXPECT_EQ(get("/api/v1/media/" + named("movie", "Ants")).at("content_rating").as_string(), "FSK 6");
    EXPECT_FALSE(get("/api/v1/media/" + named("movie", "Cats")).contains("content_rating"));
    EXPECT_EQ(get("/api/v1/media/" + named("series", "Dogs")).at("content_rating").as_string(), "TV-Y");
    EXPECT_EQ(get("/api/v1/media/" + named("episode", "Episode 1")).at("content_rating").as_string(), "TV-Y");
    EXPECT_EQ(get("/api/v1/media/" + named("episode", "Dogs S01E02")).at("content_rating").as_string(), "TV-MA");
}

TEST_F(VisibilityTest, AChildSeesWhatIsForItsAgeEverywhere) {
    const core::Id hidden = named("movie", "Bats"), unrated = named("movie", "Cats"), series = named("series", "Dogs");
    as("child", true, 12);
    EXPECT_EQ(seen("kind=movie"), Titles{"Ants"});
    EXPECT_EQ(seen("kind=series"), Titles{"Dogs"});
    EXPECT_EQ(seen("kind=season"), Titles{"Season 1"});
    EXPECT_EQ(seen("kind=episode"), Titles{"Episode 1"});
    EXPECT_EQ(seen("kind=album,artist,track"), Titles());
    EXPECT_EQ(seen("parent=" + series), Titles{"Season 1"});
    EXPECT_EQ(get("/api/v1/media/" + series).at("child_count").as_int64(), 1);
    EXPECT_EQ(found("ann adult"), Titles{"Ants"});
    EXPECT_EQ(found("frogs"), Titles());
    EXPECT_EQ(found("frogz"), Titles());  // which is like a word that is there
    std::map<std::string, std::int64_t> kinds;
    const auto facets = get("/api/v1/media/facets", "facet=kind").at("facets").as_object();
    for (const auto& kind : facets.at("kind").as_array()) {
        kinds[std::string(kind.at("value").as_string())] = kind.at("count").as_int64();
    }
    EXPECT_EQ(kinds, (std::map<std::string, std::int64_t>{{"movie", 1}, {"series", 1}, {"season", 1}, {"episode", 1}}));
    EXPECT_EQ(get("/api/v1/media", "kind=movie&fields=letters").at("letters").as_array().size(), 1u);
    for (const core::Id& id : {hidden, unrated, named("track", "Frogs")}) {
        EXPECT_EQ(status("/api/v1/media/" + id), 404);
        EXPECT_EQ(status("/api/v1/media/" + id + "/artwork"), 404);
        EXPECT_EQ(status("/api/v1/media/" + id + "/lyrics"), 404);
        EXPECT_FALSE(catalog->item(user, id));
        EXPECT_TRUE(*catalog->hides(user, id));
    }
    EXPECT_EQ(status("/api/v1/media/" + named("movie", "Ants") + "/artwork"), 200);
    EXPECT_FALSE(*catalog->hides(user, named("movie", "Ants")));
    EXPECT_FALSE(*catalog->hides(user, core::newId()));
    EXPECT_EQ(get("/api/v1/libraries").at("items").at(0).at("items").as_int64(),
              4);  // a film, an episode and its groups
    EXPECT_EQ(get("/api/v1/libraries").at("items").at(0).at("files").as_int64(), 2);
}

TEST_F(VisibilityTest, FilesAndWhatStandsBesideThemAreTheItems) {
    const auto file = [&](const std::string& title) {
        return text("SELECT f.id FROM media_files f JOIN media_items i ON i.id=f.item_id WHERE i.title='" + title +
                    "'");
    };
    const auto subtitle = [&](const std::string& title) {
        return text(
            "SELECT s.id FROM sidecars s JOIN media_files f ON f.id=s.file_id JOIN media_items i ON i.id=f.item_id "
            "WHERE s.kind='subtitle' AND i.title='" +
            title + "'");
    };
    const core::Id owner = user;
    as("child", true, 12);
    EXPECT_TRUE(catalog->openFile(user, file("Ants")));
    EXPECT_TRUE(catalog->openSidecar(user, subtitle("Ants")));
    for (const char* title : {"Bats", "Cats"}) {
        EXPECT_EQ(catalog->openFile(user, file(title)).error().code, core::ErrorCode::NotFound);
        EXPECT_EQ(catalog->openSidecar(user, subtitle(title)).error().code, core::ErrorCode::NotFound);
        EXPECT_TRUE(catalog->openFile(owner, file(title)));
        EXPECT_TRUE(catalog->openForWork(file(title)));
    }
    EXPECT_FALSE(catalog->openFile("nobody", file("Ants")));
    EXPECT_FALSE(catalog->openFile({}, file("Ants")));
}

TEST_F(VisibilityTest, AnOwnerMayLetAChildSeeWhatHasNoRating) {
    as("child", true, 6, true);
    EXPECT_EQ(seen("kind=movie"), (Titles{"Ants", "Cats", "Gnus"}));
    EXPECT_EQ(seen("kind=series"), (Titles{"Dogs", "Elks"}));
    EXPECT_EQ(seen("kind=album,artist,track"), (Titles{"Kind of Blue", "Miles Davis", "Frogs"}));
    EXPECT_EQ(seen("kind=movie&genre=none"), Titles());
}

TEST_F(VisibilityTest, AMemberHasTheLibrariesThatWereGranted) {
    const core::Id gnus = named("movie", "Gnus");
    as("member", false);
    EXPECT_EQ(seen("x=1"), Titles());
    EXPECT_EQ(get("/api/v1/libraries").at("items").as_array().size(), 0u);
    run("INSERT INTO library_grants VALUES ('" + user + "', '" + libraryId("Private") + "')");
    catalog->visibilityChanged();
    EXPECT_EQ(seen("x=1"), Titles{"Gnus"});
    EXPECT_EQ(seen("library=" + libraryId("Media")), Titles());
    EXPECT_EQ(found("adult"), Titles());
    EXPECT_EQ(found("gnus"), Titles{"Gnus"});
    EXPECT_EQ(status("/api/v1/media/" + gnus), 200);
    EXPECT_EQ(status("/api/v1/media/" + named("artist", "Miles Davis")), 404);
    const auto libraries = get("/api/v1/libraries").at("items").as_array();
    ASSERT_EQ(libraries.size(), 1u);
    EXPECT_EQ(libraries.at(0).at("name").as_string(), "Private");
    EXPECT_EQ(libraries.at(0).at("items").as_int64(), 1);
}

TEST_F(VisibilityTest, GroupsFollowTheirParts) {
    as("child", true, 6);
    EXPECT_EQ(seen("kind=season,series"), (Titles{"Dogs", "Season 1"}));
    fs::remove(media() / "Dogs" / "Season 1" / "Dogs S01E01.mkv");  // the only one for children
    scan();
    EXPECT_EQ(seen("kind=season,series,episode"), Titles());
    episode(2, 1, "FSK 0");
    scan();
    EXPECT_EQ(seen("kind=season,series,episode"), (Titles{"Dogs", "Season 2", "Dogs S02E01"}));
    // What its folder says of the series counts for episodes that say nothing themselves.
    episode(1, 1);
    put(media() / "Dogs" / "tvshow.nfo", "<tvshow><title>Dogs</title><mpaa>FSK 16</mpaa></tvshow>");
    scan();
    EXPECT_EQ(seen("kind=season,series,episode"), (Titles{"Dogs", "Season 2", "Dogs S02E01"}));
    put(media() / "Dogs" / "tvshow.nfo", "<tvshow><title>Dogs</title><mpaa>FSK 6 </mpaa></tvshow>");
    scan();
    EXPECT_EQ(seen("kind=episode"), (Titles{"Dogs S02E01", "Episode 1"}));
}

}  // namespace
}  // namespace marea::test
