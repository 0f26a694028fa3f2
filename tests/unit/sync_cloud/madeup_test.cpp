// A paired computer, or a device of the account, that makes up changes of others.
#include "cloudfixture.h"
#include "sync/merge/strategy.h"
#include "sync/merge/wire.h"

namespace marea::sync::test {
namespace {

constexpr std::uint64_t kBelowWhatIsRefused = 999'000'000;

class LiarTest : public server::SyncTest {
protected:
    void SetUp() override {
        SyncTest::SetUp();
        service_ = std::make_unique<server::SyncService>(*database, clock);
        desk = computer("desk");
        lap = computer("lap");
    }
    struct Copy {
        std::unique_ptr<DirectLink> link;
        std::unique_ptr<CloudSync> cloud;
    };
    Copy computer(const std::string& owner, core::TimeMs skew = 0) {
        Copy made{std::make_unique<DirectLink>(*service_, "ana"), nullptr};
        made.cloud = std::make_unique<CloudSync>(*database, *made.link, std::make_shared<SkewedClock>(clock, skew),
                                                 CloudSync::Options{owner, owner});
        return made;
    }
    static void syncs(Copy& one) {
        const auto done = one.cloud->run();
        ASSERT_TRUE(done) << done.error().text << " " << done.error().detail;
    }
    ReplicaId serverId() { return core::idBytes(service_->devices("ana")->server).value(); }
    ReplicaId idOf(const std::string& owner) { return whole(owner).writer().replica; }

    // It knew of `number` changes of `whose`, and rates 1.
    Changes lieOf(const RecordKey& key, const ReplicaId& whose, std::uint64_t number, core::TimeMs ahead = -kDay) {
        const Dot dot{liar, ++written};
        VersionVector seen;
        seen.raise(dot);
        seen.raise({whose, number});
        const Stamp stamp{clock->now() + ahead, 0};
        Changes changes;
        changes.sender = liar;
        changes.records.push_back({key,
                                   Register(seen, {{dot, stamp, true}}),
                                   {{"rating", Register(seen, {{dot, stamp, Value(std::int64_t{1})}})}},
                                   {}});
        return changes;
    }
    void lies(const std::string& owner, const Changes& changes, core::TimeMs skew = 0) {
        with(owner, [&](StoredReplica& replica) -> core::Result<void> {
            const auto taken = replica.receive(changes, clock->now() + skew);
            return taken ? core::Result<void>() : core::unexpected<core::Error>(taken.error());
        });
    }
    Value shown(Copy& at, const RecordKey& key) {
        const auto record = at.cloud->find(key).value();
        return record ? settle("rating", record->cells.at("rating"), Strategy::LastWriteWins).value : Value();
    }

    const ReplicaId liar = replicaId(77);
    std::uint64_t written = 0;
    std::unique_ptr<server::SyncService> service_;
    Copy desk, lap;
};

TEST_F(LiarTest, OfTheServerKeepsNobodyFromIt) {
    int next = 0;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(WireLimits::number), kBelowWhatIsRefused, std::uint64_t{1} << 40}) {
        const RecordKey key = item(++next);
        syncs(desk);
        rate("ana", key.id, 5);  // which the desk has not heard of
        lies("desk", lieOf(key, serverId(), number));
        syncs(desk);
        EXPECT_EQ(state("ana", key.id).rating, 5) << "nothing acknowledged is replaced by it: " << number;
        EXPECT_EQ(shown(desk, key), Value(std::int64_t{5}));
        rate("ana", key.id, 9);
        syncs(desk);
        EXPECT_EQ(shown(desk, key), Value(std::int64_t{9}));
        ASSERT_TRUE(desk.cloud->edit(key, {{"rating", std::int64_t{3}}}));
        syncs(desk);
        syncs(lap);
        EXPECT_EQ(state("ana", key.id).rating, 3);
        EXPECT_EQ(shown(lap, key), Value(std::int64_t{3}));
    }
}

// Through a computer that was lied to, or told to the server itself.
TEST_F(LiarTest, OfAnotherComputerKeepsItFromNobody) {
    int next = 0;
    syncs(lap);
    syncs(desk);
    server::DeviceWish wish;
    wish.replica = liar;
    wish.name = "Liar";
    ASSERT_TRUE(service_->add(actor("ana"), wish));
    const ReplicaId before = idOf("lap");
    for (const bool toTheServer : {false, true, false, true}) {
        const RecordKey key = item(++next);
        ASSERT_TRUE(lap.cloud->edit(key, {{"rating", std::int64_t{8}}}));
        const Changes lie = lieOf(key, before, std::uint64_t{1} << 40);
        if (toTheServer) {
            ASSERT_TRUE(service_->take(actor("ana"), lie));
        } else {
            lies("desk", lie);
        }
        syncs(desk);
        syncs(lap);
        syncs(desk);
        EXPECT_EQ(shown(lap, key), Value(std::int64_t{8})) << toTheServer;
        EXPECT_EQ(shown(desk, key), Value(std::int64_t{8})) << toTheServer;
        EXPECT_EQ(state("ana", key.id).rating, 8);
    }
    EXPECT_EQ(idOf("lap"), before) << "nor does it have to become another one";
}

TEST_F(LiarTest, OfItsOwnChangesKeepsAComputerFromNobody) {
    syncs(desk);
    const ReplicaId before = idOf("desk");
    for (int i = 1; i < 4; ++i) {
        lies("desk", lieOf(item(i), before, std::uint64_t{1} << 50));
        ASSERT_TRUE(desk.cloud->edit(item(i), {{"rating", std::int64_t{8}}}));
        syncs(desk);
        EXPECT_EQ(state("ana", mediaId(i)).rating, 8);
    }
    EXPECT_EQ(idOf("desk"), before);
}

// At the limit by the clock of the one that is lied to, and so beyond it by the others'.
TEST_F(LiarTest, OfTheTimeKeepsNobodyFromTheServer) {
    constexpr core::TimeMs kHour = 3'600'000;
    desk = computer("desk", kHour);
    lap = computer("lap", -kHour);
    syncs(desk);
    lies("desk", lieOf(item(1), liar, 1, kHour + kMaxAheadMs), kHour);
    ASSERT_TRUE(desk.cloud->edit(item(2), {{"rating", std::int64_t{8}}})) << "whose clock follows";
    syncs(desk);
    syncs(lap);
    EXPECT_EQ(state("ana", mediaId(2)).rating, 8);
    EXPECT_EQ(shown(lap, item(1)), Value(std::int64_t{1}));
    EXPECT_EQ(shown(lap, item(2)), Value(std::int64_t{8}));
}

}  // namespace
}  // namespace marea::sync::test
