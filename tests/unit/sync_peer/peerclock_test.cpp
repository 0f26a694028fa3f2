// Paired devices and time: a clock that was wrong, one that does not come for long.
#include "sync/cloud/cloudprotocol.h"
#include "sync/cloud/cloudsync.h"
#include "sync/peer/pairingmessage.h"
#include "sync/peer/peerlink.h"
#include "tests/unit/sync_records/recordsfixture.h"

namespace marea::sync::test {
namespace {

struct SetClock final : core::Clock {
    core::TimeMs time = kNow;
    core::TimeMs now() const override { return time; }
};

using PeerClockTest = RecordsTest;

TEST_F(PeerClockTest, WhatWasWrittenFarAheadIsGivenWithTheRightTime) {
    const auto clock = std::make_shared<SetClock>();
    PeerBook book(*database, "desk", clock);
    ASSERT_TRUE(book.pair({Digest{1}, replicaId(7), "Lap"}, ""));
    const auto links = book.all();
    ASSERT_TRUE(links);
    ASSERT_EQ(links->size(), 1u);
    with("desk", [](StoredReplica& replica) {
        return replica.edit(kSong, {{"rating", std::int64_t{4}}}, kNow + 20 * kDay);
    });
    PeerResponder desk(*database, "desk", clock);
    const auto page = changesFrom(desk.answer((*links)[0], "GET", changesTarget({}, 10, replicaId(7)), ""));
    ASSERT_TRUE(page) << page.error().text;
    ASSERT_EQ(page->records.size(), 1u);
    EXPECT_EQ(newestStamp(page->records[0]).ms, kNow);
    Replica lap(replicaId(7));
    EXPECT_TRUE(lap.receive(*page, kNow));
    EXPECT_EQ(valueOf(lap, kSong, "rating"), Value(std::int64_t{4}));
}

// Answered by the other's copy, without a network.
class BesideLink final : public CloudLink {
public:
    BesideLink(core::db::Database& database, const std::string& owner, std::shared_ptr<const core::Clock> clock,
               const Digest& from)
        : book_(database, owner, clock), responder_(database, owner, clock), from_(from) {}
    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override {
        const auto link = book_.withCertificate(from_);
        return responder_.answer(link.value().value(), method, target, body);
    }

private:
    PeerBook book_;
    PeerResponder responder_;
    const Digest from_;
};

class AwayTest : public RecordsTest {
protected:
    void SetUp() override {
        RecordsTest::SetUp();
        for (const char* other : {"lap", "away"}) {
            pair("desk", other);
            pair(other, "desk");
        }
    }
    static Digest certificate(const std::string& owner) { return Digest{static_cast<std::uint8_t>(owner[0])}; }
    void pair(const std::string& owner, const std::string& other) {
        const ReplicaId id = PeerBook(*database, other, clock).ownReplica().value();
        ASSERT_TRUE(PeerBook(*database, owner, clock).pair({certificate(other), id, other}, ""));
    }
    void goes(const std::string& from, const std::string& to) {
        BesideLink link(*database, to, clock, certificate(from));
        CloudSync::Options options{from};
        options.peer = digestText(certificate(to));
        const auto done = CloudSync(*database, link, clock, std::move(options)).run();
        ASSERT_TRUE(done) << done.error().text;
    }
    void rate(const std::string& owner, const RecordKey& key, std::int64_t number) {
        with(owner, [&](StoredReplica& at) { return at.edit(key, {{"rating", number}}, clock->time); });
    }
    bool has(const std::string& owner, const RecordKey& key) { return whole(owner).find(key) != nullptr; }

    const RecordKey gone{"item", "gone"}, mine{"item", "mine"}, since{"item", "since"};
    const std::shared_ptr<SetClock> clock = std::make_shared<SetClock>();
};

TEST_F(AwayTest, DeletionsAreNotKeptForOneThatNeverReturns) {
    rate("desk", gone, 1);
    for (int i = 0; i < 3; ++i) {
        goes("away", "desk");
        goes("lap", "desk");
    }
    with("desk", [&](StoredReplica& at) { return at.remove(gone, clock->time); });
    rate("away", mine, 2);
    for (int i = 0; i < 3; ++i) {
        clock->time += 61 * kDay;
        goes("desk", "lap");
    }
    EXPECT_FALSE(has("desk", gone)) << "also the tombstone";

    rate("desk", since, 3);
    goes("away", "desk");
    goes("away", "desk");
    EXPECT_EQ(valueOf(whole("away"), since, "rating"), Value(std::int64_t{3})) << "it took everything again";
    EXPECT_EQ(valueOf(whole("desk"), mine, "rating"), Value(std::int64_t{2})) << "nothing of its own is lost";
    EXPECT_TRUE(has("away", gone)) << "of what is gone it hears from the server: a paired one may show a part";
    EXPECT_FALSE(has("desk", gone)) << "and does not bring it back";
}

}  // namespace
}  // namespace marea::sync::test
