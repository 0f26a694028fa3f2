#include "server/apps/subsonic/musiclists.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "core/db/sqlite.h"

namespace marea::server::subsonic {
namespace {

using core::Id;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Two libraries with an artist, an album and two songs each; ben sees the first one.
class MusicListsTest : public testing::Test {
protected:
    MusicListsTest() {
        char name[] = "/tmp/marea-subsonic-XXXXXX";
        folder = ::mkdtemp(name);
        database = *core::db::openSqlite((folder / "marea.db").string(), {}, core::makeNullLogger());
        for (const char* user : {"ana", "ben"}) {
            run("INSERT INTO users VALUES ('" + std::string(user) + "', '" + user + "', '" + user +
                "', '', 'member', 0)");
        }
        for (const std::string library : {"x", "y"}) {
            run("INSERT INTO libraries VALUES ('" + library + "', 'Music', '/" + library + "', 0, NULL, NULL)");
            item(library, "artist", "artist", "Artist " + library);
            item(library, "album", "album", "Album " + library);
            item(library, "one", "track", "One " + library);
            item(library, "two", "track", "Two " + library);
            run("UPDATE media_items SET artist_id = '" + library + "-artist' WHERE library_id = '" + library +
                "' AND kind <> 'artist'");
            run("UPDATE media_items SET album_id = '" + library +
                "-album', track = num, popularity = 1 WHERE library_id = '" + library + "' AND kind = 'track'");
        }
        run("INSERT INTO item_genres SELECT 'rock', num FROM media_items WHERE kind IN ('album', 'track')");
        run("INSERT INTO user_library(user_id, media_id, favourite, rating, play_count, last_played_at) "
            "SELECT u.id, i.id, 1, 8, 2, 5 FROM users u, media_items i");
        run("INSERT INTO library_grants(user_id, library_id) VALUES ('ben', 'x')");
        ben.userId = "ben";
        ben.allAges = true;
    }
    ~MusicListsTest() override {
        database.reset();
        std::filesystem::remove_all(folder);
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << sql << ": " << done.error().detail;
    }
    void item(const std::string& library, const std::string& id, const std::string& kind, const std::string& title) {
        run("INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, genres, "
            "year) "
            "VALUES ('" +
            library + "-" + id + "', '" + library + "', '" + kind + "', '" + kind + "|" + title + "', '" + title +
            "', '" + title + "', lower('" + title + "'), 1, 'Rock', 2000)");
    }
    template <class Query>
    auto ask(const Viewer& viewer, Query query) {
        using Answer = typename std::invoke_result_t<Query, MusicLists&>::value_type;
        auto answer = database->readValue<Answer>([&](core::db::Session& session) {
            MusicLists lists(session, viewer);
            return query(lists);
        });
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer.value_or(Answer());
    }

    std::filesystem::path folder;
    std::unique_ptr<core::db::Database> database;
    Viewer ana = Viewer::everything("ana"), ben;
    PageMarks marks;
};

TEST_F(MusicListsTest, NothingIsListedThatIsNotTheirsToSee) {
    EXPECT_THAT(ask(ana, [](MusicLists& l) { return l.artists(""); }), ElementsAre("x-artist", "y-artist"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.artists(""); }), ElementsAre("x-artist"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.artists("y"); }), IsEmpty());
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.childrenOf("x-artist"); }), ElementsAre("x-album"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.childrenOf("y-artist"); }), IsEmpty());
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.songsOf("x-album"); }), ElementsAre("x-one", "x-two"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.songsOf("y-album"); }), IsEmpty());
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.topSongs("y-artist", 9); }), IsEmpty());
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.topSongs("x-artist", 1); }), ElementsAre("x-one"));
    EXPECT_THAT(ask(ana, [](MusicLists& l) { return l.similarSongs("x-one", 9); }),
                UnorderedElementsAre("x-two", "y-one", "y-two"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.similarSongs("x-one", 9); }), ElementsAre("x-two"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.songsNamed("", "One y"); }), IsEmpty());
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.favourites("track", ""); }),
                UnorderedElementsAre("x-one", "x-two"));
    EXPECT_EQ(ask(ben, [](MusicLists& l) { return l.genres(); }).front().songs, 2);
    EXPECT_EQ(ask(ana, [](MusicLists& l) { return l.genres(); }).front().songs, 4);
    EXPECT_EQ(ask(ana, [](MusicLists& l) { return l.genres(); }).front().name, "Rock");
    EXPECT_EQ(ask(ben, [](MusicLists& l) { return l.durations({"x-one", "y-one", "x-album"}); }).size(), 1U);
}

TEST_F(MusicListsTest, NorInAnyListOfAlbums) {
    for (const char* type : {"random", "newest", "highest", "frequent", "recent", "starred", "alphabeticalByName",
                             "alphabeticalByArtist", "byYear", "byGenre"}) {
        AlbumWish wish;
        wish.order = *albumOrder(type);
        wish.from = 1999;
        wish.to = 2001;
        wish.genre = "Rock";
        EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.albums(wish); }), UnorderedElementsAre("x-album", "y-album"))
            << type;
        EXPECT_THAT(ask(ben, [&](MusicLists& l) { return l.albums(wish); }), ElementsAre("x-album")) << type;
        wish.offset = 1;
        EXPECT_EQ(ask(ana, [&](MusicLists& l) { return l.albums(wish); }).size(), 1U) << type;
        wish.library = "y";
        wish.offset = 0;
        EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.albums(wish); }), ElementsAre("y-album")) << type;
    }
    EXPECT_FALSE(albumOrder("best"));
    SongWish songs;
    songs.genre = "rock";
    songs.from = 2000;
    songs.to = 2000;
    EXPECT_EQ(ask(ana, [&](MusicLists& l) { return l.songs(songs); }).size(), 4U);
    songs.random = true;
    EXPECT_THAT(ask(ben, [&](MusicLists& l) { return l.songs(songs); }), UnorderedElementsAre("x-one", "x-two"));
    songs.to = 1999;
    EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.songs(songs); }), IsEmpty());
}

// An author with a book of two files, and an edition of one; ben does not see that library.
TEST_F(MusicListsTest, BooksAreAlbumsWhereALibraryIsNamed) {
    item("y", "author", "artist", "Author y");
    item("y", "book", "audiobook", "Book y");
    run("UPDATE media_items SET artist_id = 'y-author' WHERE id = 'y-book'");
    run("INSERT INTO scan_folders(num, library_id, path) VALUES (7, 'y', 'Books')");
    const auto file = [&](const std::string& id, int part, const std::string& version) {
        run("INSERT INTO media_files(id, library_id, folder, item_id, path, size, mtime_ns, device, inode, state, "
            "part, "
            "version, info) VALUES ('" +
            id + "', 'y', 7, 'y-book', 'Books/" + id + ".mp3', 9, 0, 0, 0, 'ok', " + std::to_string(part) + ", " +
            (version.empty() ? "NULL" : "'" + version + "'") + ", '{\"duration\":60.5}')");
    };
    file("second", 2, "");
    file("first", 1, "");
    file("short", 0, "abridged");

    EXPECT_THAT(ask(ana, [](MusicLists& l) { return l.artists(""); }), ElementsAre("x-artist", "y-artist"))
        << "whoever wrote nothing but books is no musician";
    EXPECT_THAT(ask(ana, [](MusicLists& l) { return l.artists("y"); }), ElementsAre("y-artist", "y-author"));
    EXPECT_THAT(ask(ana, [](MusicLists& l) { return l.childrenOf("y-author"); }), ElementsAre("y-book"));
    EXPECT_THAT(ask(ben, [](MusicLists& l) { return l.childrenOf("y-author"); }), IsEmpty());
    AlbumWish wish;
    EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.albums(wish); }), ElementsAre("x-album", "y-album"));
    wish.library = "y";
    EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.albums(wish); }), ElementsAre("y-album", "y-book"));
    EXPECT_THAT(ask(ben, [&](MusicLists& l) { return l.albums(wish); }), IsEmpty());
    EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.everything("album", "", 0, 9, marks); }),
                ElementsAre("x-album", "y-album"));
    EXPECT_THAT(ask(ana, [&](MusicLists& l) { return l.everything("album", "y", 0, 9, marks); }),
                ElementsAre("y-album", "y-book"));

    const auto parts = ask(ana, [](MusicLists& l) { return l.parts("y-book"); });
    ASSERT_EQ(parts.size(), 2U) << "of one edition";
    EXPECT_EQ(parts[0].id, "first");
    EXPECT_EQ(parts[1].number, 2);
    EXPECT_EQ(parts[1].file.info.duration, 60.5);
    EXPECT_TRUE(ask(ben, [](MusicLists& l) { return l.parts("y-book"); }).empty());
    EXPECT_EQ(ask(ana, [](MusicLists& l) { return l.partsNamed({"second", "y-one", "nothing"}); }).size(), 1U);
    EXPECT_TRUE(ask(ben, [](MusicLists& l) { return l.partsNamed({"second"}); }).empty());
    EXPECT_EQ(ask(ana,
                  [](MusicLists& l) {
                      return l.partCounts({"y-book", "y-album"});
                  }),
              (std::map<Id, std::int64_t>{{"y-book", 2}}));
    EXPECT_EQ(ask(ana, [](MusicLists& l) { return l.durations({"first", "y-one"}); }).size(), 2U);
    EXPECT_TRUE(ask(ben, [](MusicLists& l) { return l.durations({"first"}); }).empty());
}

TEST_F(MusicListsTest, EverythingComesPageByPage) {
    const auto page = [&](const Viewer& viewer, std::int64_t offset) {
        return ask(viewer, [&](MusicLists& l) { return l.everything("track", "", offset, 2, marks); });
    };
    EXPECT_THAT(page(ana, 0), ElementsAre("x-one", "y-one"));
    run("DELETE FROM media_items WHERE id = 'x-one'");
    EXPECT_THAT(page(ana, 2), ElementsAre("x-two", "y-two")) << "what goes meanwhile moves nothing";
    EXPECT_THAT(page(ana, 4), IsEmpty());
    marks.put("ana\ntrack\n", 1, {"zzz", 9});
    EXPECT_THAT(page(ben, 1), IsEmpty()) << "another's places are not one's own";
    EXPECT_THAT(page(ben, 0), ElementsAre("x-two"));
}

}  // namespace
}  // namespace marea::server::subsonic
