#include "server/apps/webdav/davtree.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "core/db/sqlite.h"

namespace marea::server::webdav {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Counts the statements that are asked of another one.
class CountingSession final : public core::db::Session {
public:
    explicit CountingSession(core::db::Session& session) : session_(session) {}
    core::Result<void> run(std::string_view sql, std::span<const core::db::Value> values) override {
        return session_.run(sql, values);
    }
    core::Result<void> each(std::string_view sql, std::span<const core::db::Value> values,
                            const std::function<bool(const core::db::Row&)>& visit) override {
        ++asked;
        return session_.each(sql, values, visit);
    }
    std::int64_t changes() const override { return session_.changes(); }
    int asked = 0;

private:
    core::db::Session& session_;
};

// Two libraries; ben sees the first one, and what is for twelve years at most.
class DavTreeTest : public testing::Test {
protected:
    DavTreeTest() {
        char pattern[] = "/tmp/marea-webdav-XXXXXX";
        place = ::mkdtemp(pattern);
        database = *core::db::openSqlite((place / "marea.db").string(), {}, core::makeNullLogger());
        for (const char* user : {"ana", "ben"}) {
            run("INSERT INTO users VALUES ('" + std::string(user) + "', '" + user + "', '" + user +
                "', '', 'member', 0)");
        }
        for (const char* library : {"x", "y"}) {
            const std::string id = library;
            run("INSERT INTO libraries VALUES ('" + id + "', 'L', '/" + id + "', 0, NULL, NULL)");
            run("INSERT INTO scan_folders(library_id, path) VALUES ('" + id + "', '')");
        }
        run("INSERT INTO library_grants(user_id, library_id) VALUES ('ben', 'x')");
        ben.userId = "ben";
        ben.allAges = true;
    }
    ~DavTreeTest() override {
        database.reset();
        std::filesystem::remove_all(place);
    }

    void run(const std::string& sql) {
        const auto done = database->write([&](core::db::Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << sql << ": " << done.error().detail;
    }
    // `more`: further columns, as "year = 2020, age = 6".
    void item(const std::string& library, const std::string& id, const std::string& kind, const std::string& title,
              const std::string& more = "") {
        run("INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, unrated) "
            "VALUES ('" +
            id + "', '" + library + "', '" + kind + "', '" + id + "', '" + title + "', '" + title + "', lower('" +
            title + "'), 1000, 0)");
        if (!more.empty()) {
            run("UPDATE media_items SET " + more + " WHERE id='" + id + "'");
        }
    }
    void file(const std::string& item, const std::string& path, const std::string& state = "ok", int part = 0,
              const std::string& version = "NULL") {
        run("INSERT INTO media_files(id, library_id, item_id, folder, path, size, mtime_ns, device, inode, state, "
            "part, "
            "version) SELECT 'file-" +
            path + "', i.library_id, i.id, s.num, '" + path + "', 10, 5000000, 1, 7, '" + state + "', " +
            std::to_string(part) + ", " + version +
            " FROM media_items i JOIN scan_folders s ON s.library_id=i.library_id WHERE i.id='" + item + "'");
    }
    void film(const std::string& library, const std::string& id, const std::string& title,
              const std::string& more = "") {
        item(library, id, "movie", title, more);
        file(id, id + ".mkv");
    }

    // The names in a folder; nullopt: it is not there.
    std::optional<std::vector<std::string>> list(const Viewer& viewer, const std::vector<std::string>& parts) {
        std::optional<std::vector<std::string>> names;
        const auto done = database->read([&](core::db::Session& session) -> core::Result<void> {
            Tree tree(session, viewer, 0);
            const auto node = tree.find(parts);
            const auto nodes = node ? tree.in(*node) : core::unexpected<core::Error>(node.error());
            if (!nodes) {
                return core::unexpected<core::Error>(nodes.error());
            }
            names.emplace();
            for (const Node& one : *nodes) {
                names->push_back(one.name.text());
            }
            return {};
        });
        EXPECT_TRUE(done || done.error().code == core::ErrorCode::NotFound) << done.error().detail;
        return names;
    }
    core::Result<Node> node(const Viewer& viewer, const std::vector<std::string>& parts) {
        return database->readValue<Node>(
            [&](core::db::Session& session) { return Tree(session, viewer, 0).find(parts); });
    }

    // What a player does at each request: the file's id, empty where it is not there. Counts into `asked`.
    core::Id seek(const Viewer& viewer, const std::vector<std::string>& parts, core::TimeMs now = 0) {
        const auto found = database->readValue<Node>([&](core::db::Session& session) {
            CountingSession counting(session);
            auto node = Tree(counting, viewer, now, &known).find(parts);
            asked = counting.asked;
            return node;
        });
        EXPECT_TRUE(found || found.error().code == core::ErrorCode::NotFound) << found.error().detail;
        return found ? found->file : core::Id();
    }

    std::filesystem::path place;
    std::unique_ptr<core::db::Database> database;
    KnownFiles known;
    int asked = 0;
    Viewer ana = Viewer::everything("ana"), ben;
};

TEST_F(DavTreeTest, TheTopIsTheSameForEverybody) {
    const Viewer nobody;
    EXPECT_THAT(*list(nobody, {}), ElementsAre("Films", "Series", "Music", "Audiobooks", "Playlists"));
    for (const char* folder : {"Films", "Series", "Music", "Audiobooks", "Playlists"}) {
        EXPECT_THAT(*list(nobody, {folder}), IsEmpty()) << folder;
    }
    EXPECT_FALSE(list(ana, {"films"}));
    EXPECT_FALSE(list(ana, {"Films", "x"}));
}

TEST_F(DavTreeTest, FilmsAreFiles) {
    film("x", "tide", "Tide", "year=2020");
    film("y", "other", "Tide", "year=2020");
    item("x", "two", "movie", "Two");
    file("two", "two-b.mp4", "ok", 2);
    file("two", "two-a.mp4", "ok", 1);
    file("two", "two-c.mp4", "broken", 3);
    file("two", "two-d.mp4", "missing", 4);
    EXPECT_THAT(*list(ana, {"Films"}),
                ElementsAre("Tide (2020).mkv", "Tide (2020) (2).mkv", "Two - part 1.mp4", "Two - part 2.mp4"));
    const auto found = node(ana, {"Films", "Two - part 2.mp4"});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, "two");
    EXPECT_EQ(found->file, "file-two-b.mp4");
    EXPECT_EQ(found->size, 10);
    EXPECT_EQ(found->etag, "\"a-4c4b40-7\"");
    EXPECT_EQ(found->modified, 5);
    EXPECT_FALSE(found->isFolder());
    EXPECT_FALSE(list(ana, {"Films", "Tide (2020).mkv", "x"}));
}

TEST_F(DavTreeTest, NothingIsThereThatIsNotTheirsToSee) {
    film("x", "tide", "Tide");
    film("y", "ebb", "Ebb");
    EXPECT_THAT(*list(ben, {"Films"}), ElementsAre("Tide.mkv"));
    EXPECT_FALSE(node(ben, {"Films", "Ebb.mkv"}));
    EXPECT_TRUE(node(ana, {"Films", "Ebb.mkv"}));
    run("UPDATE media_items SET age=16 WHERE id='tide'");
    ben.allAges = false;
    ben.ageLimit = 12;
    EXPECT_THAT(*list(ben, {"Films"}), IsEmpty());
    ben.ageLimit = 16;
    EXPECT_THAT(*list(ben, {"Films"}), ElementsAre("Tide.mkv"));
}

TEST_F(DavTreeTest, ProtectedTitlesAreNotThere) {
    film("x", "tide", "Tide");
    item("x", "show", "series", "Show");
    item("x", "season", "season", "Season 1", "series_id='show', season=1");
    item("x", "one", "episode", "One", "series_id='show', season_id='season', season=1, episode=1, series='Show'");
    file("one", "one.mkv");
    EXPECT_THAT(*list(ana, {"Series", "Show", "Season 01"}), ElementsAre("Show - S01E01 - One.mkv"));
    run("INSERT INTO protections VALUES ('x', 'cenc', 'ana', 0)");
    EXPECT_THAT(*list(ana, {"Films"}), IsEmpty());
    EXPECT_FALSE(node(ana, {"Films", "Tide.mkv"}));
    EXPECT_THAT(*list(ana, {"Series", "Show", "Season 01"}), IsEmpty());
    run("INSERT INTO protections VALUES ('show', '', 'ana', 0)");  // the nearer choice: in the clear
    EXPECT_THAT(*list(ana, {"Series", "Show", "Season 01"}), ElementsAre("Show - S01E01 - One.mkv"));
    run("INSERT INTO protections VALUES ('one', 'cenc', 'ana', 0)");
    EXPECT_THAT(*list(ana, {"Series", "Show", "Season 01"}), IsEmpty());
}

TEST_F(DavTreeTest, SeriesHaveSeasons) {
    item("x", "show", "series", "Show: One");
    item("x", "s0", "season", "Specials", "series_id='show', season=0");
    item("x", "s2", "season", "Season 2", "series_id='show', season=2");
    item("x", "e", "episode", "E", "series_id='show', season_id='s2', season=2, episode=1, series='Show: One'");
    file("e", "e.mkv");
    item("x", "loose", "episode", "Loose", "series_id='show', series='Show: One'");
    file("loose", "loose.mkv");
    EXPECT_THAT(*list(ana, {"Series"}), ElementsAre("Show： One"));
    EXPECT_THAT(*list(ana, {"Series", "Show： One"}), ElementsAre("Specials", "Season 02", "Show： One - Loose.mkv"));
    EXPECT_THAT(*list(ana, {"Series", "Show： One", "Season 02"}), ElementsAre("Show： One - S02E01 - E.mkv"));
}

TEST_F(DavTreeTest, MusicIsByArtistAndAlbum) {
    item("x", "marea", "artist", "Marea");
    item("x", "guest", "artist", "Guest");
    item("x", "low", "album", "Low", "artist_id='marea'");
    item("x", "b", "track", "B", "artist_id='guest', album_id='low', track=2");
    item("x", "a", "track", "A", "artist_id='marea', album_id='low', track=1");
    item("x", "single", "track", "Single", "artist_id='marea'");
    item("x", "lost", "track", "Lost");
    for (const char* one : {"a", "b", "single", "lost"}) {
        file(one, std::string(one) + ".flac");
    }
    EXPECT_THAT(*list(ana, {"Music"}), ElementsAre("Marea", "Lost.flac"));
    EXPECT_THAT(*list(ana, {"Music", "Marea"}), ElementsAre("Low", "Single.flac"));
    EXPECT_THAT(*list(ana, {"Music", "Marea", "Low"}), ElementsAre("01 A.flac", "02 B.flac"));
    run("UPDATE media_items SET disc=2 WHERE id='b'");
    EXPECT_THAT(*list(ana, {"Music", "Marea", "Low"}), ElementsAre("01 A.flac", "2-02 B.flac"));
}

TEST_F(DavTreeTest, BooksAreFolders) {
    item("x", "book", "audiobook", "Sea", "artist='Ana'");
    file("book", "one.mp3", "ok", 1);
    file("book", "two.mp3", "ok", 2);
    EXPECT_THAT(*list(ana, {"Audiobooks"}), ElementsAre("Ana - Sea"));
    EXPECT_THAT(*list(ana, {"Audiobooks", "Ana - Sea"}), ElementsAre("01 Sea.mp3", "02 Sea.mp3"));
}

TEST_F(DavTreeTest, PlaylistsAreNumberedAndTheirsAlone) {
    film("x", "tide", "Tide");
    film("y", "ebb", "Ebb");
    item("x", "song", "track", "Song", "artist='Marea'");
    file("song", "song.flac");
    file("song", "song.mp3");
    run("INSERT INTO playlists VALUES ('list', 'ana', 'My list', '', 'private', NULL, 1, 5, 6)");
    int rank = 0;
    for (const char* media : {"ebb", "song", "gone", "tide", "song"}) {
        run("INSERT INTO playlist_entries VALUES ('list', 'e" + std::to_string(rank) + "', '" + media + "', " +
            std::to_string(rank) + ", 'ana', 0)");
        ++rank;
    }
    EXPECT_THAT(*list(ana, {"Playlists"}), ElementsAre("My list"));
    EXPECT_THAT(*list(ana, {"Playlists", "My list"}),
                ElementsAre("01 Ebb.mkv", "02 Marea - Song.flac", "03 Tide.mkv", "04 Marea - Song.flac"));
    EXPECT_THAT(*list(ben, {"Playlists"}), IsEmpty());
    EXPECT_FALSE(list(ben, {"Playlists", "My list"}));
    run("UPDATE playlists SET visibility='public'");
    EXPECT_THAT(*list(ben, {"Playlists", "My list"}),
                ElementsAre("01 Marea - Song.flac", "02 Tide.mkv", "03 Marea - Song.flac"));
}

TEST_F(DavTreeTest, SeekingInAFileListsNothingAnew) {
    item("x", "marea", "artist", "Marea");
    item("x", "low", "album", "Low", "artist_id='marea'");
    item("x", "a", "track", "A", "artist_id='marea', album_id='low', track=1");
    file("a", "a.flac");
    const std::vector<std::string> at{"Music", "Marea", "Low", "01 A.flac"};
    EXPECT_EQ(seek(ana, at), "file-a.flac");
    EXPECT_GT(asked, 3);
    const auto first = node(ana, at);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(seek(ana, at), "file-a.flac");
        EXPECT_EQ(asked, 1);
    }
    const auto again =
        database->readValue<Node>([&](core::db::Session& session) { return Tree(session, ana, 0, &known).find(at); });
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->name.text(), first->name.text());
    EXPECT_EQ(again->etag, first->etag);
    EXPECT_EQ(again->size, first->size);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(seek(ana, at, KnownFiles::kLife), "file-a.flac");
    EXPECT_GT(asked, 3);
}

TEST_F(DavTreeTest, WhatWasFoundOnceOpensOnlyWhileItIsTheirs) {
    film("x", "tide", "Tide");
    const std::vector<std::string> at{"Films", "Tide.mkv"};
    EXPECT_EQ(seek(ben, at), "file-tide.mkv");
    EXPECT_EQ(seek(ben, at), "file-tide.mkv");
    EXPECT_EQ(asked, 1);
    run("UPDATE media_items SET age=16 WHERE id='tide'");
    ben.allAges = false;
    ben.ageLimit = 12;
    EXPECT_EQ(seek(ben, at), "");
    ben.allAges = true;
    EXPECT_EQ(seek(ben, at), "file-tide.mkv");
    run("INSERT INTO protections VALUES ('tide', 'cenc', 'ana', 0)");
    EXPECT_EQ(seek(ben, at), "");
    run("DELETE FROM protections");
    run("DELETE FROM library_grants");
    EXPECT_EQ(seek(ben, at), "");
    EXPECT_EQ(seek(ana, at), "file-tide.mkv");
    run("UPDATE media_files SET state='missing'");
    EXPECT_EQ(seek(ana, at), "");
}

TEST_F(DavTreeTest, WhatHasAnotherNameByNowIsNotFoundUnderTheOld) {
    film("x", "tide", "Tide");
    run("INSERT INTO playlists VALUES ('list', 'ana', 'My list', '', 'private', NULL, 1, 5, 6)");
    run("INSERT INTO playlist_entries VALUES ('list', 'e', 'tide', 0, 'ana', 0)");
    const std::vector<std::string> listed{"Playlists", "My list", "01 Tide.mkv"};
    EXPECT_EQ(seek(ana, listed), "file-tide.mkv");
    EXPECT_EQ(seek(ana, listed), "file-tide.mkv");
    EXPECT_EQ(asked, 2);
    run("DELETE FROM playlist_entries");
    run("UPDATE playlists SET revision=revision+1");
    EXPECT_EQ(seek(ana, listed), "");
    EXPECT_EQ(seek(ana, {"Films", "Tide.mkv"}), "file-tide.mkv");
    run("UPDATE media_items SET title='Ebb' WHERE id='tide'");
    EXPECT_EQ(seek(ana, {"Films", "Tide.mkv"}), "");
    EXPECT_EQ(seek(ana, {"Films", "Ebb.mkv"}), "file-tide.mkv");
}

TEST(KnownFilesTest, KeepsABoundedNumberForASmallWhile) {
    KnownFiles known;
    for (std::size_t i = 0; i <= KnownFiles::kMost; ++i) {
        known.keep("ana", {"Films", std::to_string(i)}, {"file", {}, {}, {}, 0}, 0);
    }
    EXPECT_FALSE(known.find("ana", {"Films", "0"}, 0));
    const std::vector<std::string> last{"Films", std::to_string(KnownFiles::kMost)};
    EXPECT_TRUE(known.find("ana", last, KnownFiles::kLife - 1));
    EXPECT_FALSE(known.find("ana", last, KnownFiles::kLife));
    EXPECT_FALSE(known.find("ben", last, 0));
}

}  // namespace
}  // namespace marea::server::webdav
