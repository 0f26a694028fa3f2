#include "player/session/playqueue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace marea::player {
namespace {

using ::testing::ElementsAre;

QList<PlayEntry> titles(const QList<const char*>& names) {
    QList<PlayEntry> out;
    for (const char* name : names) {
        PlayEntry entry;
        entry.title = QLatin1String(name);
        entry.music = true;
        out.append(entry);
    }
    return out;
}

std::string now(const PlayQueue& queue) {
    const PlayEntry* entry = queue.currentEntry();
    return entry ? entry->title.toStdString() : std::string("-");
}

std::vector<std::string> shown(const PlayQueue& queue) {
    std::vector<std::string> out;
    for (const PlayEntry& entry : queue.entries()) {
        out.push_back(entry.title.toStdString());
    }
    return out;
}

std::vector<std::string> playOn(PlayQueue& queue, int count) {
    std::vector<std::string> out;
    for (int i = 0; i < count && queue.follow(); ++i) {
        out.push_back(now(queue));
    }
    return out;
}

TEST(PlayQueue, PlaysInOrderAndEnds) {
    PlayQueue queue(1);
    queue.replace(titles({"a", "b", "c"}), 0);
    EXPECT_EQ(queue.following(), 1);
    EXPECT_THAT(playOn(queue, 10), ElementsAre("b", "c"));
    EXPECT_EQ(queue.following(), std::nullopt);
    EXPECT_EQ(now(queue), "c");
    EXPECT_TRUE(queue.goPrevious());
    EXPECT_EQ(now(queue), "b");
}

TEST(PlayQueue, RepeatsAllOrOne) {
    PlayQueue queue(1);
    queue.replace(titles({"a", "b"}), 1);
    queue.setRepeat(Repeat::All);
    EXPECT_THAT(playOn(queue, 4), ElementsAre("a", "b", "a", "b"));
    queue.setRepeat(Repeat::One);
    EXPECT_THAT(playOn(queue, 2), ElementsAre("b", "b"));
    EXPECT_FALSE(queue.goNext());  // a person's "next" leaves the repeated one
}

TEST(PlayQueue, ShufflePlaysEachOnceAndGivesTheOrderBack) {
    PlayQueue queue(7);
    queue.replace(titles({"a", "b", "c", "d", "e", "f"}), 2);
    queue.setShuffle(true);
    EXPECT_EQ(now(queue), "c");
    std::vector<std::string> heard = playOn(queue, 10);
    heard.push_back("c");
    EXPECT_EQ(std::set<std::string>(heard.begin(), heard.end()).size(), 6U);
    EXPECT_EQ(heard.size(), 6U);
    const std::string last = now(queue);
    ASSERT_TRUE(queue.goPrevious());
    EXPECT_EQ(now(queue), heard[heard.size() - 3]);
    ASSERT_TRUE(queue.goNext());
    EXPECT_EQ(now(queue), last);
    queue.setShuffle(false);
    EXPECT_EQ(now(queue), last);
    EXPECT_THAT(shown(queue), ElementsAre("a", "b", "c", "d", "e", "f"));
    EXPECT_EQ(queue.upcoming().size(), 5 - queue.current());
}

TEST(PlayQueue, ShuffleIsFair) {
    std::map<std::string, int> second;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        PlayQueue queue(seed);
        queue.replace(titles({"a", "b", "c", "d"}), 0);
        queue.setShuffle(true);
        queue.follow();
        ++second[now(queue)];
    }
    EXPECT_EQ(second.size(), 3U);
    for (const auto& [title, count] : second) {
        EXPECT_NEAR(count, 1000, 150) << title;
    }
}

TEST(PlayQueue, ANewShuffledRoundDoesNotBeginWithTheLastHeardAndIsToldAhead) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        PlayQueue queue(seed);
        queue.replace(titles({"a", "b", "c"}), 0);
        queue.setRepeat(Repeat::All);
        queue.setShuffle(true);
        for (int i = 0; i < 12; ++i) {
            const std::string before = now(queue);
            const auto told = queue.following();
            ASSERT_TRUE(told);
            ASSERT_TRUE(queue.follow());
            EXPECT_EQ(queue.current(), *told);
            EXPECT_NE(now(queue), before);
        }
    }
}

TEST(PlayQueue, InsertsNextAppendsMovesAndRemoves) {
    PlayQueue queue(1);
    queue.replace(titles({"a", "b", "c"}), 1);
    queue.insertNext(titles({"x", "y"}));
    queue.append(titles({"z"}));
    EXPECT_THAT(shown(queue), ElementsAre("a", "b", "x", "y", "c", "z"));
    queue.move(5, 2);
    EXPECT_EQ(now(queue), "b");
    queue.remove(0);
    EXPECT_EQ(now(queue), "b");
    EXPECT_THAT(playOn(queue, 9), ElementsAre("z", "x", "y", "c"));
}

TEST(PlayQueue, InsertedNextIsNextAlsoWhenShuffled) {
    PlayQueue queue(3);
    queue.replace(titles({"a", "b", "c", "d"}), 0);
    queue.setShuffle(true);
    queue.insertNext(titles({"x", "y"}));
    EXPECT_THAT(playOn(queue, 2), ElementsAre("x", "y"));
    queue.append(titles({"z"}));
    std::vector<std::string> rest = playOn(queue, 9);
    EXPECT_NE(std::find(rest.begin(), rest.end(), "z"), rest.end());
}

TEST(PlayQueue, RemovingTheCurrentOneMakesTheOneAfterItCurrent) {
    PlayQueue queue(1);
    queue.replace(titles({"a", "b", "c"}), 1);
    queue.remove(1);
    EXPECT_EQ(now(queue), "c");
    queue.remove(1);
    EXPECT_EQ(now(queue), "a");
    queue.remove(0);
    EXPECT_EQ(now(queue), "-");
    EXPECT_EQ(queue.following(), std::nullopt);
    queue.append(titles({"n"}));
    EXPECT_EQ(now(queue), "n");
}

TEST(PlayQueue, OddIndicesChangeNothing) {
    PlayQueue queue(1);
    queue.remove(0);
    queue.move(0, 1);
    EXPECT_FALSE(queue.jump(0));
    EXPECT_FALSE(queue.goNext());
    queue.replace(titles({"a", "b"}), 99);
    EXPECT_EQ(now(queue), "b");
    queue.remove(-1);
    queue.move(0, 5);
    EXPECT_THAT(shown(queue), ElementsAre("a", "b"));
}

// Whatever is done in whatever order, every entry is in the order of playing exactly once.
TEST(PlayQueue, AnyChangesKeepItWhole) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        PlayQueue queue(seed);
        queue.setRepeat(seed % 2 ? Repeat::All : Repeat::Off);
        for (int step = 0; step < 60; ++step) {
            const int size = static_cast<int>(queue.entries().size());
            const int index = size ? static_cast<int>(random() % static_cast<unsigned>(size)) : 0;
            switch (random() % 8) {
                case 0:
                    queue.append(titles({"p", "q"}));
                    break;
                case 1:
                    queue.insertNext(titles({"r"}));
                    break;
                case 2:
                    queue.remove(index);
                    break;
                case 3:
                    queue.move(index, size - 1 - index);
                    break;
                case 4:
                    queue.setShuffle(random() % 2 == 0);
                    break;
                case 5:
                    queue.follow();
                    break;
                case 6:
                    queue.goPrevious();
                    break;
                default:
                    queue.jump(index);
                    break;
            }
            const int now = static_cast<int>(queue.entries().size());
            EXPECT_EQ(queue.current() >= 0, now > 0);
            QList<int> after = queue.upcoming();
            EXPECT_EQ(std::set<int>(after.begin(), after.end()).size(), static_cast<std::size_t>(after.size()));
            EXPECT_FALSE(after.contains(-1));
            EXPECT_FALSE(after.contains(queue.current()));
        }
    }
}

}  // namespace
}  // namespace marea::player
