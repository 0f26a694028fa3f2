#include "core/io/sealoriginal.h"
#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

class ScanTest : public CatalogTest {
protected:
    void putAlbum(const fs::path& folder) {
        put(folder / "01 So What.flac", track(1, "So What"));
        put(folder / "02 Freddie Freeloader.flac", track(2, "Freddie Freeloader"));
        put(folder / "cover.jpg", "picture");
    }
    std::string dataVersion() {
        return text("SELECT (SELECT count(*) FROM media_items)||':'||(SELECT max(num) FROM media_files)");
    }
};

TEST_F(ScanTest, FindsAFilmAnAlbumAndASeries) {
    put(media() / "Heat (1995)" / "Heat (1995).mkv", "video=1\nduration=10200\nchapter=Bank\n");
    put(media() / "Heat (1995)" / "Heat (1995).en.forced.srt", "1");
    put(media() / "Show" / "Season 1" / "Show S01E02.mkv", "video=1\n");
    putAlbum(media() / "Miles Davis" / "Kind of Blue");
    scan();
    EXPECT_EQ(
        texts("SELECT kind||' '||title FROM media_items WHERE status='ok' ORDER BY kind, title"),
        (std::vector<std::string>{"album Kind of Blue", "artist Miles Davis", "episode Episode 2", "movie Heat",
                                  "season Season 1", "series Show", "track Freddie Freeloader", "track So What"}));
    const auto detail = get("/api/v1/media/" + itemOf("Heat (1995)/Heat (1995).mkv"));
    EXPECT_EQ(detail.at("year").as_int64(), 1995);
    EXPECT_EQ(detail.at("chapters").as_array().size(), 1u);
    EXPECT_EQ(detail.at("sidecars").at(0).at("language").as_string(), "en");
    EXPECT_TRUE(detail.at("sidecars").at(0).at("forced").as_bool());
    EXPECT_EQ(detail.at("files").at(0).at("streams").as_array().size(), 2u);
    EXPECT_EQ(number("SELECT child_count FROM media_items WHERE kind='album'"), 2);
    EXPECT_EQ(text("SELECT artwork_kind FROM media_items WHERE kind='album'"), "sidecar");
}

TEST_F(ScanTest, FilesOfFilmsAreListedForTheServersOwnWork) {
    put(media() / "Heat (1995)" / "Heat (1995).mkv", "video=1\nduration=10200\n");
    put(media() / "Show" / "Season 1" / "Show S01E02.mkv", "video=1\nduration=60\n");
    put(media() / "broken.mkv", "BROKEN");
    putAlbum(media() / "Album");
    scan();
    const auto films = catalog->filmFiles(0, 10);
    ASSERT_TRUE(films);
    ASSERT_EQ(films->size(), 2u);
    EXPECT_EQ(catalog->filmFiles(0, 1)->size(), 1u);
    EXPECT_EQ(catalog->filmFiles(films->front().num, 10)->front().id, films->back().id);
    EXPECT_EQ(catalog->filmFiles(0, 10, "matroska")->size(), 2u);
    EXPECT_EQ(catalog->filmFiles(0, 10, "matro")->size(), 2u);
    EXPECT_EQ(catalog->filmFiles(0, 10, "mpeg")->size(), 0u);
    for (const server::FilmFile& film : *films) {
        EXPECT_TRUE(film.playable);
        EXPECT_GT(film.info.duration, 0);
        const auto opened = catalog->openForWork(film.id);
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->etag, film.etag);
        EXPECT_EQ(opened->name, film.name);
    }
    fs::remove(media() / "Heat (1995)" / "Heat (1995).mkv");
    scan();
    const auto after = *catalog->filmFiles(0, 10);
    ASSERT_EQ(after.size(), 2u);
    EXPECT_EQ(after[0].playable + after[1].playable, 1);
}

TEST_F(ScanTest, ARescanWithoutAChangeWritesAndReadsNothing) {
    putAlbum(media() / "Album");
    put(media() / "broken.mkv", "BROKEN");
    put(media() / "crash.mkv", "CRASH");
    scan();
    const int probes = prober.probes;
    std::int64_t before = 0, after = 0;
    const auto changes = [&](std::int64_t& out) {
        ASSERT_TRUE(database->write([&](core::db::Session& session) {
            return session.each("SELECT total_changes()", {}, [&](const core::db::Row& row) {
                out = row.integer(0);
                return false;
            });
        }));
    };
    changes(before);
    const auto size = fs::file_size(temp.path() / "marea.db-wal");
    scan();
    scan();
    changes(after);
    EXPECT_EQ(before, after);
    EXPECT_EQ(size, fs::file_size(temp.path() / "marea.db-wal"));
    EXPECT_EQ(prober.probes, probes);
}

TEST_F(ScanTest, ARenamedFolderKeepsEveryId) {
    putAlbum(media() / "Miles" / "KoB");
    put(media() / "Show" / "Season 1" / "Show S01E01.mkv", "video=1\n");
    put(media() / "untagged" / "one.mp3", "x=1");
    put(media() / "untagged" / "two.mp3", "x=2");
    scan();
    const auto ids = texts("SELECT id FROM media_items WHERE status='ok' ORDER BY id");
    const int probes = prober.probes;
    fs::rename(media() / "Miles", media() / "Davis");
    fs::rename(media() / "Show", media() / "Another Name");
    fs::rename(media() / "untagged", media() / "renamed");
    scan();
    EXPECT_EQ(texts("SELECT id FROM media_items WHERE status='ok' ORDER BY id"), ids);
    EXPECT_EQ(prober.probes, probes);
    EXPECT_EQ(text("SELECT title FROM media_items WHERE kind='series' AND status='ok'"), "Another Name");
    EXPECT_EQ(
        text("SELECT title FROM media_items WHERE kind='album' AND id=(SELECT album_id FROM media_items WHERE id='" +
             itemOf("renamed/one.mp3") + "')"),
        "renamed");
}

TEST_F(ScanTest, AFileThatIsCopiedAndDeletedIsKnownByItsContent) {
    put(media() / "a" / "song.flac", track(1, "So What"));
    scan();
    const auto id = itemOf("a/song.flac");
    fs::create_directories(media() / "b");
    fs::copy_file(media() / "a" / "song.flac", media() / "b" / "other.flac");
    fs::remove(media() / "a" / "song.flac");
    scan();
    EXPECT_EQ(itemOf("b/other.flac"), id);
    EXPECT_EQ(prober.probes, 1);
}

class OneSeal final : public core::SealSecrets {
public:
    core::Result<std::string> secretOf(const core::SealId&) override {
        return there ? core::Result<std::string>(secret)
                     : core::fail(core::ErrorCode::Unavailable, "The key of this file is not here.");
    }
    const std::string secret = "0123456789abcdef0123456789abcdef";
    bool there = true;
};

// What lies encrypted is the title that it was, wherever it goes, and none is read anew for it.
TEST_F(ScanTest, ASealedFileIsTheSameTitle) {
    OneSeal keys;
    seals = &keys;
    catalog->stop();
    catalog.reset();
    openCatalog();
    catalog->start();
    catalog->waitUntilIdle();
    const std::string film = "Heat (1995)/Heat (1995).mkv";
    put(media() / film, "video=1\nduration=10200\n");
    putAlbum(media() / "Album");
    scan();
    const auto before = snapshot();
    const std::string id = itemOf(film);
    const auto root = core::openFolder(media().string());
    ASSERT_TRUE(core::sealOriginal(*root, film, {}, keys.secret));
    prober.probes = 0;
    scan();
    EXPECT_EQ(snapshot(), before);
    EXPECT_EQ(itemOf(film), id);
    EXPECT_EQ(prober.probes, 0);
    fs::create_directories(media() / "Moved");
    fs::rename(media() / (film + ".sealed"), media() / "Moved" / "Heat (1995).mkv.sealed");
    scan();
    EXPECT_EQ(itemOf("Moved/Heat (1995).mkv"), id);
    EXPECT_EQ(prober.probes, 0);
    put(media() / "Copy" / "Heat (1995).mkv", "video=1\nduration=10200\n");  // the sealed one is still there
    scan();
    EXPECT_EQ(number("SELECT count(*) FROM media_files WHERE state='ok' AND path LIKE '%Heat%'"), 2);
    // Without its key nothing is known of it, and nothing that was known is forgotten.
    keys.there = false;
    fs::last_write_time(media() / "Moved" / "Heat (1995).mkv.sealed", fs::file_time_type::clock::now());
    const auto kept = snapshot();
    scan();
    EXPECT_EQ(snapshot(), kept);
    // One that was never seen in the clear is read through its seal.
    keys.there = true;
    put(media() / "Dusk (2001)" / "Dusk (2001).mkv", "video=1\nduration=300\n");
    ASSERT_TRUE(core::sealOriginal(*root, "Dusk (2001)/Dusk (2001).mkv", {}, keys.secret));
    scan();
    EXPECT_EQ(text("SELECT state||' '||duration FROM media_files WHERE path LIKE 'Dusk%'"), "ok 300.0");
}

TEST_F(ScanTest, ACopyBesideTheOriginalIsAnItemOfItsOwn) {
    put(media() / "a" / "song.flac", track(1, "So What"));
    scan();
    fs::create_directories(media() / "b");
    fs::copy_file(media() / "a" / "song.flac", media() / "b" / "song.flac");
    scan();
    EXPECT_NE(itemOf("a/song.flac"), itemOf("b/song.flac"));
    EXPECT_FALSE(itemOf("b/song.flac").empty());
}

TEST_F(ScanTest, AFileThatMovesToAnotherLibraryKeepsItsId) {
    fs::create_directories(temp.path() / "second");
    ASSERT_TRUE(catalog->configureLibraries({{"Zweite", (temp.path() / "second").string()}}));
    putAlbum(media() / "Album");
    scan();
    const auto first = itemOf("Album/01 So What.flac");
    const auto album = text("SELECT album_id FROM media_items WHERE id='" + first + "'");
    fs::rename(media() / "Album", temp.path() / "second" / "Album");
    scan();
    scan();
    EXPECT_EQ(itemOf("Album/01 So What.flac"), first);
    EXPECT_EQ(text("SELECT library_id FROM media_items WHERE id='" + first + "'"), libraryId("Zweite"));
    EXPECT_EQ(text("SELECT album_id FROM media_items WHERE id='" + first + "'"), album);
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE status='ok' AND kind='track'"), 2);
}

TEST_F(ScanTest, WhatVanishedIsHiddenAndComesBackWithItsIds) {
    putAlbum(media() / "Album");
    scan();
    const auto before = snapshot();
    const auto id = itemOf("Album/01 So What.flac");
    fs::rename(media() / "Album", temp.path() / "away");
    scan();
    EXPECT_TRUE(titles(get("/api/v1/media")).empty());
    EXPECT_EQ(text("SELECT status FROM media_items WHERE id='" + id + "'"), "missing");
    EXPECT_TRUE(titles(get("/api/v1/search", "q=so what")).empty());
    EXPECT_FALSE(catalog->openFile(user, text("SELECT id FROM media_files LIMIT 1")));
    fs::rename(temp.path() / "away", media() / "Album");
    scan();
    EXPECT_EQ(itemOf("Album/01 So What.flac"), id);
    EXPECT_EQ(snapshot(), before);
}

TEST_F(ScanTest, TheIdentityOfWhatVanishedGoesAfterItsGrace) {
    putAlbum(media() / "Album");
    scan();
    fs::remove_all(media() / "Album");
    scan();
    EXPECT_EQ(number("SELECT count(*) FROM media_files"), 2);
    clock->advance(core::TimeMs{31} * 24 * 3600 * 1000);
    scan();
    EXPECT_EQ(number("SELECT count(*) FROM media_files"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM media_items"), 0);
}

TEST_F(ScanTest, ALibraryWhoseFolderIsGoneSaysSoAndLosesNothing) {
    putAlbum(media() / "Album");
    scan();
    fs::rename(media(), temp.path() / "unmounted");
    scan();
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE status='ok'"), 4);
    const auto libraries = get("/api/v1/libraries");
    EXPECT_EQ(libraries.at("items").at(0).at("state").as_string(), "error");
    EXPECT_FALSE(libraries.at("items").at(0).at("problem").is_null());
    fs::rename(temp.path() / "unmounted", media());
    scan();
    EXPECT_EQ(get("/api/v1/libraries").at("items").at(0).at("state").as_string(), "idle");
}

TEST_F(ScanTest, NewTagsKeepTheItemAndOtherContentDoesNot) {
    put(media() / "a.flac", track(1, "So Waht") + "duration=540\n");
    put(media() / "b.flac", track(2, "Blue in Green") + "duration=300\n");
    scan();
    const auto a = itemOf("a.flac"), b = itemOf("b.flac");
    put(media() / "a.flac", track(1, "So What") + "duration=540\n");
    put(media() / "b.flac", track(9, "Quite Another", "Elsewhere", "Somebody") + "duration=111\n");
    scan();
    EXPECT_EQ(itemOf("a.flac"), a);
    EXPECT_EQ(text("SELECT title FROM media_items WHERE id='" + a + "'"), "So What");
    EXPECT_NE(itemOf("b.flac"), b);
    EXPECT_EQ(text("SELECT status FROM media_items WHERE id='" + b + "'"), "missing");
    EXPECT_EQ(titles(get("/api/v1/search", "q=so what")), (std::vector<std::string>{"So What"}));
    EXPECT_EQ(get("/api/v1/media", "q=waht").at("total").as_int64(), 0);
}

TEST_F(ScanTest, ABrokenFileIsListedWithItsReasonAndStopsNothing) {
    put(media() / "a broken.mkv", "BROKEN");
    put(media() / "drm.mp4", "video=1\nencrypted=1\n");
    put(media() / "good (2001).mkv", "video=1\n");
    scan();
    const auto list = get("/api/v1/media", "status=broken");
    EXPECT_EQ(list.at("total").as_int64(), 2);
    EXPECT_EQ(list.at("items").at(0).at("problem").as_string(), "The file is damaged.");
    EXPECT_EQ(get("/api/v1/media").at("total").as_int64(), 3);
    EXPECT_EQ(get("/api/v1/libraries").at("items").at(0).at("broken").as_int64(), 2);
}

TEST_F(ScanTest, AFileThatKillsWorkersIsLeftAloneUntilItChanges) {
    put(media() / "bad.mkv", "CRASH");
    put(media() / "slow.mkv", "SLOW");
    scan();
    scan();
    EXPECT_EQ(prober.probes, 2);
    EXPECT_EQ(texts("SELECT state FROM media_files"), (std::vector<std::string>{"quarantined", "quarantined"}));
    put(media() / "other.mkv", "video=1\n");  // the folder changes, the file does not
    scan();
    EXPECT_EQ(prober.probes, 3);
    put(media() / "bad.mkv", "video=1\nduration=5\n");
    scan();
    EXPECT_EQ(number("SELECT count(*) FROM media_files WHERE state='ok'"), 2);
}

TEST_F(ScanTest, ALinkOutOfTheLibraryIsNotFollowed) {
    put(temp.path() / "secret.mkv", "video=1\n");
    put(temp.path() / "outside" / "film.mkv", "video=1\n");
    put(media() / "real" / "film.mkv", "video=1\n");
    fs::create_symlink(temp.path() / "secret.mkv", media() / "link.mkv");
    fs::create_directory_symlink(temp.path() / "outside", media() / "folder");
    fs::create_symlink("real/film.mkv", media() / "inner.mkv");
    scan();
    EXPECT_EQ(texts("SELECT path FROM media_files ORDER BY path"),
              (std::vector<std::string>{"inner.mkv", "real/film.mkv"}));
    // A file that is replaced by such a link after the scan is not opened either.
    const auto file = text("SELECT id FROM media_files WHERE path='real/film.mkv'");
    fs::remove(media() / "real" / "film.mkv");
    fs::create_symlink(temp.path() / "secret.mkv", media() / "real" / "film.mkv");
    EXPECT_FALSE(catalog->openFile(user, file));
}

TEST_F(ScanTest, SidecarsComeAndGo) {
    put(media() / "Film (2000)" / "Film (2000).mkv", "video=1\n");
    scan();
    const auto id = itemOf("Film (2000)/Film (2000).mkv");
    put(media() / "Film (2000)" / "Film (2000).es.srt", "1");
    put(media() / "Film (2000)" / "poster.jpg", "picture");
    put(media() / "Film (2000)" / "Film (2000).nfo",
        "<movie><title>The Film</title><plot>Things happen.</plot><genre>Drama</genre></movie>");
    scan();
    auto detail = get("/api/v1/media/" + id);
    EXPECT_EQ(detail.at("title").as_string(), "The Film");
    EXPECT_EQ(detail.at("overview").as_string(), "Things happen.");
    EXPECT_FALSE(detail.at("artwork_url").is_null());
    EXPECT_EQ(detail.at("sidecars").as_array().size(), 2u);
    const auto sidecar = catalog->openSidecar(user, std::string(detail.at("sidecars").at(1).at("id").as_string()));
    ASSERT_TRUE(sidecar);
    EXPECT_EQ(sidecar->itemId, id);
    EXPECT_EQ(prober.probes, 1);
    fs::remove(media() / "Film (2000)" / "Film (2000).es.srt");
    fs::remove(media() / "Film (2000)" / "Film (2000).nfo");
    scan();
    detail = get("/api/v1/media/" + id);
    EXPECT_EQ(detail.at("title").as_string(), "Film");
    EXPECT_TRUE(detail.at("sidecars").as_array().empty());
}

TEST_F(ScanTest, StoppingInTheMiddleLosesNothingAndTheNextStartGoesOn) {
    for (int i = 0; i < 30; ++i) {
        put(media() / ("Album " + std::to_string(i)) / "song.flac", track(1, "Song", "Album " + std::to_string(i)));
    }
    std::atomic<int> seen{0};
    std::mutex mutex;
    std::condition_variable changed;
    prober.beforeProbe = [&](const std::string&) {
        if (++seen == 10) {
            const std::lock_guard lock(mutex);
            changed.notify_all();
        }
    };
    ASSERT_TRUE(catalog->scan(libraryId()));
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return seen >= 10; });
    }
    catalog->stop();
    catalog.reset();
    prober.beforeProbe = nullptr;
    openCatalog();
    catalog->start();
    catalog->waitUntilIdle();
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE kind='track'"), 30);
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE kind='album'"), 30);
}

TEST_F(ScanTest, StoppingDoesNotWaitForAProbeThatNeverAnswers) {
    put(media() / "song.flac", track(1, "Song"));
    prober.hold(true);
    ASSERT_TRUE(catalog->scan(libraryId()));
    catalog->stop();
    catalog.reset();
    prober.hold(false);
}

}  // namespace
}  // namespace marea::test
