#include <condition_variable>

#include "server/apps/catalog/artwork.h"
#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/searchrows.h"
#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

using server::Method;

class QueryTest : public CatalogTest {
protected:
    void putTracks(int count, const std::string& album = "Numbers") {
        for (int i = 1; i <= count; ++i) {
            put(media() / album / (std::to_string(i) + ".flac"),
                track(i, "Song " + std::to_string(i), album, "Band") + "duration=" + std::to_string(60 + i % 7) + "\n");
        }
    }
    core::Id albumId() { return text("SELECT id FROM media_items WHERE kind='album'"); }
};

TEST_F(QueryTest, PagesAreCompleteInEverySort) {
    putTracks(37);
    put(media() / "Film (2000).mkv", "video=1\n");
    put(media() / "Zulu (1964).mkv", "video=1\n");
    scan();
    for (const std::string sort : {"title", "artist", "album", "added", "year", "duration", "popular", "index"}) {
        for (const std::string order : {"asc", "desc"}) {
            for (const std::string& kind :
                 std::vector<std::string>{"", "&kind=track", "&kind=movie,track,album", "&parent=" + albumId()}) {
                const auto ids = allPages("limit=5&sort=" + sort + "&order=" + order + kind);
                const std::set<std::string> once(ids.begin(), ids.end());
                EXPECT_EQ(once.size(), ids.size()) << sort << order << kind;
                const std::size_t expected = kind.empty() ? 41 : kind == "&kind=movie,track,album" ? 40 : 37;
                EXPECT_EQ(ids.size(), expected) << sort << order << kind;
            }
        }
    }
}

TEST_F(QueryTest, PagesStayCompleteWhileItemsAreAdded) {
    putTracks(40);
    scan();
    const auto before = texts("SELECT id FROM media_items WHERE kind='track'");
    const auto ids = allPages("kind=track&limit=6", [&](int page) {
        put(media() / ("More " + std::to_string(page)) / "x.flac", track(1, "Song 1" + std::to_string(page), "More"));
        scan();
    });
    const std::set<std::string> once(ids.begin(), ids.end());
    EXPECT_EQ(once.size(), ids.size());
    for (const std::string& id : before) {
        EXPECT_TRUE(once.contains(id));
    }
}

TEST_F(QueryTest, ATracklistIsInItsNaturalOrder) {
    putTracks(12);
    scan();
    const auto list = titles(get("/api/v1/media", "parent=" + albumId()));
    ASSERT_EQ(list.size(), 12u);
    EXPECT_EQ(list[1], "Song 2");
    EXPECT_EQ(list[9], "Song 10");
    const auto artist = text("SELECT id FROM media_items WHERE kind='artist'");
    EXPECT_EQ(titles(get("/api/v1/media", "parent=" + artist)), (std::vector<std::string>{"Numbers"}));
    EXPECT_EQ(get("/api/v1/media", "parent=" + artist + "&kind=track").at("total").as_int64(), 12);
    EXPECT_EQ(get("/api/v1/media", "artist=" + artist + "&kind=track").at("total").as_int64(), 12);
    EXPECT_EQ(get("/api/v1/media", "artist=BAND&kind=track").at("total").as_int64(), 12);
    EXPECT_EQ(get("/api/v1/media", "year=1959&kind=track").at("total").as_int64(), 12);
    EXPECT_EQ(get("/api/v1/media", "year=1960").at("total").as_int64(), 0);
}

TEST_F(QueryTest, OnlyKnownValuesAreTaken) {
    for (const std::string query :
         {"sort=id", "sort=title;drop", "order=up", "kind=film", "kind=track,", "kind=track,x", "status=x", "year=abc",
          "limit=0", "limit=x", "limit=-1", "parent=1", "library='", "cursor=abc", "cursor=%", "cursor=AAAA"}) {
        const auto response = call(Method::Get, "/api/v1/media", query);
        EXPECT_TRUE(response.status == 400 || query == "kind=track,") << query << " " << response.status;
    }
    EXPECT_EQ(get("/api/v1/media", "limit=5000").at("total").as_int64(), 0);
    get("/api/v1/media/nonsense", {}, 404);
    get("/api/v1/media/018bcfe5-6800-7000-8000-000000000009", {}, 404);
}

TEST_F(QueryTest, ACursorOfAnotherListIsRefused) {
    putTracks(5);
    scan();
    const auto list = get("/api/v1/media", "kind=track&limit=2");
    const std::string cursor(list.at("next_cursor").as_string());
    get("/api/v1/media", "kind=track&limit=3&cursor=" + cursor);
    EXPECT_EQ(call(Method::Get, "/api/v1/media", "kind=album&limit=2&cursor=" + cursor).status, 400);
    EXPECT_EQ(call(Method::Get, "/api/v1/media", "kind=track&sort=added&cursor=" + cursor).status, 400);
    const server::Cursor value{std::string("a:b\nc"), 7};
    EXPECT_EQ(server::decodeCursor(server::encodeCursor(value, "k"), "k"), value);
    EXPECT_FALSE(server::decodeCursor(server::encodeCursor(value, "k"), "l"));
    const server::Cursor real{0.1, 7};
    EXPECT_EQ(server::decodeCursor(server::encodeCursor(real, "k"), "k"), real);
}

TEST_F(QueryTest, SearchFindsByPrefixWithoutDiacritics) {
    put(media() / "Amélie (2001).mkv", "video=1\n");
    put(media() / "Ñandú.mkv", "video=1\n");
    put(media() / "a" / "1.flac", track(1, "Blue", "Blue", "Joni Mitchell"));
    put(media() / "b" / "1.flac", track(1, "Blue in Green", "Kind of Blue", "Miles Davis"));
    put(media() / "c" / "1.flac", track(1, "Don't Stop", "Rumours", "Fleetwood Mac"));
    scan();
    EXPECT_EQ(titles(get("/api/v1/search", "q=amelie")), (std::vector<std::string>{"Amélie"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=AMÉL")), (std::vector<std::string>{"Amélie"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=n")), (std::vector<std::string>{"Ñandú"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=blue")).at(0), "Blue");
    EXPECT_EQ(titles(get("/api/v1/search", "q=mil dav")).at(0), "Miles Davis");
    EXPECT_EQ(titles(get("/api/v1/search", "q=dont stop")), (std::vector<std::string>{"Don't Stop"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=blue joni&kind=track")), (std::vector<std::string>{"Blue"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=mil dav&kind=artist")), (std::vector<std::string>{"Miles Davis"}));
    EXPECT_EQ(titles(get("/api/v1/search", "q=rumours&kind=album,audiobook")), (std::vector<std::string>{"Rumours"}));
    EXPECT_TRUE(titles(get("/api/v1/search", "q=blue&kind=series,episode")).empty()) << "there are none";
    EXPECT_EQ(titles(get("/api/v1/search", "q=fleetwood stop")), (std::vector<std::string>{"Don't Stop"}));
    EXPECT_TRUE(titles(get("/api/v1/search", "q=")).empty());
    EXPECT_EQ(get("/api/v1/media", "q=amel").at("total").as_int64(), 1);
}

TEST(SearchRows, OfAKindStandBeforeItsEndHoweverOftenTheyArePlayed) {
    constexpr std::int64_t kMostItems = (std::int64_t{1} << 40) - 1;
    for (const char* kind :
         {"movie", "series", "artist", "album", "audiobook", "video", "track", "episode", "season"}) {
        for (const std::int64_t played : {0, 1, 1000}) {
            EXPECT_LT(server::searchRowid(kind, played, kMostItems), server::searchRowsEnd({kind})) << kind;
            EXPECT_LT(server::searchRowid(kind, played, kMostItems), server::searchRowsEnd({})) << kind;
        }
    }
    EXPECT_GE(server::searchRowid("track", 0, 1), server::searchRowsEnd({"movie", "album"}))
        << "the many are not looked through for the few";
}

TEST_F(QueryTest, MistypedTitlesAreFoundAfterWhatHasTheWords) {
    put(media() / "Le Destin Amélie Poulain (2001).mkv", "video=1\n");
    put(media() / "Casablanca (1942).mkv", "video=1\n");
    put(media() / "a" / "1.flac", track(1, "Blur", "Blur", "Blur"));
    put(media() / "b" / "1.flac", track(1, "Blue", "Blue", "Joni Mitchell"));
    scan();
    const auto search = [this](const std::string& typed) {
        const auto answer = get("/api/v1/search", "q=" + typed);
        std::string told =
            answer.at("corrected").is_null() ? "" : std::string(answer.at("corrected").as_string()) + ": ";
        for (const auto& item : answer.at("items").as_array()) {
            told +=
                (item.at("match").as_string() == "exact" ? "" : "~") + std::string(item.at("title").as_string()) + " ";
        }
        return told;
    };
    EXPECT_EQ(search("amelie"), "Le Destin Amélie Poulain ");
    EXPECT_EQ(search("AMÉLEI pulain"), "amelie poulain: ~Le Destin Amélie Poulain ");
    EXPECT_EQ(search("cazablnca"), "casablanca: ~Casablanca ");
    EXPECT_EQ(search("cazabl"), "casablanca: ~Casablanca ") << "while it is being typed";
    EXPECT_EQ(search("joni michell"), "joni mitchell: ~Joni Mitchell ~Blue ~Blue ");
    EXPECT_EQ(search("xyzzyxyzzy"), "");
    EXPECT_EQ(search("blur").find("blue"), std::string::npos) << "there are enough";
    put(media() / "Zanzibar (2003).mkv", "video=1\n");
    scan();
    EXPECT_EQ(search("zanzbar"), "zanzibar: ~Zanzibar ");
}

TEST_F(QueryTest, HostileQueriesAreOnlyWords) {
    put(media() / "a" / "1.flac", track(1, "Blue"));
    scan();
    for (const std::string q : {"\"",
                                "'",
                                "\"blue",
                                "blue*",
                                "blue OR 1",
                                "title:blue",
                                "NEAR(blue, 2)",
                                "{title}: blue",
                                "^blue",
                                "blue - x",
                                "blue) OR (x",
                                "\\",
                                "%",
                                "*",
                                "-",
                                "+",
                                "AND",
                                "NOT",
                                "\x01\x02",
                                "😀",
                                "\xff\xfe",
                                "a\"*\"b",
                                "'; DROP TABLE media_items; --"}) {
        EXPECT_EQ(call(Method::Get, "/api/v1/search", "q=" + q).status, 200) << q;
        EXPECT_EQ(call(Method::Get, "/api/v1/media", "q=" + q).status, 200) << q;
    }
    EXPECT_EQ(titles(get("/api/v1/search", "q=^\"blue\"*")), (std::vector<std::string>{"Blue", "Kind of Blue"}));
}

TEST_F(QueryTest, WhatIsPlayedClimbs) {
    for (int i = 0; i < 5; ++i) {
        put(media() / "x" / (std::to_string(i) + ".flac"),
            track(i + 1, "Same name", "Album", "Band") + "duration=" + std::to_string(i + 10));
    }
    scan();
    const auto id = itemOf("x/3.flac");
    ASSERT_TRUE(database->write([&](core::db::Session& session) -> core::Result<void> {
        core::Result<void> done;
        for (const char* sql :
             {"INSERT INTO user_library(user_id, media_id, play_count, favourite) VALUES (?1, ?2, 9, 1)",
              "INSERT INTO resume_positions(user_id, media_id, position, updated_at) VALUES (?1, ?2, 12.5, 0)"}) {
            done = done ? session.run(sql, {std::string_view(user), std::string_view(id)}) : done;
        }
        return done;
    }));
    scan();
    const auto found = get("/api/v1/search", "q=same");
    EXPECT_EQ(found.at("items").at(0).at("id").as_string(), id);
    EXPECT_TRUE(found.at("items").at(0).at("favourite").as_bool());
    EXPECT_EQ(found.at("items").at(0).at("position").to_number<double>(), 12.5);
    EXPECT_EQ(get("/api/v1/media", "kind=track&sort=popular").at("items").at(0).at("id").as_string(), id);
}

TEST_F(QueryTest, WhatIsPlayedClimbsAtOnceWithWhatItIsPartOf) {
    for (const char* album : {"A", "B", "C"}) {
        for (int i = 1; i < 3; ++i) {
            put(media() / album / (std::to_string(i) + ".flac"),
                track(i, "Same name", album, std::string("Band ") + album));
        }
    }
    scan();
    const auto id = itemOf("B/2.flac");
    ASSERT_TRUE(database->write([&](core::db::Session& session) -> core::Result<void> {
        return session.run("INSERT INTO user_library(user_id, media_id, play_count) VALUES (?1, ?2, 3)", {user, id});
    }));
    catalog->played(id);
    catalog->waitUntilIdle();
    const auto first = [&](const std::string& kind) {
        return std::string(
            get("/api/v1/media", "kind=" + kind + "&sort=popular").at("items").at(0).at("title").as_string());
    };
    const auto tracks = get("/api/v1/media", "kind=track&sort=popular").at("items");
    EXPECT_EQ(tracks.at(0).at("id").as_string(), id);
    EXPECT_EQ(tracks.at(0).at("popularity").as_int64(), 3) << "for who sorts several libraries' lists into one";
    EXPECT_EQ(tracks.at(1).at("popularity").as_int64(), 0);
    EXPECT_EQ(get("/api/v1/search", "q=same").at("items").at(0).at("id").as_string(), id);
    EXPECT_EQ(first("album"), "B");
    EXPECT_EQ(first("artist"), "Band B");
    ASSERT_TRUE(database->write([&](core::db::Session& session) { return session.run("DELETE FROM user_library"); }));
    catalog->played(id);
    catalog->waitUntilIdle();
    EXPECT_EQ(number("SELECT sum(popularity) FROM media_items"), 0);
}

TEST_F(QueryTest, ArtworkIsMadeOnceAndKept) {
    put(media() / "Album" / "1.flac", track(1, "Song") + "cover=1\n");
    put(media() / "Album" / "2.flac", track(2, "Other") + "cover=1\n");
    scan();
    const auto item = get("/api/v1/media/" + albumId());
    const std::string url(item.at("artwork_url").as_string());
    EXPECT_TRUE(url.starts_with("/stream/T-session-"));
    EXPECT_NE(url.find("/artwork?v="), std::string::npos);
    const auto first = call(Method::Get, "/api/v1/media/" + albumId() + "/artwork", "w=200");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.headers.find("ETag").value_or(""),
              call(Method::Get, "/stream/T/" + albumId() + "/artwork", "w=320").headers.find("ETag").value_or("x"));
    EXPECT_EQ(prober.images, 1);
    call(Method::Get, "/api/v1/media/" + albumId() + "/artwork", "w=1000");
    EXPECT_EQ(prober.images, 2);
    EXPECT_EQ(call(Method::Get, "/api/v1/media/" + albumId() + "/artwork", "w=abc").status, 400);
    EXPECT_EQ(call(Method::Get, "/api/v1/media/018bcfe5-6800-7000-8000-000000000009/artwork").status, 404);
    put(media() / "Album" / "cover.jpg", "BROKEN");
    scan();
    EXPECT_EQ(call(Method::Get, "/api/v1/media/" + albumId() + "/artwork").status, 404);
    EXPECT_EQ(call(Method::Get, "/api/v1/media/" + albumId() + "/artwork").status, 404);
    EXPECT_EQ(prober.images, 3);
}

TEST_F(QueryTest, ArtworkComesBackWithItsDisk) {
    put(media() / "Album" / "1.flac", track(1, "Song") + "cover=1\n");
    scan();
    const std::string url = "/api/v1/media/" + albumId() + "/artwork";
    std::filesystem::rename(media() / "Album", temp.path() / "away");
    EXPECT_EQ(call(Method::Get, url).status, 404);
    std::filesystem::rename(temp.path() / "away", media() / "Album");
    EXPECT_EQ(call(Method::Get, url).status, 200);
}

TEST_F(QueryTest, ManyRequestsForOnePictureMakeItOnce) {
    auto cache = std::make_shared<server::ArtworkCache>((temp.path() / "art").string(), 1 << 20, prober, *pool,
                                                        core::makeNullLogger());
    put(temp.path() / "pic.jpg", "picture");
    std::mutex mutex;
    std::condition_variable changed;
    int answered = 0;
    prober.hold(true);
    for (int i = 0; i < 20; ++i) {
        cache->get(
            "key", 320,
            [&]() -> core::Result<std::pair<core::FileHandle, std::string>> {
                auto folder = core::openFolder(temp.path().string());
                auto file = core::openBeneath(*folder, "pic.jpg");
                return std::pair(std::move(*file), std::string("pic.jpg"));
            },
            [&](core::Result<server::ArtworkCache::Picture> picture) {
                EXPECT_TRUE(picture);
                const std::lock_guard lock(mutex);
                ++answered;
                changed.notify_all();
            });
    }
    prober.hold(false);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return answered == 20; });
    EXPECT_EQ(prober.images, 1);
}

TEST_F(QueryTest, TheArtworkFolderStaysBounded) {
    auto cache = std::make_shared<server::ArtworkCache>((temp.path() / "art").string(), 3000, prober, *pool,
                                                        core::makeNullLogger());
    put(temp.path() / "pic.jpg", std::string(500, 'x'));
    for (int i = 0; i < 20; ++i) {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
        cache->get(
            "key" + std::to_string(i), 320,
            [&]() -> core::Result<std::pair<core::FileHandle, std::string>> {
                auto folder = core::openFolder(temp.path().string());
                auto file = core::openBeneath(*folder, "pic.jpg");
                return std::pair(std::move(*file), std::string("pic.jpg"));
            },
            [&](core::Result<server::ArtworkCache::Picture>) {
                const std::lock_guard lock(mutex);
                done = true;
                changed.notify_all();
            });
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return done; });
    }
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(temp.path() / "art")) {
        bytes += entry.file_size();
    }
    EXPECT_LE(bytes, 3600u);
}

TEST_F(QueryTest, AnAlbumHasTheCreditsOfItsTracks) {
    put(media() / "a/1.flac", track(1, "So What") + "composer=Miles Davis\n");
    put(media() / "a/2.flac", track(2, "Blue in Green") + "composer=Bill Evans; Miles Davis\n");
    put(media() / "film.mkv", "video=1\ntitle=Film\ncomposer=Somebody\n");
    scan();
    const auto album = get("/api/v1/media", "kind=album").at("items").as_array().at(0).as_object();
    const auto creditsOf = [&](const std::string& id) {
        return core::json::serialize(get("/api/v1/media/" + id).at("credits"));
    };
    EXPECT_EQ(creditsOf(std::string(album.at("id").as_string())),
              R"([{"role":"composer","names":["Miles Davis","Bill Evans"]}])");
    EXPECT_EQ(creditsOf(itemOf("a/1.flac")), R"([{"role":"composer","names":["Miles Davis"]}])");
    EXPECT_EQ(creditsOf(itemOf("film.mkv")), "[]") << "of music alone";
}

TEST_F(QueryTest, LyricsComeFromTheFileBesideOrTheTags) {
    put(media() / "a" / "1.flac", track(1, "One"));
    put(media() / "a" / "1.lrc", "[00:01.00]Hello\n");
    put(media() / "a" / "2.flac", track(2, "Two") + "lyrics=Plain words\n");
    put(media() / "a" / "3.flac", track(3, "Three"));
    scan();
    const auto synced = get("/api/v1/media/" + itemOf("a/1.flac") + "/lyrics");
    EXPECT_TRUE(synced.at("synced").as_bool());
    EXPECT_EQ(synced.at("lines").at(0).at("text").as_string(), "Hello");
    const auto plain = get("/api/v1/media/" + itemOf("a/2.flac") + "/lyrics");
    EXPECT_FALSE(plain.at("synced").as_bool());
    EXPECT_TRUE(plain.at("lines").at(0).at("start").is_null());
    get("/api/v1/media/" + itemOf("a/3.flac") + "/lyrics", {}, 404);
}

TEST_F(QueryTest, LibrariesAreAddedScannedAndRemoved) {
    put(temp.path() / "more" / "song.flac", track(1, "Song"));
    const std::string body =
        core::json::serialize(core::json::object{{"name", "More"}, {"path", (temp.path() / "more").string()}});
    const auto added = call(Method::Post, "/api/v1/admin/libraries", {}, body);
    ASSERT_EQ(added.status, 201) << bodyOf(added);
    const std::string id(core::json::parse(bodyOf(added)).at("id").as_string());
    catalog->waitUntilIdle();
    EXPECT_EQ(get("/api/v1/media", "library=" + id + "&kind=track").at("total").as_int64(), 1);
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/libraries", {}, body).status, 409);
    for (const std::string wrong : {"", "[]", "{}", "{\"name\":\"x\"}", "{\"name\":\"x\",\"path\":\"relative\"}",
                                    "{\"name\":1,\"path\":\"/\"}", "{\"name\":\"x\",\"path\":\"/tmp\",\"extra\":1}"}) {
        EXPECT_EQ(call(Method::Post, "/api/v1/admin/libraries", {}, wrong).status, 400) << wrong;
    }
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/libraries", {}, "{\"name\":\"x\",\"path\":\"/does/not/exist\"}").status,
              422);
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/libraries/" + id + "/scan").status, 202);
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/libraries/" + user + "/scan").status, 404);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/libraries/" + id).status, 204);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/libraries/" + id).status, 404);
    EXPECT_EQ(get("/api/v1/media").at("total").as_int64(), 0);
    EXPECT_TRUE(titles(get("/api/v1/search", "q=song")).empty());
    EXPECT_EQ(number("SELECT count(*) FROM media_files"), 0);
}

}  // namespace
}  // namespace marea::test
