// Copies that were put back from a backup, and meet a paired computer first.
#include "sync/cloud/cloudprotocol.h"
#include "sync/merge/wire.h"
#include "tests/unit/sync_peer/peerfixture.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;
using core::Result;

const RecordKey kOther{"item", "other"}, kThird{"item", "third"};

Value rated(std::int64_t number) {
    return Value(number);
}

class RestoredTest : public PeerTest {
protected:
    void SetUp() override {
        PeerTest::SetUp();
        desk = std::make_unique<Desktop>(*database, "desk");
        lap = std::make_unique<Desktop>(*database, "lap");
        trust(*desk, *lap);
    }
    void rate(const std::string& owner, const RecordKey& key, std::int64_t number) {
        edit(owner, key, {{"rating", number}});
    }
    ReplicaId idOf(const std::string& owner) { return whole(owner).writer().replica; }

    // The lap's rating of the other song is lost with what came after the backup, and it rates two by the same numbers.
    void putLapBack(const std::function<void()>& exchange) {
        rate("lap", kSong, 1);
        exchange();
        keep("lap");
        rate("lap", kOther, 2);
        rate("lap", kOther, 3);
        exchange();
        before = idOf("lap");
        putBack("lap");
        rate("lap", kSong, 5);
        rate("lap", kOther, 6);
    }
    void expectNothingLost() {
        EXPECT_NE(idOf("lap"), before) << "it is another one";
        for (const char* owner : {"desk", "lap"}) {
            EXPECT_EQ(valueOf(whole(owner), kSong, "rating"), rated(5)) << owner;
            EXPECT_EQ(valueOf(whole(owner), kOther, "rating"), rated(6)) << owner;
        }
        EXPECT_EQ(*whole("desk").find(kOther), *whole("lap").find(kOther));
        ASSERT_EQ(desk->book.all()->size(), 1u);
        EXPECT_EQ(desk->book.all()->front().replica, idOf("lap")) << "in its own place";
        EXPECT_EQ(lap->book.all()->front().replica, idOf("desk"));
    }
    std::unique_ptr<Desktop> desk, lap;
    ReplicaId before{};
};

TEST_F(RestoredTest, OneThatGoesToAPairedComputerLosesNothing) {
    desk->openForPaired();
    const auto meet = [&] {
        const auto done = lap->syncWith(*desk);
        ASSERT_TRUE(done) << done.error().text;
    };
    putLapBack(meet);
    meet();
    expectNothingLost();
    const ReplicaId after = idOf("lap");
    rate("lap", kSong, 7);
    meet();
    EXPECT_EQ(idOf("lap"), after) << "once";
    EXPECT_EQ(valueOf(whole("desk"), kSong, "rating"), rated(7));
}

TEST_F(RestoredTest, NorDoesOneThatAPairedComputerComesTo) {
    lap->openForPaired();
    const auto meet = [&] {
        const auto done = desk->syncWith(*lap);
        ASSERT_TRUE(done) << done.error().text;
    };
    putLapBack(meet);
    meet();
    expectNothingLost();
    rate("desk", kSong, 7);
    meet();
    EXPECT_EQ(valueOf(whole("lap"), kSong, "rating"), rated(7));
}

TEST_F(RestoredTest, NorOneThatWroteMoreSinceThanWasLost) {
    desk->openForPaired();
    rate("lap", kSong, 1);
    ASSERT_TRUE(lap->syncWith(*desk));
    keep("lap");
    rate("lap", kOther, 2);
    ASSERT_TRUE(lap->syncWith(*desk));
    before = idOf("lap");
    putBack("lap");
    for (const RecordKey& key : {kThird, kSong, kOther}) {
        for (std::int64_t number : {4, 5, 6}) {
            rate("lap", key, number);
        }
    }
    ASSERT_TRUE(lap->syncWith(*desk));
    EXPECT_NE(idOf("lap"), before);
    for (const RecordKey& key : {kThird, kSong, kOther}) {
        EXPECT_EQ(valueOf(whole("desk"), key, "rating"), rated(6)) << key.id;
        EXPECT_EQ(*whole("desk").find(key), *whole("lap").find(key)) << key.id;
    }
}

// The desk never met it since: it has what was lost from a third.
TEST_F(RestoredTest, WhatOthersHaveFromElsewhereShowsItToo) {
    for (const bool lapAsks : {true, false}) {
        rate("lap", kSong, 1);
        keep("lap");
        rate("lap", kOther, 2);
        rate("lap", kOther, 3);
        const Changes lost = whole("lap").changesAfter({}, 100);
        with("desk", [&](StoredReplica& replica) -> Result<void> {
            const auto taken = replica.receive(lost, core::SystemClock().now());
            return taken ? Result<void>() : core::unexpected<core::Error>(taken.error());
        });
        before = idOf("lap");
        putBack("lap");
        run("UPDATE sync_replicas SET renewed_at = 0");  // days ago
        rate("lap", kOther, 6);
        Desktop& host = lapAsks ? *desk : *lap;
        host.openForPaired();
        const auto done = lapAsks ? lap->syncWith(*desk) : desk->syncWith(*lap);
        host.close();
        ASSERT_TRUE(done) << done.error().text;
        EXPECT_NE(idOf("lap"), before);
        EXPECT_EQ(valueOf(whole("desk"), kOther, "rating"), rated(6)) << lapAsks;
        EXPECT_EQ(*whole("desk").find(kOther), *whole("lap").find(kOther));
    }
}

// It changed nothing of its own, and has less of the other than it had.
TEST_F(RestoredTest, WhatItHadBeenGivenComesAgain) {
    lap->openForPaired();
    rate("desk", kSong, 1);
    ASSERT_TRUE(desk->syncWith(*lap));
    keep("lap");
    rate("desk", kOther, 2);
    ASSERT_TRUE(desk->syncWith(*lap));
    putBack("lap");
    ASSERT_EQ(whole("lap").find(kOther), nullptr);
    ASSERT_TRUE(desk->syncWith(*lap));
    EXPECT_EQ(valueOf(whole("lap"), kOther, "rating"), rated(2));
}

TEST_F(RestoredTest, WhoSaysSoAgainAndAgainIsNotFollowed) {
    const auto clock = std::make_shared<core::SystemClock>();
    rate("lap", kSong, 1);
    PeerResponder responder(*database, "lap", clock);
    const auto claim = [&] {
        const SyncLink link = lap->book.all()->front();
        Registration liar{desk->identity().replica};
        liar.knows = idOf("lap");
        liar.taken = 1'000'000;
        return responder.answer(link, "POST", "/api/v1/sync/devices", registration(liar, "desk")).status;
    };
    before = idOf("lap");
    EXPECT_EQ(claim(), 200);
    const ReplicaId after = idOf("lap");
    EXPECT_NE(after, before);
    EXPECT_EQ(claim(), 422);
    EXPECT_EQ(idOf("lap"), after);
}

TEST_F(RestoredTest, WhatIsMadeUpOfItsOwnChangesBlocksNothing) {
    const ReplicaId liar = desk->identity().replica;
    PeerResponder responder(*database, "lap", std::make_shared<core::SystemClock>());
    const auto claim = [&](std::uint64_t number) {
        VersionVector seen;
        seen.raise({liar, 1});
        seen.raise({idOf("lap"), number});
        const Stamp stamp{core::SystemClock().now(), 0};
        Record record{kSong, Register(seen, {{{liar, 1}, stamp, true}}), {}, {}};
        record.cells.emplace("rating", Register(seen, {{{liar, 1}, stamp, rated(1)}}));
        Changes changes;
        changes.sender = liar;
        changes.records.push_back(std::move(record));
        return responder.answer(lap->book.all()->front(), "POST", "/api/v1/sync/changes", wireText(changes)).status;
    };
    before = idOf("lap");
    EXPECT_EQ(claim(std::uint64_t{1} << 40), 200);
    EXPECT_EQ(idOf("lap"), before) << "that shows no backup: nobody makes so many changes";
    EXPECT_EQ(claim(1000), 200);
    const ReplicaId after = idOf("lap");
    EXPECT_NE(after, before) << "as another one it changes what it likes";
    rate("lap", kSong, 5);
    EXPECT_EQ(valueOf(whole("lap"), kSong, "rating"), rated(5));
    EXPECT_LT(whole("lap").writer().last, 10u);
    for (const std::uint64_t number : {std::uint64_t{1000}, std::uint64_t{1} << 40, std::uint64_t{1} << 50}) {
        EXPECT_EQ(claim(number), 200);
        EXPECT_EQ(idOf("lap"), after) << "and not again and again";
        rate("lap", kSong, 6);
        EXPECT_EQ(valueOf(whole("lap"), kSong, "rating"), rated(6));
        EXPECT_LT(whole("lap").writer().last, 2000u);
    }
}

TEST_F(RestoredTest, AnIdIsFollowedOnlyWhereItIsFreeAndTheOldOneIsTold) {
    Desktop third(*database, "third");
    trust(*lap, third);
    PeerResponder responder(*database, "lap", std::make_shared<core::SystemClock>());
    const auto says = [&](const ReplicaId& id, const std::vector<ReplicaId>& former) {
        const auto link = lap->book.withCertificate(desk->keys.hash);
        return responder.answer(**link, "POST", "/api/v1/sync/devices", registration({id, 0, former}, "desk")).status;
    };
    const ReplicaId old = desk->identity().replica;
    EXPECT_EQ(says(replicaId(9), {}), 409) << "an older one tells nothing, and is paired anew";
    EXPECT_EQ(says(replicaId(9), {replicaId(8)}), 409);
    EXPECT_EQ(says(third.identity().replica, {old}), 409) << "somebody else's";
    EXPECT_EQ(says(idOf("lap"), {old}), 409) << "our own";
    EXPECT_EQ(says(replicaId(9), {replicaId(8), old}), 200);
    EXPECT_EQ((*lap->book.withCertificate(desk->keys.hash))->replica, replicaId(9));
    EXPECT_EQ(lap->book.all()->size(), 2u);
}

TEST_F(RestoredTest, NobodyIsFollowedWhoIsUnpairedMeanwhile) {
    const SyncLink link = lap->book.all()->front();
    ASSERT_TRUE(lap->book.unpair(link.replica));
    PeerResponder responder(*database, "lap", std::make_shared<core::SystemClock>());
    const Registration is{replicaId(9), 0, {link.replica}};
    EXPECT_EQ(responder.answer(link, "POST", "/api/v1/sync/devices", registration(is, "desk")).status, 409);
    EXPECT_TRUE(lap->book.all()->empty());
}

TEST_F(RestoredTest, OnePairedAnewHasItsOwnPlaceAgain) {
    desk->openForPaired();
    ASSERT_TRUE(lap->syncWith(*desk));
    with("lap", [](StoredReplica& replica) { return replica.renew(0, core::SystemClock().now()); });
    run("UPDATE sync_replicas SET former = ''");
    EXPECT_EQ(lap->syncWith(*desk).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(desk->book.pair(lap->identity(), ""));
    ASSERT_EQ(desk->book.all()->size(), 1u);
    EXPECT_EQ(desk->book.all()->front().replica, lap->identity().replica);
    rate("lap", kSong, 5);
    const auto done = lap->syncWith(*desk);
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(valueOf(whole("desk"), kSong, "rating"), rated(5));
}

// Who answers says to be another paired one, that may see more.
TEST_F(RestoredTest, AnAnswerInAnothersNameIsRefused) {
    Desktop trusted(*database, "trusted");
    trust(*desk, trusted);
    ASSERT_TRUE(desk->book.pair(lap->identity(), "ratings"));
    edit("desk", kList, {{"name", std::string("Secret")}});
    std::string heard;
    lap->open(kAnybody, [&](PeerChannel& channel) {
        for (auto message = channel.receive(); message; message = channel.receive()) {
            heard += *message;
            const bool isHello = message->find("/sync/devices") != std::string::npos;
            const std::string said = isHello ? deviceAnswer({trusted.identity().replica, 0, {}}) : takenAnswer({});
            static_cast<void>(channel.send("200\n" + said));
        }
    });
    EXPECT_FALSE(desk->syncWith(*lap));
    lap->close();
    EXPECT_EQ(heard.find("Secret"), std::string::npos);
}

}  // namespace
}  // namespace marea::sync::test
