#include "sync/cloud/cloudsync.h"

#include "cloudfixture.h"
#include "sync/merge/wire.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;

class CloudTest : public server::SyncTest {
protected:
    struct Computer {
        std::unique_ptr<DirectLink> link;
        std::unique_ptr<CloudSync> cloud;
        std::string owner;
    };
    Computer computer(const std::string& owner, core::TimeMs skew = 0, std::size_t page = 500) {
        Computer made;
        made.owner = owner;
        made.link = std::make_unique<DirectLink>(*service_, "ana");
        CloudSync::Options options{owner, owner, page};
        made.cloud = std::make_unique<CloudSync>(*database, *made.link, std::make_shared<SkewedClock>(clock, skew),
                                                 std::move(options));
        return made;
    }
    void SetUp() override {
        SyncTest::SetUp();
        service_ = std::make_unique<server::SyncService>(*database, clock);
    }
    std::unique_ptr<server::SyncService> service_;
};

Value rated(std::int64_t number) {
    return Value(number);
}

TEST(CloudProtocol, ProblemsComeInTheServersWords) {
    const CloudLink::Answer full{422, R"({"type":"urn:marea:error:unprocessable","detail":"Set its date."})"};
    EXPECT_EQ(takenFrom(full).error().code, ErrorCode::Unprocessable);
    EXPECT_EQ(takenFrom(full).error().text, "Set its date.");
    EXPECT_EQ(deviceFrom({401, ""}).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(changesFrom({502, "<html>"}).error().code, ErrorCode::Unavailable);
    for (const char* strange : {"", "[]", "{}", R"({"server_id":"x","taken":1})", R"({"taken":-1})"}) {
        EXPECT_EQ(deviceFrom({200, strange}).error().code, ErrorCode::Corrupt) << strange;
        EXPECT_EQ(takenFrom({200, strange}).error().code, ErrorCode::Corrupt) << strange;
        EXPECT_FALSE(changesFrom({200, strange})) << strange;
    }
}

TEST_F(CloudTest, WhatWasDoneWithoutTheServerIsGivenAndTakenLater) {
    Computer desk = computer("desk", -3 * kDay), lap = computer("lap", 3 * kDay);
    ASSERT_TRUE(desk.cloud->edit(item(1), {{"rating", rated(7)}}));
    desk.link->fault = [] { return 1; };
    EXPECT_EQ(desk.cloud->run().error().code, ErrorCode::Unavailable);
    ASSERT_TRUE(desk.cloud->count(item(1), "plays", 2));
    clock->time += 60 * kDay;
    rate("ana", mediaId(2), 5);
    desk.link->fault = {};
    const auto first = desk.cloud->run();
    ASSERT_TRUE(first) << first.error().text;
    EXPECT_EQ(first->sent, 1u);
    EXPECT_EQ(first->changed, std::vector<RecordKey>{item(2)});
    EXPECT_EQ(state("ana", film).rating, 7);
    const auto second = lap.cloud->run();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->received, 2u);
    EXPECT_EQ(lap.cloud->find(item(1)).value()->counters.at("plays").total(), 2);
}

// The clock was right when the copy was last in step, and goes wrong after: what was made upon what was there replaces
// it all the same, and of what was made apart nothing is lost.
TEST_F(CloudTest, AClockThatGoesWrongByDaysWhileAwayChangesNothing) {
    Computer desk = computer("desk", -5 * kDay);
    rate("ana", mediaId(1), 5);
    rate("ana", mediaId(2), 5);
    ASSERT_TRUE(desk.cloud->run());
    ASSERT_TRUE(desk.cloud->edit(item(1), {{"rating", rated(8)}})) << "days before the other, by its clock";
    ASSERT_TRUE(desk.cloud->edit(item(2), {{"rating", rated(8)}}));
    clock->time += 20 * kDay;
    rate("ana", mediaId(2), 3);
    ASSERT_TRUE(desk.cloud->run());
    EXPECT_EQ(state("ana", mediaId(1)).rating, 8);
    EXPECT_EQ(state("ana", mediaId(2)).rating, 3) << "the later one";
}

TEST_F(CloudTest, APlayThatIsToldTwiceCountsOnce) {
    Computer desk = computer("desk");
    ASSERT_TRUE(desk.cloud->played(item(1), 1, clock->time - 1000));
    ASSERT_TRUE(desk.cloud->played(item(1), 1, clock->time - 1000));
    ASSERT_TRUE(desk.cloud->played(item(1), 1, clock->time));
    ASSERT_TRUE(desk.cloud->run());
    EXPECT_EQ(state("ana", film).playCount, 2);
    EXPECT_EQ(state("ana", film).lastPlayedAt, clock->time);
}

TEST_F(CloudTest, NothingGoesTwiceWhereAllIsInStep) {
    Computer desk = computer("desk"), lap = computer("lap");
    for (int i = 1; i <= 50; ++i) {
        ASSERT_TRUE(desk.cloud->edit(item(i), {{"note", std::string(200, 'x')}}));
    }
    ASSERT_TRUE(desk.cloud->run());
    ASSERT_TRUE(lap.cloud->run());
    for (Computer* one : {&desk, &lap, &desk}) {
        one->link->bytes = 0;
        one->link->requests = 0;
        const auto done = one->cloud->run();
        ASSERT_TRUE(done);
        EXPECT_EQ(done->sent + done->received, 0u);
        EXPECT_EQ(one->link->requests, 2) << "one to say hello, one to ask";
        EXPECT_LT(one->link->bytes, 1500u);
    }
    ASSERT_TRUE(lap.cloud->edit(item(1), {{"rating", rated(3)}}));
    const auto one = lap.cloud->run();
    EXPECT_EQ(one->sent, 1u);
    EXPECT_EQ(one->received, 0u) << "its own change does not come back";
    EXPECT_EQ(desk.cloud->run()->received, 1u);
}

TEST_F(CloudTest, AServerPutBackFromABackupGetsWhatItLost) {
    Computer desk = computer("desk");
    ASSERT_TRUE(desk.cloud->edit(item(1), {{"rating", rated(4)}}));
    ASSERT_TRUE(desk.cloud->run());
    run("CREATE TABLE kept AS SELECT * FROM sync_records WHERE owner_id = 'ana'");
    ASSERT_TRUE(desk.cloud->edit(item(2), {{"rating", rated(9)}}));
    ASSERT_TRUE(desk.cloud->run());
    // As it was, but for what desktops have: the records of before, a new id, and no device is known.
    run("DELETE FROM sync_records WHERE owner_id = 'ana'");
    run("INSERT INTO sync_records SELECT * FROM kept");
    run("UPDATE sync_replicas SET replica_id = '', last_place = 1, last_number = 0 WHERE owner_id = 'ana'");
    run("DELETE FROM sync_links WHERE owner_id = 'ana'");
    const auto done = desk.cloud->run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(whole("ana").records().size(), 2u);
    EXPECT_EQ(whole("ana").find(item(2))->cells.at("rating").latest()->value, rated(9));
}

TEST_F(CloudTest, ACopyPutBackFromABackupLosesNothingAndGoesOnAsAnotherDevice) {
    Computer desk = computer("desk"), lap = computer("lap");
    ASSERT_TRUE(desk.cloud->edit(item(1), {{"rating", rated(1)}}));
    ASSERT_TRUE(desk.cloud->run());
    const std::vector<std::string> tables{"sync_replicas", "sync_records", "sync_links"};
    for (const std::string& table : tables) {
        run("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table + " WHERE owner_id = 'desk'");
    }
    for (int i = 2; i <= 4; ++i) {
        ASSERT_TRUE(desk.cloud->edit(item(i), {{"rating", rated(i)}}));
    }
    ASSERT_TRUE(desk.cloud->run());
    const ReplicaId before = whole("desk").writer().replica;
    for (const std::string& table : tables) {
        run("DELETE FROM " + table + " WHERE owner_id = 'desk'");
        run("INSERT INTO " + table + " SELECT * FROM kept_" + table);
    }
    clock->time += 1000;
    ASSERT_TRUE(desk.cloud->edit(item(4), {{"rating", rated(9)}})) << "by a number that was given before";
    const auto done = desk.cloud->run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_NE(whole("desk").writer().replica, before);
    EXPECT_EQ(state("ana", mediaId(4)).rating, 9);
    EXPECT_EQ(desk.cloud->find(item(3)).value()->cells.at("rating").latest()->value, rated(3)) << "what was lost";
    ASSERT_TRUE(lap.cloud->run());
    EXPECT_EQ(lap.cloud->find(item(4)).value()->cells.at("rating").latest()->value, rated(9));
    const ReplicaId after = whole("desk").writer().replica;
    ASSERT_TRUE(desk.cloud->edit(item(4), {{"rating", rated(6)}}));
    ASSERT_TRUE(desk.cloud->run());
    EXPECT_EQ(state("ana", mediaId(4)).rating, 6);
    EXPECT_EQ(whole("desk").writer().replica, after) << "once";
    const auto devices = service_->devices("ana");
    ASSERT_TRUE(devices);
    EXPECT_EQ(devices->devices.size(), 2u) << "the old id is in the list no more";
}

TEST_F(CloudTest, ACopyPutBackFromABackupIsNoticedHoweverMuchWasWrittenSince) {
    Computer desk = computer("desk");
    ASSERT_TRUE(desk.cloud->edit(item(1), {{"rating", rated(1)}}));
    ASSERT_TRUE(desk.cloud->run());
    const std::vector<std::string> tables{"sync_replicas", "sync_records", "sync_links"};
    for (const std::string& table : tables) {
        run("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table + " WHERE owner_id = 'desk'");
    }
    ASSERT_TRUE(desk.cloud->edit(item(2), {{"rating", rated(2)}}));
    ASSERT_TRUE(desk.cloud->run());
    const ReplicaId before = whole("desk").writer().replica;
    for (const std::string& table : tables) {
        run("DELETE FROM " + table + " WHERE owner_id = 'desk'");
        run("INSERT INTO " + table + " SELECT * FROM kept_" + table);
    }
    clock->time += 1000;
    for (int i = 2; i <= 4; ++i) {
        ASSERT_TRUE(desk.cloud->edit(item(i), {{"rating", rated(9)}}));
    }
    const auto done = desk.cloud->run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_NE(whole("desk").writer().replica, before) << "though it has more places than the server took";
    EXPECT_EQ(state("ana", mediaId(2)).rating, 9);
    EXPECT_EQ(desk.cloud->find(item(2)).value()->cells.at("rating").latest()->value, rated(9));
}

// Of its time a server refuses what it does not know.
TEST_F(CloudTest, AServerThatKnowsNothingOfFormerIdsIsToldNone) {
    class Older final : public CloudLink {
    public:
        explicit Older(CloudLink& link) : link_(link) {}
        core::Result<Answer> send(std::string_view method, const std::string& target,
                                  const std::string& body) override {
            return body.find("replaces") == std::string::npos ? link_.send(method, target, body)
                                                              : core::Result<Answer>(Answer{400, "{}"});
        }

    private:
        CloudLink& link_;
    };
    Computer desk = computer("desk");
    ASSERT_TRUE(desk.cloud->run());
    with("desk", [](StoredReplica& replica) { return replica.renew(0, kNow); });
    Older older(*desk.link);
    CloudSync::Options options{"desk", "desk"};
    const auto done = CloudSync(*database, older, clock, std::move(options)).run();
    EXPECT_TRUE(done) << done.error().text;
}

TEST_F(CloudTest, AfterHalfAYearAwayDeletionsHoldAndOwnChangesStay) {
    Computer desk = computer("desk", 0, 2), lap = computer("lap", 0, 2);
    for (int i = 1; i <= 5; ++i) {
        ASSERT_TRUE(desk.cloud->edit(item(i), {{"rating", rated(i)}}));
    }
    ASSERT_TRUE(desk.cloud->run());
    ASSERT_TRUE(lap.cloud->run());
    ASSERT_TRUE(desk.cloud->remove(item(1)));
    ASSERT_TRUE(desk.cloud->remove(item(2)));
    ASSERT_TRUE(desk.cloud->run());
    ASSERT_TRUE(lap.cloud->edit(item(2), {{"note", std::string("mine")}}));
    clock->time += CloudSync::kTombstones + kDay;
    ASSERT_TRUE(desk.cloud->edit(item(5), {{"rating", rated(8)}}));
    ASSERT_TRUE(desk.cloud->run());
    int left = 3;
    lap.link->fault = [&left] { return --left < 0 && left > -2 ? 1 : 0; };
    EXPECT_FALSE(lap.cloud->run()) << "cut off in the middle of taking all anew";
    ASSERT_TRUE(lap.cloud->run());
    EXPECT_FALSE(lap.cloud->find(item(1)).value().has_value()) << "deleted meanwhile";
    EXPECT_TRUE(lap.cloud->find(item(2)).value().has_value()) << "changed here: stays";
    EXPECT_EQ(lap.cloud->find(item(5)).value()->cells.at("rating").latest()->value, rated(8));
    const auto noted = history("lap");
    EXPECT_TRUE(std::any_of(noted.begin(), noted.end(), [&](const auto& one) { return one.gone.key == item(1); }));
    ASSERT_TRUE(desk.cloud->run());
    EXPECT_TRUE(desk.cloud->find(item(2)).value().has_value());
}

TEST_F(CloudTest, RefusalsReachPeopleInWordsAndCallingOffIsHeard) {
    Computer early = computer("early", 11 * kDay);
    ASSERT_TRUE(early.cloud->edit(item(1), {{"rating", rated(1)}}));
    const auto refused = early.cloud->run();
    EXPECT_EQ(refused.error().code, ErrorCode::Unprocessable);
    EXPECT_NE(refused.error().text.find("ten days ahead"), std::string::npos);
    Computer setRight = computer("early");
    const auto done = setRight.cloud->run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(state("ana", mediaId(1)).rating, 1);
    Computer desk = computer("desk");
    EXPECT_EQ(desk.cloud->run([] { return true; }).error().code, ErrorCode::Cancelled);
}

TEST_F(CloudTest, AServerWhoseClockWasAheadIsUnderstoodOnceItIsRight) {
    Computer desk = computer("desk"), lap = computer("lap");
    clock->time += 20 * kDay;
    ASSERT_TRUE(desk.cloud->run());
    rate("ana", mediaId(1), 7);
    ASSERT_TRUE(desk.cloud->run());
    clock->time -= 20 * kDay;
    const auto done = lap.cloud->run();
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(lap.cloud->find(item(1)).value()->cells.at("rating").latest()->value, rated(7));
    ASSERT_TRUE(desk.cloud->run());
    EXPECT_EQ(*desk.cloud->find(item(1)).value(), *lap.cloud->find(item(1)).value());
}

// Says without end that there is more.
class EndlessLink final : public CloudLink {
public:
    core::Result<Answer> send(std::string_view method, const std::string&, const std::string&) override {
        if (method == "POST") {
            return Answer{200, deviceAnswer({replicaId(9), 0, {}})};
        }
        Changes page;
        page.sender = replicaId(9);
        page.more = true;
        page.upTo = 1;
        return Answer{200, wireText(page)};
    }
};

TEST_F(CloudTest, AnAnswerWithoutEndIsNotListenedToWithoutEnd) {
    EndlessLink link;
    CloudSync cloud(*database, link, clock, {.account = "desk", .deviceName = "desk"});
    EXPECT_EQ(cloud.run().error().code, ErrorCode::Corrupt);
}

}  // namespace
}  // namespace marea::sync::test
