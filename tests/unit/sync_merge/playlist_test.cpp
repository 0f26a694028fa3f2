#include "sync/merge/playlist.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "made.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

using Ids = std::vector<std::string>;

struct Device {
    Replica replica;
    explicit Device(int number) : replica(replicaId(number)) {}

    Record record() const {
        const Record* known = replica.find(kList);
        return known ? *known : Record{kList, {}, {}, {}};
    }
    std::uint64_t tag() const { return runTag(replica.writer().replica, replica.writer().last); }
    void append(const Ids& ids) { replica.edit(kList, appended(record(), ids, tag()), kNow); }
    void place(const Ids& ids, std::optional<std::string> after, core::TimeMs now = kNow) {
        replica.edit(kList, placed(record(), ids, after, tag()), now);
    }
    void removeEntry(const std::string& id) { replica.edit(kList, removed(record(), {id}), kNow); }
    Ids order() const {
        Ids ids;
        for (const Entry& entry : entriesOf(record())) {
            ids.push_back(entry.id);
        }
        return ids;
    }
};

void meet(Device& a, Device& b) {
    exchange(a.replica, b.replica);
    exchange(b.replica, a.replica);
    ASSERT_EQ(a.order(), b.order());
}

}  // namespace

TEST(Playlists, AreInTheOrderGiven) {
    Device desk(1);
    desk.append({"a", "b", "c"});
    desk.place({"x"}, std::nullopt);
    desk.place({"y"}, "b");
    desk.place({"z"}, "nowhere");
    EXPECT_EQ(desk.order(), (Ids{"x", "a", "b", "y", "c", "z"}));
    desk.place({"c", "a"}, "x");
    EXPECT_EQ(desk.order(), (Ids{"x", "c", "a", "b", "y", "z"}));
    desk.removeEntry("b");
    EXPECT_EQ(desk.order(), (Ids{"x", "c", "a", "y", "z"}));
}

TEST(Playlists, RowsThatTwoAddAtOnceStayTogether) {
    Device desk(1), phone(2);
    desk.append({"a"});
    meet(desk, phone);
    for (int i = 0; i < 4; ++i) {
        desk.append({"d" + std::to_string(i)});
    }
    phone.append({"p0", "p1", "p2", "p3"});
    meet(desk, phone);
    const Ids order = desk.order();
    ASSERT_EQ(order.size(), 9u);
    EXPECT_EQ(order[0], "a");
    EXPECT_TRUE((Ids(order.begin() + 1, order.begin() + 5) == Ids{"d0", "d1", "d2", "d3"} ||
                 Ids(order.begin() + 1, order.begin() + 5) == Ids{"p0", "p1", "p2", "p3"}));
}

TEST(Playlists, WhatBothAddIsThereOnce) {
    Device desk(1), phone(2);
    desk.append({"a", "b"});
    phone.append({"b", "c"});
    meet(desk, phone);
    Ids order = desk.order();
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, (Ids{"a", "b", "c"}));
}

TEST(Playlists, OfTwoMovesTheLaterOneHolds) {
    Device desk(1), phone(2);
    desk.append({"a", "b", "c", "d"});
    meet(desk, phone);
    desk.place({"a"}, "b", kNow + 1);
    phone.place({"a"}, "d", kNow + 2);
    meet(desk, phone);
    EXPECT_EQ(desk.order(), (Ids{"b", "c", "d", "a"}));
}

TEST(Playlists, WhatOneMovedAndAnotherRemovedStays) {
    Device desk(1), phone(2);
    desk.append({"a", "b"});
    meet(desk, phone);
    desk.removeEntry("a");
    phone.place({"a"}, "b");
    meet(desk, phone);
    EXPECT_EQ(desk.order(), (Ids{"b", "a"}));
}

TEST(Playlists, ThousandsOfInsertionsInOnePlaceStayShallow) {
    Device desk(1), phone(2);
    desk.append({"first", "last"});
    meet(desk, phone);
    std::size_t deepest = 0;
    std::string after = "first";
    for (int i = 0; i < 300; ++i) {
        Device& device = i % 2 == 0 ? desk : phone;
        const std::string id = "n" + std::to_string(i);
        device.place({id}, i % 3 == 0 ? std::string("first") : after);
        after = id;
        meet(desk, phone);
    }
    for (const Entry& entry : entriesOf(desk.record())) {
        deepest = std::max(deepest, entry.position.steps.size());
    }
    EXPECT_LE(deepest, kMaxPositionDepth);
    EXPECT_EQ(desk.order().front(), "first");
    EXPECT_EQ(desk.order().back(), "last");
    EXPECT_EQ(desk.order().size(), 302u);
}

TEST(Playlists, AsALocalListForAnyEdits) {
    std::mt19937_64 random(7);
    Device desk(1);
    Ids expected;
    for (int i = 0; i < 400; ++i) {
        const std::string id = "e" + std::to_string(random() % 60);
        const std::string after = expected.empty() ? "" : expected[random() % expected.size()];
        expected.erase(std::remove(expected.begin(), expected.end(), id), expected.end());
        if (random() % 4 == 0) {
            desk.removeEntry(id);
        } else if (after.empty() || after == id || random() % 5 == 0) {
            desk.place({id}, std::nullopt);
            expected.insert(expected.begin(), id);
        } else {
            desk.place({id}, after);
            expected.insert(std::find(expected.begin(), expected.end(), after) + 1, id);
        }
        ASSERT_EQ(desk.order(), expected) << i;
    }
}

TEST(Positions, AreBetweenForAnyNeighbours) {
    std::mt19937_64 random(11);
    std::vector<Position> all{between(nullptr, nullptr, 5)};
    for (int i = 0; i < 3000; ++i) {
        const std::size_t at = random() % (all.size() + 1);
        const Position* left = at == 0 ? nullptr : &all[at - 1];
        const Position* right = at == all.size() ? nullptr : &all[at];
        const Position made = between(left, right, runTag(replicaId(static_cast<int>(random() % 3)), random() % 5));
        ASSERT_GT(made.steps.back().place, 0u);
        ASSERT_TRUE(!left || *left < made) << i;
        ASSERT_TRUE(!right || made < *right) << i;
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), made);
    }
}

TEST(Positions, ALongListThatGrowsAtItsEndsStaysFlat) {
    Position first = between(nullptr, nullptr, 1), last = first;
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t tag = runTag(replicaId(i % 2), 1);
        last = between(&last, nullptr, tag);
        first = between(nullptr, &first, tag);
        ASSERT_LE(std::max(first.steps.size(), last.steps.size()), 3u);
    }
}

TEST(Positions, EqualNeighboursGiveAPlaceAfterBoth) {
    const Position one = between(nullptr, nullptr, 1);
    EXPECT_LT(one, between(&one, &one, 2));
}

TEST(Playlists, AreArrangedWithAsFewMovesAsCanBe) {
    std::mt19937_64 random(3);
    Device desk(1);
    desk.append({"a", "b", "c", "d", "e"});
    const auto writes = arranged(desk.record(), {"e", "a", "b", "c", "d"}, desk.tag());
    ASSERT_EQ(writes.size(), 1u) << "one that goes to the front moves alone";
    EXPECT_EQ(writes[0].cell, "entry:e");
    for (int i = 0; i < 500; ++i) {
        Ids order;
        for (int n = 0; n < 12; ++n) {
            if (random() % 3 > 0) {
                order.push_back("song" + std::to_string(n));
            }
        }
        std::shuffle(order.begin(), order.end(), random);
        desk.replica.edit(kList, arranged(desk.record(), order, desk.tag()), kNow);
        ASSERT_EQ(desk.order(), order) << i;
        ASSERT_TRUE(arranged(desk.record(), order, 1).empty()) << "nothing is left to do";
    }
}
