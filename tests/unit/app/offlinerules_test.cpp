#include "app/offline/offlinerules.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

#ifdef Q_OS_LINUX
#include <sys/resource.h>

#include <csignal>
#endif

#include "app/offline/awaychanges.h"
#include "app/offline/offlinestore.h"
#include "app/offline/partfile.h"

namespace marea::app {
namespace {

using State = OfflineTask::State;
using Why = OfflineTask::Why;

OfflineTask task(const char* id, State state, qint64 addedAt = 0, bool ahead = false, qint64 received = 0) {
    OfflineTask t;
    t.mediaId = QLatin1String(id);
    t.state = state;
    t.addedAt = t.usedAt = addedAt;
    t.ahead = ahead;
    t.received = received;
    return t;
}

TEST(OfflineRules, RoomEndsAtTheLimitAndBeforeTheDisk) {
    constexpr qint64 giga = 1LL << 30;
    EXPECT_EQ(whyNoRoom(giga, {4 * giga, 5 * giga, 100 * giga}), Why::None);
    EXPECT_EQ(whyNoRoom(giga + 1, {4 * giga, 5 * giga, 100 * giga}), Why::Limit);
    EXPECT_EQ(whyNoRoom(giga, {4 * giga, 0, giga + kDiskReserve}), Why::None) << "no limit of one's own";
    EXPECT_EQ(whyNoRoom(giga, {4 * giga, 0, giga + kDiskReserve - 1}), Why::DiskFull);
}

TEST(OfflineRules, WhatCameByItselfMakesWayTheLongestUnusedFirst) {
    const QList<OfflineTask> tasks{task("old", State::Done, 1, true, 40), task("own", State::Done, 0, false, 40),
                                   task("new", State::Done, 2, true, 40)};
    const OfflineRoom room{120, 130, 1LL << 40};
    EXPECT_EQ(toMakeWay(tasks, 10, room), QStringList());
    EXPECT_EQ(toMakeWay(tasks, 50, room), QStringList{QStringLiteral("old")});
    EXPECT_EQ(toMakeWay(tasks, 90, room), (QStringList{QStringLiteral("old"), QStringLiteral("new")}));
    EXPECT_EQ(toMakeWay(tasks, 91, room), QStringList()) << "nothing goes when that does not help";
}

TEST(OfflineRules, PeoplesWishesComeBeforeWhatComesByItself) {
    QList<OfflineTask> tasks{task("ahead", State::Loading, 1, true), task("second", State::Waiting, 3),
                             task("first", State::Waiting, 2), task("done", State::Done, 0)};
    EXPECT_EQ(nextInTurn(tasks), 2);
    tasks[2].state = tasks[1].state = State::Paused;
    EXPECT_EQ(nextInTurn(tasks), 0);
    EXPECT_EQ(nextInTurn({task("done", State::Done)}), -1);
}

TEST(OfflineRules, AStartGoesOnWithWhatRanButNotWithWhatAPersonPaused) {
    for (const auto state : {State::Waiting, State::Preparing, State::Loading})
        EXPECT_EQ(resumed(task("a", state)).state, State::Waiting);
    auto paused = task("a", State::Paused);
    paused.why = Why::Person;
    EXPECT_EQ(resumed(paused), paused);
    paused.why = Why::DiskFull;
    EXPECT_EQ(resumed(paused).state, State::Waiting) << "there may be room by now";
    EXPECT_EQ(resumed(task("a", State::Failed)).state, State::Failed);
}

TEST(OfflineRules, WaitingGrowsAndStaysBounded) {
    EXPECT_EQ(pauseBefore(1), 1000);
    EXPECT_EQ(pauseBefore(3), 4000);
    EXPECT_EQ(pauseBefore(100), 60'000);
}

TEST(OfflineRules, TheNextEpisodesAreFetchedAheadUnlessTheyAreHere) {
    QList<MediaItem> season(5);
    for (int i = 0; i < 5; ++i)
        season[i].id = QString::number(i);
    season[3].status = QStringLiteral("broken");
    const auto ids = [&](const char* current, int most, const QList<OfflineTask>& tasks) {
        QStringList list;
        for (const auto& item : toFetchAhead(season, QLatin1String(current), most, tasks))
            list << item.id;
        return list.join(QLatin1Char(','));
    };
    EXPECT_EQ(ids("1", 1, {}), QLatin1String("2"));
    EXPECT_EQ(ids("1", 2, {}), QLatin1String("2,4")) << "a broken one is passed over";
    EXPECT_EQ(ids("1", 1, {task("2", State::Done)}), QLatin1String("")) << "no further than that";
    EXPECT_EQ(ids("4", 1, {}), QLatin1String(""));
    EXPECT_EQ(ids("unknown", 1, {}), QLatin1String(""));
}

TEST(OfflineRules, ProgressWithoutTheServerMeansWhatTheServerWouldSay) {
    EXPECT_EQ(progressAt(false, 2600, 6720, 0).position, 2600);
    EXPECT_TRUE(progressAt(false, 6300, 6720, 0).watched);
    EXPECT_FALSE(progressAt(false, 6300, 6720, 6290).watched) << "a jump into the credits";
    EXPECT_TRUE(progressAt(false, 5900, 6720, 0, 5800).watched) << "into the credits";
    EXPECT_FALSE(progressAt(false, 5790, 6720, 0, 5800).watched);
    EXPECT_FALSE(progressAt(false, 5900, 6720, 5850, 5800).watched) << "a jump into them";
    EXPECT_EQ(progressAt(false, 20, 6720, 0).position, 0) << "at its start";
    EXPECT_EQ(progressAt(true, 100, 240, 0).position, 0) << "a track begins anew";
    EXPECT_EQ(progressAt(true, 1800, 7200, 0).position, 1800) << "a long one does not";
    EXPECT_EQ(progressAt(false, 50, 0, 0).position, 50);
}

TEST(OfflineTask, IsTheSameAfterTheDisk) {
    auto t = task("0190a000-0000-7000-8000-000000000001", State::Paused, 1700000000123, true);
    t.why = Why::Limit;
    t.title = QStringLiteral("El faro");
    t.format = QStringLiteral("mp4");
    t.quality = QStringLiteral("720p");
    t.url = QStringLiteral("/api/v1/downloads/d1/file");
    t.size = 5LL << 32;
    t.music = true;
    EXPECT_EQ(offlineTaskFrom(toJson(t)), t);
}

TEST(OfflineTask, AnIdThatIsNoFoldersNameIsRefused) {
    for (const auto* id : {"", ".", "..", "../other", "a/b", "a\\b", "\xc3\xb1"})
        EXPECT_FALSE(safeId(QString::fromUtf8(id))) << id;
    EXPECT_TRUE(safeId(QStringLiteral("0190a000-0000-7000-8000-000000000001")));
    EXPECT_EQ(offlineTaskFrom({{QStringLiteral("media"), QStringLiteral("../x")}}), std::nullopt);
}

TEST(AwayChanges, LaterFieldsGoOverEarlierOnes) {
    UserChange earlier, later;
    earlier.position = 10;
    earlier.favourite = true;
    later.position = 20;
    const auto both = merged(earlier, later);
    EXPECT_EQ(both.position, 20);
    EXPECT_EQ(both.favourite, true);
    EXPECT_EQ(both.rating, std::nullopt);
}

class PartFileTest : public testing::Test {
protected:
    static QByteArray noise(qint64 size) {
        QByteArray bytes(size, Qt::Uninitialized);
        quint32 state = 7;
        for (auto& byte : bytes)
            byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
        return bytes;
    }
    QByteArray whole() const {
        QFile file(PartFile::mediaPath(folder));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void change(qint64 at, char value) const {
        QFile file(PartFile::partPath(folder));
        ASSERT_TRUE(file.open(QIODevice::ReadWrite) && file.seek(at) && file.putChar(value));
    }
    QTemporaryDir place;
    const QString folder = place.filePath(QStringLiteral("title"));
    const std::atomic<bool> goOn = false;
    const QByteArray bytes = noise(3 * PartFile::kBlock + 4711);
};

TEST_F(PartFileTest, ComesInPiecesOverSeveralStarts) {
    qint64 at = 0;
    for (const qint64 piece : {qint64{1}, PartFile::kBlock - 1, PartFile::kBlock + 5, qint64{99}}) {
        PartFile part(folder);
        ASSERT_EQ(part.open(), at);
        ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
        ASSERT_TRUE(part.append(bytes.mid(at, piece)));
        at += piece;
    }
    PartFile part(folder);
    ASSERT_EQ(part.open(), at);
    ASSERT_TRUE(part.append(bytes.mid(at)));
    EXPECT_TRUE(whole().isEmpty()) << "not before it was read back";
    ASSERT_TRUE(part.finish(goOn));
    EXPECT_EQ(whole(), bytes);
    EXPECT_FALSE(QFile::exists(PartFile::partPath(folder)));
}

TEST_F(PartFileTest, KilledBetweenABlockAndItsHashItKnowsWhatIsThere) {
    {
        PartFile part(folder);
        ASSERT_TRUE(part.open());
        ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
        ASSERT_TRUE(part.append(bytes.left(2 * PartFile::kBlock)));
    }
    ASSERT_TRUE(QFile::resize(folder + QStringLiteral("/blocks"), 40));  // one and a bit
    PartFile part(folder);
    EXPECT_EQ(part.open(), 2 * PartFile::kBlock);
    ASSERT_TRUE(part.append(bytes.mid(2 * PartFile::kBlock)));
    ASSERT_TRUE(part.finish(goOn));
    EXPECT_EQ(whole(), bytes);
}

TEST_F(PartFileTest, WhatTheDiskLostIsFetchedAgain) {
    {
        PartFile part(folder);
        ASSERT_TRUE(part.open());
        ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
        ASSERT_TRUE(part.append(bytes));
    }
    ASSERT_TRUE(QFile::resize(PartFile::partPath(folder), PartFile::kBlock + 17));
    PartFile part(folder);
    EXPECT_EQ(part.open(), PartFile::kBlock + 17);
}

TEST_F(PartFileTest, AFileThatChangedOnTheDiskIsKeptUpToThere) {
    PartFile part(folder);
    ASSERT_TRUE(part.open());
    ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
    ASSERT_TRUE(part.append(bytes));
    change(2 * PartFile::kBlock + 5, static_cast<char>(~bytes[2 * PartFile::kBlock + 5]));
    const auto finished = part.finish(goOn);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().code, core::ErrorCode::Corrupt);
    ASSERT_EQ(part.open(), 2 * PartFile::kBlock);
    ASSERT_TRUE(part.append(bytes.mid(2 * PartFile::kBlock)));
    ASSERT_TRUE(part.finish(goOn));
    EXPECT_EQ(whole(), bytes);
}

#ifdef Q_OS_LINUX
// No file may grow beyond `bytes` while it lives: as on a full disk, writing ends in the middle.
struct SmallDisk {
    explicit SmallDisk(rlim_t bytes) : handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{bytes, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
    }
    rlimit before{};
    void (*handler)(int);
};

TEST_F(PartFileTest, AFullDiskIsToldAndGoneOnFrom) {
    PartFile part(folder);
    ASSERT_TRUE(part.open());
    ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
    {
        const SmallDisk small(PartFile::kBlock + 1000);
        const auto appended = part.append(bytes);
        ASSERT_FALSE(appended);
        EXPECT_EQ(appended.error().code, core::ErrorCode::Busy);
    }
    ASSERT_EQ(part.open(), PartFile::kBlock + 1000);
    ASSERT_TRUE(part.append(bytes.mid(PartFile::kBlock + 1000)));
    ASSERT_TRUE(part.finish(goOn));
    EXPECT_EQ(whole(), bytes);
}
#endif

TEST_F(PartFileTest, ReadingBackEndsWhenNobodyWaits) {
    const std::atomic<bool> cancelled = true;
    PartFile part(folder);
    ASSERT_TRUE(part.open());
    ASSERT_TRUE(part.describe("\"v1\"", bytes.size()));
    ASSERT_TRUE(part.append(bytes));
    EXPECT_EQ(part.finish(cancelled).error().code, core::ErrorCode::Cancelled);
}

TEST(OfflineStore, TasksComeBackAsTheDiskHasThem) {
    QTemporaryDir place;
    OfflineStore store(place.path(), QStringLiteral("http://casa ana"));
    auto done = task("b", State::Loading, 2), lost = task("a", State::Done, 1);
    ASSERT_TRUE(store.save(done));
    ASSERT_TRUE(store.save(lost));
    ASSERT_TRUE(store.keep(QStringLiteral("b"), QStringLiteral("media"), "film"));
    ASSERT_TRUE(store.keep(QStringLiteral("c"), QStringLiteral("task.json"), "{\"media\":\"other\"}"));
    const auto tasks = store.load();
    ASSERT_EQ(tasks.size(), 2) << "what is none of ours is left alone";
    EXPECT_EQ(tasks[0].state, State::Waiting) << "somebody took the file away";
    EXPECT_EQ(tasks[1].state, State::Done) << "killed after the file had its name";
    EXPECT_EQ(tasks[1].received, 4);
    EXPECT_TRUE(OfflineStore(place.path(), QStringLiteral("http://casa ben")).load().isEmpty());
    store.remove(QStringLiteral("b"));
    EXPECT_EQ(store.load().size(), 1);
    EXPECT_FALSE(store.keep(QStringLiteral("../b"), QStringLiteral("x"), "x"));
}

}  // namespace
}  // namespace marea::app
