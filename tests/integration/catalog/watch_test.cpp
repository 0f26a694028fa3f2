#include <chrono>
#include <thread>

#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// The catalogue follows its folders by itself: nobody asks for a scan here.
class WatchTest : public CatalogTest {
protected:
    void SetUp() override {
        watch = true;
        CatalogTest::SetUp();
        catalog->waitUntilIdle();
        awaitWatching();
    }

    static bool becomes(const std::function<bool()>& condition, milliseconds longest = milliseconds(180'000)) {
        for (const auto end = Clock::now() + longest; !condition();) {
            if (Clock::now() > end) {
                return false;
            }
            std::this_thread::sleep_for(milliseconds(10));
        }
        return true;
    }

    bool present(const std::string& path) { return !itemOf(path).empty(); }
    bool appears(const std::string& path) {
        return becomes([&] { return present(path); });
    }
    bool goes(const std::string& path) {
        return becomes([&] { return !present(path); });
    }

    // The watch is set up beside start(): what comes after the scan and before it stands is noticed all the same, and
    // after this it stands.
    void awaitWatching() {
        put(media() / "first.flac", track(1, "First", "First", "Nobody"));
        ASSERT_TRUE(appears("first.flac"));
    }
};

TEST_F(WatchTest, NoticesAFileThatCameAndWent) {
    put(media() / "01 So What.flac", track(1, "So What"));
    EXPECT_TRUE(appears("01 So What.flac"));
    fs::remove(media() / "01 So What.flac");
    EXPECT_TRUE(goes("01 So What.flac"));
}

TEST_F(WatchTest, NoticesFoldersThatCameWithFilesInside) {
    put(media() / "Miles" / "Kind of Blue" / "CD1" / "01 So What.flac", track(1, "So What"));
    put(media() / "Miles" / "Kind of Blue" / "01 Blue in Green.flac", track(2, "Blue in Green"));
    EXPECT_TRUE(appears("Miles/Kind of Blue/CD1/01 So What.flac"));
    EXPECT_TRUE(appears("Miles/Kind of Blue/01 Blue in Green.flac"));
    // Those folders are watched from now on, too.
    put(media() / "Miles" / "Kind of Blue" / "CD1" / "02 Freddie.flac", track(3, "Freddie Freeloader"));
    EXPECT_TRUE(appears("Miles/Kind of Blue/CD1/02 Freddie.flac"));
}

TEST_F(WatchTest, NoticesAFolderMovedInFromElsewhere) {
    put(temp.path() / "elsewhere" / "Deep" / "01 So What.flac", track(1, "So What"));
    fs::rename(temp.path() / "elsewhere", media() / "Album");
    EXPECT_TRUE(appears("Album/Deep/01 So What.flac"));
    fs::rename(media() / "Album", temp.path() / "gone");
    EXPECT_TRUE(goes("Album/Deep/01 So What.flac"));
}

TEST_F(WatchTest, ARenamedFileStaysTheSameItem) {
    put(media() / "Album" / "01.flac", track(1, "So What"));
    ASSERT_TRUE(appears("Album/01.flac"));
    const core::Id item = itemOf("Album/01.flac");
    fs::rename(media() / "Album" / "01.flac", media() / "Album" / "01 So What.flac");
    ASSERT_TRUE(appears("Album/01 So What.flac"));
    EXPECT_EQ(itemOf("Album/01 So What.flac"), item);
    fs::rename(media() / "Album", media() / "Renamed");
    ASSERT_TRUE(appears("Renamed/01 So What.flac"));
    EXPECT_EQ(itemOf("Renamed/01 So What.flac"), item);
    // The renamed folder goes on being watched, under its new name.
    put(media() / "Renamed" / "02.flac", track(2, "Freddie Freeloader"));
    EXPECT_TRUE(appears("Renamed/02.flac"));
}

TEST_F(WatchTest, NoticesSubtitlesInAFolderBesideTheFilm) {
    put(media() / "A Film (2010)" / "A Film (2010).mkv", "video=1\n");
    ASSERT_TRUE(appears("A Film (2010)/A Film (2010).mkv"));
    put(media() / "A Film (2010)" / "Subs" / "2_English.srt", "1");
    const std::string english =
        "SELECT s.language FROM sidecars s JOIN media_files f ON f.id=s.file_id WHERE s.name='Subs/2_English.srt'";
    EXPECT_TRUE(becomes([&] { return text(english) == "en"; }));
    fs::remove_all(media() / "A Film (2010)" / "Subs");
    EXPECT_TRUE(becomes([&] { return text(english).empty(); }));
}

// It is read once it is whole: nothing of it is seen while it grows.
TEST_F(WatchTest, AFileThatIsStillBeingWrittenIsReadOnce) {
    std::atomic<int> probes{0};
    prober.beforeProbe = [&](const std::string& name) { probes += name == "growing.flac" ? 1 : 0; };
    std::ofstream file(media() / "growing.flac", std::ios::binary);
    file << track(1, "So What") << std::flush;
    // Another folder's change, made later and noticed, shows that this one's would have been as well.
    put(media() / "Other" / "01.flac", track(1, "Other", "Other", "Somebody"));
    ASSERT_TRUE(becomes([&] {
        file << "padding=more\n" << std::flush;
        return present("Other/01.flac");
    }));
    EXPECT_EQ(probes, 0);
    file << "genre=Jazz\n";
    file.close();
    ASSERT_TRUE(appears("growing.flac"));
    EXPECT_EQ(probes, 1);
    EXPECT_EQ(text("SELECT i.genres FROM media_items i WHERE i.id='" + itemOf("growing.flac") + "'"), "Jazz");
    catalog->stop();  // no probe may come after `probes`
}

}  // namespace

}  // namespace marea::test
