#include <gtest/gtest.h>

#include "made.h"
#include "sync/merge/inbox.h"
#include "sync/merge/strategy.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

struct Two : ::testing::Test {
    Replica desk{replicaId(1)}, phone{replicaId(2)};

    void bothKnow(const std::vector<CellWrite>& writes, const RecordKey& key = kSong) {
        desk.edit(key, writes, kNow);
        exchange(desk, phone);
    }
    void meet() {
        exchange(desk, phone);
        exchange(phone, desk);
        exchange(desk, phone);
        ASSERT_EQ(*desk.find(kSong), *phone.find(kSong));
    }
    const Register& cell(const char* name, const RecordKey& key = kSong) { return desk.find(key)->cells.at(name); }
};

std::string nameOf(const ReplicaId& id) {
    return id == replicaId(1) ? "Desk" : "Phone";
}

}  // namespace

TEST_F(Two, WhatCameLaterWinsWhateverTheClocksSay) {
    bothKnow({{"rating", std::int64_t{2}}});
    phone.edit(kSong, {{"rating", std::int64_t{5}}}, kNow - 3 * kDay);  // knows of the 2, with a clock that is behind
    meet();
    EXPECT_FALSE(cell("rating").isContested());
    EXPECT_EQ(valueOf(desk, kSong, "rating"), Value(std::int64_t{5}));
}

TEST_F(Two, ChangesOfDifferentFieldsBothStand) {
    bothKnow({{"rating", std::int64_t{2}}, {"note", std::string("old")}});
    desk.edit(kSong, {{"rating", std::int64_t{4}}}, kNow + 1);
    phone.edit(kSong, {{"note", std::string("new")}}, kNow + 2);
    meet();
    EXPECT_EQ(valueOf(desk, kSong, "rating"), Value(std::int64_t{4}));
    EXPECT_EQ(valueOf(desk, kSong, "note"), Value(std::string("new")));
    EXPECT_TRUE(conflictsOf(*desk.find(kSong), Strategy::AskMe).empty());
}

TEST_F(Two, TheSameAnswerTwiceIsNoConflict) {
    desk.edit(kSong, {{"rating", std::int64_t{3}}}, kNow);
    phone.edit(kSong, {{"rating", std::int64_t{3}}}, kNow + 5);
    meet();
    EXPECT_TRUE(conflictsOf(*desk.find(kSong), Strategy::AskMe).empty());
    EXPECT_TRUE(settle("rating", cell("rating"), Strategy::AskMe).others.empty());
}

TEST_F(Two, AWriteThatDidNotKnowTheOtherStandsBesideIt) {
    bothKnow({{"rating", std::int64_t{1}}});
    desk.edit(kSong, {{"rating", std::int64_t{4}}}, kNow + 1);
    phone.edit(kSong, {{"rating", std::int64_t{5}}}, kNow + 2);
    meet();
    const Settled last = settle("rating", cell("rating"), Strategy::LastWriteWins);
    EXPECT_EQ(last.value, Value(std::int64_t{5}));
    ASSERT_EQ(last.others.size(), 1u);  // for the history
    EXPECT_EQ(last.others[0].value, Value(std::int64_t{4}));
    EXPECT_FALSE(last.asks);
    EXPECT_TRUE(settle("rating", cell("rating"), Strategy::AskMe).asks);
}

TEST_F(Two, TheInboxTellsBothValuesAndTheAnswerHolds) {
    desk.edit(kSong, {{"rating", std::int64_t{4}}}, kNow);
    phone.edit(kSong, {{"rating", std::int64_t{5}}}, kNow + 60'000);
    meet();
    Record record = *desk.find(kSong);
    const auto conflicts = conflictsOf(record, Strategy::AskMe);
    ASSERT_EQ(conflicts.size(), 1u);
    ASSERT_EQ(conflicts[0].sides.size(), 2u);
    EXPECT_EQ(conflicts[0].sides[0].value, Value(std::int64_t{5}));
    EXPECT_EQ(conflicts[0].sides[0].replica, replicaId(2));
    EXPECT_EQ(conflicts[0].sides[0].at, kNow + 60'000);
    Writer writer = desk.writer();
    EXPECT_EQ(choose(record, Strategy::AskMe, conflicts[0].id, 7, writer, kNow).error().code, core::ErrorCode::Invalid);
    const auto gone = choose(record, Strategy::AskMe, conflicts[0].id, 1, writer, kNow);
    ASSERT_TRUE(gone.has_value());
    EXPECT_EQ(gone->size(), 2u);  // both are in the history
    EXPECT_EQ(record.cells.at("rating").latest()->value, Value(std::int64_t{4}));
    EXPECT_TRUE(conflictsOf(record, Strategy::AskMe).empty());
    EXPECT_EQ(choose(record, Strategy::AskMe, conflicts[0].id, 1, writer, kNow).error().code,
              core::ErrorCode::Conflict);
}

TEST_F(Two, PlaysOnBothAddUp) {
    bothKnow({});
    desk.count(kSong, "plays", 3, kNow);
    phone.count(kSong, "plays", 2, kNow);
    meet();
    meet();
    EXPECT_EQ(desk.find(kSong)->counters.at("plays").total(), 5);
    phone.count(kSong, "plays", -1, kNow);  // undone
    meet();
    EXPECT_EQ(desk.find(kSong)->counters.at("plays").total(), 4);
}

TEST_F(Two, ADeletionThatKnewTheChangeHolds) {
    bothKnow({{"name", std::string("Summer")}}, kList);
    phone.remove(kList, kNow);
    exchange(phone, desk);
    for (const Strategy strategy :
         {Strategy::LastWriteWins, Strategy::AskMe, Strategy::MergeMetadata, Strategy::KeepBoth}) {
        EXPECT_FALSE(lifeOf(*desk.find(kList), strategy).isThere);
    }
}

TEST_F(Two, ADeletionAndAChangeThatDidNotKnowOfEachOther) {
    bothKnow({{"name", std::string("Summer")}}, kList);
    desk.edit(kList, {{"name", std::string("Summer 2026")}}, kNow + 1);
    phone.remove(kList, kNow + 2);
    exchange(phone, desk);
    const Record& record = *desk.find(kList);
    EXPECT_FALSE(lifeOf(record, Strategy::LastWriteWins).isThere);
    EXPECT_TRUE(lifeOf(record, Strategy::MergeMetadata).isThere);
    EXPECT_TRUE(lifeOf(record, Strategy::KeepBoth).isThere);
    EXPECT_TRUE(lifeOf(record, Strategy::AskMe).isThere);
    const auto conflicts = conflictsOf(record, Strategy::AskMe);
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].cell, kLifeCell);
    Record answered = record;
    Writer writer = desk.writer();
    ASSERT_TRUE(choose(answered, Strategy::AskMe, conflicts[0].id, 0, writer, kNow + 3));  // the latest: deleted
    EXPECT_FALSE(lifeOf(answered, Strategy::AskMe).isThere);
    EXPECT_EQ(answered.cells.at("name").latest()->value, Value(std::string("Summer 2026")));  // comes back if wanted
}

TEST_F(Two, TagsOfBothAreThereAndAddingWinsOverRemoving) {
    bothKnow({{"tag:live", true}});
    desk.edit(kSong, {{"tag:live", false}}, kNow + 2);
    phone.edit(kSong, {{"tag:live", true}, {"tag:jazz", true}}, kNow + 1);
    meet();
    EXPECT_EQ(settle("tag:live", cell("tag:live"), Strategy::AskMe).value, Value(true));
    EXPECT_EQ(settle("tag:jazz", cell("tag:jazz"), Strategy::AskMe).value, Value(true));
    EXPECT_TRUE(conflictsOf(*desk.find(kSong), Strategy::AskMe).empty());
}

TEST_F(Two, MergingMetadataTakesWhatIsFilled) {
    desk.edit(kSong, {{"comment", std::string("Encore")}}, kNow);
    phone.edit(kSong, {{"comment", std::string()}}, kNow + 9);
    meet();
    EXPECT_EQ(settle("comment", cell("comment"), Strategy::MergeMetadata).value, Value(std::string("Encore")));
    EXPECT_EQ(settle("comment", cell("comment"), Strategy::LastWriteWins).value, Value(std::string()));
}

TEST_F(Two, KeepBothMakesASecondListThatAllNameAlike) {
    bothKnow({{"name", std::string("Mix")}}, kList);
    desk.edit(kList, {{"name", std::string("Run")}}, kNow + 1);
    phone.edit(kList, {{"name", std::string("Walk")}}, kNow + 2);
    exchange(phone, desk);
    exchange(desk, phone);
    const auto copies = copiesOf(*desk.find(kList), Strategy::KeepBoth, nameOf);
    ASSERT_EQ(copies.size(), 1u);
    EXPECT_EQ(copies[0].name, "Run (Desk)");
    EXPECT_EQ(copies[0].key, copiesOf(*phone.find(kList), Strategy::KeepBoth, nameOf)[0].key);
    EXPECT_TRUE(copiesOf(*desk.find(kList), Strategy::LastWriteWins, nameOf).empty());
}

TEST_F(Two, WhatAMergeReplacesIsTold) {
    bothKnow({{"rating", std::int64_t{2}}});
    phone.edit(kSong, {{"rating", std::int64_t{5}}}, kNow);
    const auto gone = desk.receive(phone.changesAfter({}, 10), kNow);
    ASSERT_TRUE(gone.has_value());
    ASSERT_EQ(gone->size(), 1u);
    EXPECT_EQ((*gone)[0].cell, "rating");
    EXPECT_EQ((*gone)[0].version.value, Value(std::int64_t{2}));
}

TEST_F(Two, APartOfARecordHidesNothingOfTheRest) {
    bothKnow({{"rating", std::int64_t{1}}, {"note", std::string("a")}});
    phone.edit(kSong, {{"note", std::string("b")}, {"rating", std::int64_t{2}}}, kNow);
    const auto ratings = [](const Record& record) {
        return std::optional(part(record, [](std::string_view cell) { return cell == "rating"; }));
    };
    ASSERT_TRUE(desk.receive(phone.changesAfter({}, 10, ratings), kNow));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), Value(std::int64_t{2}));
    EXPECT_EQ(valueOf(desk, kSong, "note"), Value(std::string("a")));
    meet();
    EXPECT_EQ(valueOf(desk, kSong, "note"), Value(std::string("b")));
}

TEST_F(Two, ABackupPutBackUnderTheSameIdStillConverges) {
    Replica restored = desk;
    desk.edit(kSong, {{"rating", std::int64_t{1}}}, kNow);
    exchange(desk, phone);
    restored.edit(kSong, {{"rating", std::int64_t{5}}}, kNow);  // the same dot for another value
    exchange(restored, phone);
    exchange(phone, restored);
    exchange(phone, desk);
    EXPECT_EQ(*phone.find(kSong), *restored.find(kSong));
    EXPECT_EQ(*phone.find(kSong), *desk.find(kSong));
}

TEST_F(Two, WhatIsChangedAfterABackupWasPutBackIsNotTakenForKnown) {
    const Replica backup = desk;
    for (const std::int64_t rating : {1, 2, 3}) {
        desk.edit(kSong, {{"rating", rating}}, kNow);
    }
    exchange(desk, phone);
    desk = backup;
    exchange(phone, desk);
    EXPECT_EQ(valueOf(desk, kSong, "rating"), Value(std::int64_t{3}));
    desk.edit(kSong, {{"rating", std::int64_t{5}}}, kNow);
    meet();
    EXPECT_EQ(valueOf(phone, kSong, "rating"), Value(std::int64_t{5}));
}

TEST_F(Two, ADeviceThatClaimsChangesThatWereNeverMadeHidesNone) {
    VersionVector lie;
    lie.raise({replicaId(1), 1000});
    lie.raise({replicaId(2), 1});
    Changes changes = phone.changesAfter({}, 10);
    changes.records = {
        {kSong, Register(lie, {{{replicaId(2), 1}, {kNow, 0}, true}}), {{"rating", Register(lie, {})}}, {}}};
    ASSERT_TRUE(desk.receive(changes, kNow));
    ASSERT_TRUE(phone.receive(changes, kNow));
    desk.edit(kSong, {{"rating", std::int64_t{5}}}, kNow);
    meet();
    EXPECT_EQ(valueOf(phone, kSong, "rating"), Value(std::int64_t{5}));
    lie.raise({replicaId(1), std::uint64_t{1} << 52});
    changes.records.front().cells["rating"] = Register(lie, {});
    ASSERT_TRUE(desk.receive(changes, kNow));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), Value(std::int64_t{5})) << "what cannot be true counts for nothing";
    EXPECT_LT(desk.writer().last, 2000u);
}

TEST(Replicas, ADeviceAwayForLongerThanTombstonesLastResyncs) {
    Replica home(replicaId(1)), phone(replicaId(2));
    home.edit(kList, {{"name", std::string("Old")}}, kNow);
    home.edit(kSong, {{"rating", std::int64_t{3}}}, kNow);
    const Changes first = home.changesAfter({}, 10);
    ASSERT_TRUE(phone.receive(first, kNow));
    const std::uint64_t taken = phone.lastPlace();  // by then home had all of the phone's, too
    home.remove(kList, kNow + kDay);
    EXPECT_EQ(home.purge(kNow + kDay), 0u);
    EXPECT_EQ(home.purge(kNow + 200 * kDay), 1u);
    phone.edit({"playlist", "mine"}, {{"name", std::string("Mine")}}, kNow + 2 * kDay);

    Since since{first.upTo, first.horizon};
    Changes page = home.changesAfter(since, 1);
    EXPECT_TRUE(page.resync);
    EXPECT_EQ(page.after, 0u);
    std::set<RecordKey> there;
    while (true) {
        ASSERT_TRUE(phone.receive(page, kNow + 201 * kDay));
        for (const Record& record : page.records) {
            there.insert(record.key);
        }
        if (!page.more) {
            break;
        }
        page = home.changesAfter({page.upTo, page.horizon}, 1);
        ASSERT_FALSE(page.resync) << "a list of everything that was begun goes on";
    }
    const auto lost = phone.lostMeanwhile(there, taken);
    EXPECT_EQ(lost, std::vector<RecordKey>{kList});
    EXPECT_EQ(phone.drop(lost).size(), 1u);  // its name, for the history
    EXPECT_NE(phone.find({"playlist", "mine"}), nullptr) << "what was made while away stays";
}

TEST(Replicas, WhoKnowsTheTombstonesNeedsNoResync) {
    Replica home(replicaId(1));
    home.edit(kList, {}, kNow);
    home.remove(kList, kNow);
    const Changes first = home.changesAfter({}, 10);
    home.purge(kNow + kDay);
    EXPECT_FALSE(home.changesAfter({first.upTo, first.horizon}, 10).resync);
    EXPECT_FALSE(home.changesAfter({}, 10).resync);
}

TEST(Replicas, PagesGoOnWhereTheyEnded) {
    Replica home(replicaId(1));
    for (int i = 0; i < 25; ++i) {
        home.edit({"item", std::to_string(i)}, {{"rating", std::int64_t{i}}}, kNow);
    }
    std::set<RecordKey> got;
    Changes page;
    do {
        page = home.changesAfter({page.upTo, page.horizon}, 10);
        for (const Record& record : page.records) {
            EXPECT_TRUE(got.insert(record.key).second);
        }
    } while (page.more);
    EXPECT_EQ(got.size(), 25u);
    EXPECT_TRUE(home.changesAfter({page.upTo, page.horizon}, 10).records.empty());
}

TEST(Replicas, AClockFarAheadIsRefusedWithWords) {
    Replica home(replicaId(1)), phone(replicaId(2));
    phone.edit(kSong, {{"rating", std::int64_t{1}}}, kNow + 20 * kDay);
    const auto done = home.receive(phone.changesAfter({}, 10), kNow);
    ASSERT_FALSE(done.has_value());
    EXPECT_NE(done.error().text.find("clock"), std::string::npos);
    EXPECT_EQ(home.find(kSong), nullptr);
}

TEST(HybridClock, NeverGoesBackAndFollowsOthers) {
    HybridClock clock;
    const Stamp first = clock.next(1000);
    const Stamp second = clock.next(900);
    EXPECT_LT(first, second);
    clock.observe({5000, 7}, 1000);
    EXPECT_LT((Stamp{5000, 7}), clock.next(1001));
    clock.observe({1000 + 100 * kDay, 0}, 1002);
    EXPECT_LE(clock.next(1003).ms, 1002 + kMaxAheadMs);
    HybridClock full(Stamp{10, 0xFFFF});
    EXPECT_EQ(full.next(10), (Stamp{11, 0}));
}

TEST(Counters, StayWithinBounds) {
    Counter counter;
    counter.add(replicaId(1), -5);
    EXPECT_EQ(counter.total(), 0);
    counter.add(replicaId(1), std::int64_t{1} << 60);
    counter.add(replicaId(1), std::int64_t{1} << 60);
    EXPECT_EQ(counter.total(), (std::int64_t{1} << 40) - 5);
    counter.add(replicaId(2), std::numeric_limits<std::int64_t>::min());
    EXPECT_GE(counter.total(), 0);
}

TEST(Strategies, HaveNamesBothWays) {
    for (const Strategy strategy :
         {Strategy::LastWriteWins, Strategy::AskMe, Strategy::MergeMetadata, Strategy::KeepBoth}) {
        EXPECT_EQ(strategyByName(name(strategy)), strategy);
    }
    EXPECT_FALSE(strategyByName("coin_toss"));
    EXPECT_EQ(Policy{}.of("playlist"), Strategy::LastWriteWins);
}
