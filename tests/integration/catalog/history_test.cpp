#include <signal.h>
#include <sys/wait.h>

#include <random>

#include "server/apps/catalog/scanjob.h"
#include "tests/integration/catalog/catalogfixture.h"

namespace marea::test {
namespace {

// Random edits of a tree. After each round the database shows what a scan into an empty one would show.
class HistoryTest : public CatalogTest {
protected:
    std::mt19937 random;
    int made = 0;

    int below(int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); }

    std::vector<fs::path> all(bool folders) {
        std::vector<fs::path> list;
        for (const auto& entry : fs::recursive_directory_iterator(media())) {
            if (entry.is_directory() == folders) {
                list.push_back(entry.path());
            }
        }
        std::sort(list.begin(), list.end());
        return list;
    }

    fs::path someFolder() {
        auto list = all(true);
        list.push_back(media());
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

    void makeSomething() {
        const std::string n = std::to_string(++made);
        const std::string letter(1, static_cast<char>('A' + below(4)));
        switch (below(8)) {
            case 0:
                return put(someFolder() / ("song " + n + ".flac"),
                           track(below(9) + 1, "Song " + n, "Album " + letter, "Band " + letter));
            case 1:
                return put(
                    media() / ("Album " + letter) / (n + ".mp3"),
                    track(below(9) + 1, "T" + n, "Album " + letter, "Band " + letter) + "genre=G" + letter + "\n");
            case 2:
                return put(media() / ("Film " + letter + " (2000)") /
                               ("Film " + letter + " (2000) - " + std::to_string(480 + 240 * below(2)) + "p.mkv"),
                           "video=1\nn=" + n);
            case 3:
                return put(media() / ("Show " + letter) / ("Season " + std::to_string(below(3))) /
                               ("E0" + std::to_string(below(5) + 1) + ".mkv"),
                           "video=1\nn=" + n);
            case 4:
                return put(someFolder() / "cover.jpg", "picture " + n);
            case 5:
                return put(someFolder() / ("bad" + n + ".mkv"), "BROKEN" + n);
            case 6:
                return put(media() / ("Show " + letter) / "tvshow.nfo",
                           "<tvshow><mpaa>FSK " + std::to_string(6 * below(4)) + "</mpaa></tvshow>");
            default:
                return put(media() / "Audiobooks" / ("Book " + letter) / (n + ".mp3"), "x=" + n);
        }
    }

    void addBeside(const fs::path& file) {
        const std::string n = std::to_string(++made);
        put(someFolder() / ("copy" + n + file.extension().string()), "title=c" + n);
    }

    void edit() {
        const auto files = all(false);
        const auto folders = all(true);
        const auto file =
            files.empty() ? fs::path() : files[static_cast<std::size_t>(below(static_cast<int>(files.size())))];
        const auto folder =
            folders.empty() ? fs::path() : folders[static_cast<std::size_t>(below(static_cast<int>(folders.size())))];
        std::error_code ignored;
        switch (below(8)) {
            case 0:
                if (!file.empty())
                    fs::remove(file);
                break;
            case 1:
                if (!file.empty())
                    fs::rename(file, someFolder() / ("moved" + std::to_string(++made) + file.extension().string()));
                break;
            case 2:
                if (!folder.empty())
                    fs::rename(folder, media() / ("Renamed " + std::to_string(++made)), ignored);
                break;
            case 3:
                if (!file.empty() && file.extension() != ".jpg")
                    put(file, track(below(9) + 1, "Changed " + std::to_string(++made), "Album A", "Band A"));
                break;
            case 4:
                if (!file.empty())
                    addBeside(file);
                break;
            case 5:
                if (!folder.empty() && below(3) == 0)
                    fs::remove_all(folder);
                break;
            default:
                makeSomething();
        }
    }

    std::multiset<std::string> fresh() {
        TempFolder other;
        auto opened = core::db::openSqlite((other.path() / "fresh.db").string(), {}, core::makeNullLogger());
        auto kept = std::move(database);
        database = std::move(*opened);
        std::multiset<std::string> result;
        {
            server::CatalogOptions options;
            options.dataFolder = other.path().string();
            options.watch = false;
            server::Catalog scanner(*database, *viewers, prober, tokens, clock, core::makeNullLogger(), *pool, options);
            EXPECT_TRUE(scanner.configureLibraries({{"Media", media().string()}}));
            scanner.start();
            scanner.waitUntilIdle();
            result = snapshot();
        }
        database = std::move(kept);
        return result;
    }

    void expectSame(unsigned seed, int round) {
        const auto ours = snapshot(), theirs = fresh();
        std::vector<std::string> extra, lacking;
        std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(extra));
        std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(), std::back_inserter(lacking));
        EXPECT_EQ(extra, lacking) << "seed " << seed << " round " << round;
    }
};

TEST_F(HistoryTest, TheDatabaseEqualsAFreshScanAfterAnyHistory) {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        random.seed(seed);
        fs::remove_all(media());
        fs::create_directories(media());
        for (int i = 0; i < 12; ++i) {
            makeSomething();
        }
        scan();
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 5; ++i) {
                edit();
            }
            scan();
            expectSame(seed, round);
        }
        if (HasFailure()) {
            return;
        }
    }
}

// A process of its own scans and is killed at a random moment; the next one goes on from there.
TEST_F(HistoryTest, KillingTheProcessLosesNothing) {
    for (int i = 0; i < 60; ++i) {
        put(media() / ("Album " + std::to_string(i)) / "1.flac",
            track(1, "One", "Album " + std::to_string(i), "Band " + std::to_string(i % 7)));
        put(media() / ("Album " + std::to_string(i)) / "2.flac",
            track(2, "Two", "Album " + std::to_string(i), "Band " + std::to_string(i % 7)));
    }
    catalog.reset();
    database.reset();
    random.seed(7);
    for (int round = 0; round < 6; ++round) {
        ::setenv("MAREA_SCAN_CHILD", temp.path().c_str(), 1);
        ::setenv("MAREA_SCAN_KILL_AFTER", std::to_string(below(60) + 1).c_str(), 1);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {  // a new program: threads of this one are not in the child
            ::execl("/proc/self/exe", "scan", "--gtest_filter=ScanChild.DISABLED_ScansUntilKilled",
                    "--gtest_also_run_disabled_tests", static_cast<char*>(nullptr));
            ::_exit(127);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFSIGNALED(status));
    }
    ::unsetenv("MAREA_SCAN_CHILD");
    openDatabase();
    EXPECT_EQ(text("PRAGMA integrity_check"), "ok");
    openCatalog();
    catalog->start();
    catalog->waitUntilIdle();
    EXPECT_EQ(number("SELECT count(*) FROM media_items WHERE kind='track' AND status='ok'"), 120);
    expectSame(0, 0);
}

// The child of the test above.
TEST(ScanChild, DISABLED_ScansUntilKilled) {
    const char* folder = ::getenv("MAREA_SCAN_CHILD");
    if (!folder) {
        GTEST_SKIP();
    }
    const fs::path base(folder);
    std::atomic<int> left{std::stoi(::getenv("MAREA_SCAN_KILL_AFTER"))};
    FakeProber prober;
    prober.beforeProbe = [&](const std::string&) {
        if (--left == 0) {
            ::kill(::getpid(), SIGKILL);
        }
    };
    FakeTokens tokens;
    server::WorkPool pool{1, 10};
    auto database = core::db::openSqlite((base / "marea.db").string(), {}, core::makeNullLogger());
    ASSERT_TRUE(database);
    // Small batches, so that some are written before the end.
    core::SystemClock clock;
    auto logger = core::makeNullLogger();
    std::atomic<bool> stop{false};
    server::ScanProgress progress;
    std::string id;
    ASSERT_TRUE((*database)->read([&](core::db::Session& session) {
        return session.each("SELECT id FROM libraries", {}, [&](const core::db::Row& row) {
            id = row.string(0);
            return false;
        });
    }));
    server::ScanJob job({**database, prober, clock, *logger, {2, 1'000'000'000, 5}},
                        {id, "Media", (base / "media").string()}, std::nullopt, stop, progress);
    (void)job.run();
    ::kill(::getpid(), SIGKILL);  // also when everything was done already
}

}  // namespace
}  // namespace marea::test
