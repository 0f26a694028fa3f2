#include "sync/merge/forgotten.h"

#include <gtest/gtest.h>

#include <random>

#include "made.h"
#include "sync/merge/playlist.h"
#include "sync/merge/wire.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

using Ids = std::vector<std::string>;

Ids orderOf(const Record& list) {
    Ids ids;
    for (const Entry& entry : entriesOf(list)) {
        ids.push_back(entry.id);
    }
    return ids;
}

// One device in two lives that differ in nothing but in what is forgotten.
struct Device {
    Record whole{kList, {}, {}, {}}, brief{kList, {}, {}, {}};
    Writer writer;

    void write(const std::vector<CellWrite>& writes, core::TimeMs now) {
        Writer same = writer;
        edit(whole, writes, same, now);
        edit(brief, writes, writer, now);
    }
    std::uint64_t tag() const { return runTag(writer.replica, writer.last); }
    void take(const Device& other) {
        merge(whole, other.whole);
        merge(brief, other.brief);
    }
};

void live(unsigned seed) {
    std::mt19937 random(seed);
    const auto upTo = [&](unsigned most) { return std::uniform_int_distribution<unsigned>(0, most)(random); };
    std::vector<Device> devices(3);
    for (int i = 0; i < 3; ++i) {
        devices[i].writer.replica = replicaId(i + 1);
    }
    for (int step = 0; step < 120; ++step) {
        Device& one = devices[upTo(2)];
        const std::string id = "t" + std::to_string(upTo(7));
        switch (upTo(5)) {
            case 0:
            case 1:
                one.write(appended(one.brief, {id}, one.tag()), kNow + step);
                break;
            case 2:
            case 3:
                if (const Ids there = orderOf(one.brief); !there.empty()) {
                    one.write(removed(one.brief, {there[upTo(static_cast<unsigned>(there.size()) - 1)]}), kNow + step);
                }
                break;
            case 4:
                one.take(devices[upTo(2)]);
                break;
            default:
                forgetRemoved(one.brief, 0);
        }
        ASSERT_EQ(orderOf(one.brief), orderOf(one.whole)) << "seed " << seed << ", step " << step;
    }
    for (int round = 0; round < 2; ++round) {
        for (Device& one : devices) {
            for (const Device& other : devices) {
                one.take(other);
            }
        }
    }
    for (const Device& one : devices) {
        ASSERT_EQ(orderOf(one.brief), orderOf(devices[0].whole)) << "seed " << seed;
    }
}

}  // namespace

TEST(Forgotten, NothingIsOtherwiseForIt) {
    for (unsigned seed = 1; seed <= 200 && !testing::Test::HasFatalFailure(); ++seed) {
        live(seed);
    }
}

TEST(Forgotten, AListThatMuchWasTakenOutOfStaysSmallAndWhole) {
    Replica desk(replicaId(1)), lap(replicaId(2));
    desk.edit(kList, {{"name", std::string("List")}}, kNow);
    for (int batch = 0; batch < 12; ++batch) {
        Ids ids;
        for (int i = 0; i < 500; ++i) {
            ids.push_back("b" + std::to_string(batch) + "-" + std::to_string(i));
        }
        desk.edit(kList, appended(*desk.find(kList), ids, batch), kNow + batch);
        if (batch == 0) {
            exchange(desk, lap);
        }
        ids.pop_back();
        desk.edit(kList, removed(*desk.find(kList), ids), kNow + batch);
    }
    EXPECT_LE(desk.find(kList)->cells.size(), kMostRemoved + 20);
    EXPECT_EQ(orderOf(*desk.find(kList)).size(), 12u);
    exchange(desk, lap);
    EXPECT_EQ(orderOf(*lap.find(kList)), orderOf(*desk.find(kList))) << "what was removed there while lap was away";
    EXPECT_TRUE(changesFromWire(wireText(desk.changesAfter({}, 10))));
}

TEST(Forgotten, WhatAnotherAddedMeanwhileStays) {
    Replica desk(replicaId(1)), lap(replicaId(2));
    desk.edit(kList, appended(Record{kList, {}, {}, {}}, {"a", "b"}, 1), kNow);
    exchange(desk, lap);
    lap.edit(kList, placed(*lap.find(kList), {"b"}, std::nullopt, 2), kNow + 1);
    lap.edit(kList, appended(*lap.find(kList), {"c"}, 2), kNow + 1);
    Record brief = *desk.find(kList);
    Writer writer = desk.writer();
    edit(brief, removed(brief, {"a", "b"}), writer, kNow + 2);
    ASSERT_TRUE(forgetRemoved(brief, 0));
    merge(brief, *lap.find(kList));
    EXPECT_EQ(orderOf(brief), (Ids{"b", "c"}));
    Record other = *lap.find(kList);
    merge(other, brief);
    EXPECT_EQ(orderOf(other), (Ids{"b", "c"}));
    EXPECT_EQ(other, brief);
}
