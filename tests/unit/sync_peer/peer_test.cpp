#include <atomic>
#include <fstream>
#include <thread>

#include "sync/cloud/cloudprotocol.h"
#include "sync/cloud/cloudsync.h"
#include "sync/merge/peerscope.h"
#include "sync/merge/wire.h"
#include "sync/peer/peerlink.h"
#include "sync/peer/peerpairing.h"
#include "tests/unit/sync_peer/peerfixture.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;
using core::Result;

TEST(PeerScope, ShowsWhatItSaysAndNothingElse) {
    Replica replica(replicaId(1));
    replica.edit(kSong, {{"rating", std::int64_t{4}}, {"position", std::int64_t{9}}, {"secret", true}}, kNow);
    replica.count(kSong, "plays", 2, kNow);
    replica.edit(kList, {{"name", std::string("List")}}, kNow);
    const Record& song = *replica.find(kSong);
    const auto ratings = PeerScope::fromText("ratings");
    ASSERT_TRUE(ratings);
    const auto shown = ratings->seen(song);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->cells.size(), 1u);
    EXPECT_TRUE(shown->counters.empty());
    EXPECT_FALSE(ratings->seen(*replica.find(kList)));
    EXPECT_FALSE(PeerScope::fromText("playlists")->seen(song));
    EXPECT_EQ(PeerScope::fromText("ratings,plays")->seen(song)->counters.size(), 1u);
    EXPECT_EQ(*PeerScope::fromText("")->seen(song), song);
    EXPECT_FALSE(PeerScope::fromText("everything"));
}

TEST(PeerKeys, ComeBackFromTheirFileAndAreForTheirOwnerAlone) {
    std::string folder = (std::filesystem::temp_directory_path() / "marea-keys-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const std::string path = folder + "/sub/peer.pem";
    const auto made = PeerKeys::inFile(path);
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(PeerKeys::inFile(path)->hash, made->hash);
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0600));
    EXPECT_NE(PeerKeys::make()->hash, made->hash);
    EXPECT_EQ(PeerKeys::fromPem(made->key, PeerKeys::make()->certificate).error().code, ErrorCode::Corrupt);
    std::ofstream(path) << "nonsense";
    EXPECT_EQ(PeerKeys::inFile(path).error().code, ErrorCode::Corrupt);
    std::filesystem::remove_all(folder);
}

TEST_F(PeerTest, TwoDesktopsPairByDigitsAndExchangeWhatTheyHave) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    edit("desk", kSong, {{"rating", std::int64_t{4}}});
    for (int i = 0; i < 5; ++i) {
        edit("lap", {"item", std::to_string(i)}, {{"rating", std::int64_t{i + 1}}});
    }
    ASSERT_TRUE(pairWith(desk, lap, true, true));
    lap.openForPaired();
    const auto done = desk.syncWith(lap);
    ASSERT_TRUE(done) << done.error().text << " " << done.error().detail;
    EXPECT_EQ(whole("desk").records().size(), 6u);
    EXPECT_EQ(whole("lap").records().size(), 6u);
    EXPECT_EQ(desk.syncWith(lap)->sent, 0u) << "nothing goes twice";
    edit("lap", kSong, {{"note", std::string("good")}});
    ASSERT_TRUE(desk.syncWith(lap));
    EXPECT_EQ(*whole("desk").find(kSong), *whole("lap").find(kSong));
    EXPECT_EQ(desk.book.all()->size(), 1u);
    EXPECT_EQ(desk.book.all()->front().name, "lap");
}

TEST_F(PeerTest, ANoOfEitherSideLeavesNothing) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    const auto no = pairWith(desk, lap, false, true);
    ASSERT_FALSE(no);
    EXPECT_FALSE(no.error().text.empty());
    EXPECT_FALSE(pairWith(desk, lap, true, false));
    EXPECT_TRUE(desk.book.all()->empty());
    EXPECT_TRUE(lap.book.all()->empty());
}

TEST_F(PeerTest, StrangersAndWrongCertificatesAreRefusedInWords) {
    Desktop desk(*database, "desk"), lap(*database, "lap"), stranger(*database, "stranger");
    trust(desk, lap);
    lap.openForPaired();
    ASSERT_TRUE(stranger.book.pair(lap.identity(), ""));  // it trusts lap, lap knows nothing of it
    const auto refused = stranger.syncWith(lap);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text.find("air"), std::string::npos) << refused.error().text;
    // Somebody at lap's address with another key.
    Desktop liar(*database, "liar");
    liar.open(kAnybody, [](PeerChannel& channel) { static_cast<void>(channel.receive()); });
    const auto wrong = desk.syncWith(liar);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::Forbidden);
    EXPECT_NE(wrong.error().text.find("paired"), std::string::npos);
    EXPECT_TRUE(desk.syncWith(lap)) << "who is paired comes through";
}

TEST_F(PeerTest, NobodyTakesThePlaceOfAPairedOne) {
    Desktop desk(*database, "desk"), lap(*database, "lap"), liar(*database, "liar");
    trust(desk, lap, "ratings");
    PeerIdentity claimed = liar.identity();
    claimed.replica = lap.identity().replica;
    const auto refused = desk.book.pair(claimed, "");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(desk.book.knows(lap.keys.hash));
    EXPECT_FALSE(desk.book.knows(liar.keys.hash));
    EXPECT_EQ(desk.book.all()->front().scope, "ratings");
    ASSERT_TRUE(desk.book.unpair(claimed.replica));
    EXPECT_TRUE(desk.book.pair(claimed, "")) << "it may have got new keys";
}

TEST_F(PeerTest, UnpairedItIsOverAtOnce) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    lap.openForPaired();
    auto channel = PeerChannel::connect("127.0.0.1", lap.port(), desk.keys, kAnybody);
    ASSERT_TRUE(channel);
    PeerLink link(**channel);
    ASSERT_TRUE(desk.cloud(link, lap.keys.hash).run());
    ASSERT_TRUE(lap.book.unpair(desk.identity().replica));
    edit("desk", kSong, {{"rating", std::int64_t{4}}});
    EXPECT_FALSE(desk.cloud(link, lap.keys.hash).run()) << "also on a connection that was there";
    channel->reset();
    EXPECT_FALSE(desk.syncWith(lap));
    EXPECT_EQ(whole("lap").find(kSong), nullptr);
}

// Somebody comes in between before each question for changes.
class Interrupted final : public CloudLink {
public:
    Interrupted(CloudLink& link, std::function<void()> meanwhile) : link_(link), meanwhile_(std::move(meanwhile)) {}
    Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override {
        if (method == "GET") {
            meanwhile_();
        }
        return link_.send(method, target, body);
    }

private:
    CloudLink& link_;
    std::function<void()> meanwhile_;
};

TEST_F(PeerTest, ANewNameIsKnownAfterTheNextMeeting) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    PeerIdentity before = lap.identity(), known = desk.identity();
    before.name = known.name = "what it was called";
    ASSERT_TRUE(desk.book.pair(before, ""));
    ASSERT_TRUE(lap.book.pair(known, ""));
    lap.openForPaired();
    ASSERT_TRUE(desk.syncWith(lap));
    EXPECT_EQ(desk.book.all()->front().name, "lap") << "who answers says it";
    EXPECT_TRUE(lap.book.all()->front().name != known.name) << "as does who asks";
}

TEST_F(PeerTest, AnExchangeThatIsUnderWayBringsBackNoPairing) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    edit("lap", kSong, {{"rating", std::int64_t{4}}});
    lap.openForPaired();
    auto channel = PeerChannel::connect("127.0.0.1", lap.port(), desk.keys, kAnybody);
    ASSERT_TRUE(channel);
    PeerLink link(**channel);
    Interrupted narrowed(link, [&] { ASSERT_TRUE(desk.book.pair(lap.identity(), "plays")); });
    EXPECT_EQ(desk.cloud(narrowed, lap.keys.hash).run().error().code, ErrorCode::Conflict);
    EXPECT_EQ(desk.book.all()->front().scope, "plays");
    EXPECT_EQ(whole("desk").find(kSong), nullptr) << "it was no longer asked for";
    Interrupted unpaired(link, [&] { ASSERT_TRUE(desk.book.unpair(lap.identity().replica)); });
    EXPECT_FALSE(desk.cloud(unpaired, lap.keys.hash).run());
    EXPECT_TRUE(desk.book.all()->empty());
}

TEST_F(PeerTest, NorDoesAnAnswer) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    const SyncLink before = lap.book.all()->front();
    ASSERT_TRUE(lap.book.unpair(before.replica));
    Changes changes;
    changes.sender = before.replica;
    PeerResponder responder(*database, "lap", std::make_shared<core::SystemClock>());
    EXPECT_EQ(responder.answer(before, "GET", changesTarget({}, 10, before.replica), "").status, 409);
    EXPECT_EQ(responder.answer(before, "POST", "/api/v1/sync/changes", wireText(changes)).status, 409);
    EXPECT_TRUE(lap.book.all()->empty());
}

TEST_F(PeerTest, APeerSeesAndChangesWhatItMayAlone) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    ASSERT_TRUE(lap.book.pair(desk.identity(), "ratings"));
    edit("lap", kSong, {{"rating", std::int64_t{4}}, {"position", std::int64_t{1000}}});
    edit("lap", kList, {{"name", std::string("Secret")}});
    edit("desk", {"playlist", "mine"}, {{"name", std::string("Mine")}});
    edit("desk", {"item", "other"}, {{"rating", std::int64_t{2}}, {"note", std::string("no")}});
    lap.openForPaired();
    const auto done = desk.syncWith(lap);
    ASSERT_TRUE(done) << done.error().text;
    const Replica atDesk = whole("desk"), atLap = whole("lap");
    EXPECT_EQ(atDesk.find(kSong)->cells.size(), 1u);
    EXPECT_EQ(atDesk.find(kList), nullptr);
    EXPECT_NE(atDesk.find({"playlist", "mine"}), nullptr) << "what is not shown is not gone";
    EXPECT_EQ(atLap.find({"playlist", "mine"}), nullptr);
    EXPECT_EQ(atLap.find({"item", "other"})->cells.size(), 1u);
}

TEST_F(PeerTest, WhoMayChangeRatingsDeletesNoTitle) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    ASSERT_TRUE(lap.book.pair(desk.identity(), "ratings"));
    edit("lap", kSong, {{"rating", std::int64_t{4}}, {"position", std::int64_t{1000}}});
    lap.openForPaired();
    ASSERT_TRUE(desk.syncWith(lap));
    with("desk", [](StoredReplica& replica) { return replica.remove(kSong, core::SystemClock().now()); });
    edit("desk", {"item", "gone"}, {{"rating", std::int64_t{2}}});
    with("desk", [](StoredReplica& replica) { return replica.remove({"item", "gone"}, core::SystemClock().now()); });
    ASSERT_TRUE(desk.syncWith(lap));
    const Replica atLap = whole("lap");
    EXPECT_TRUE(lifeOf(*atLap.find(kSong), Strategy::LastWriteWins).isThere);
    EXPECT_EQ(valueOf(atLap, kSong, "position"), Value(std::int64_t{1000}));
    EXPECT_EQ(atLap.find({"item", "gone"}), nullptr);
    ASSERT_TRUE(lap.book.pair(desk.identity(), ""));
    ASSERT_TRUE(desk.book.pair(lap.identity(), "ratings"));
    ASSERT_TRUE(desk.book.pair(lap.identity(), ""));  // it is given all again
    ASSERT_TRUE(desk.syncWith(lap));
    EXPECT_FALSE(lifeOf(*whole("lap").find(kSong), Strategy::LastWriteWins).isThere) << "who may change all may";
}

TEST_F(PeerTest, NorDoesItSeeOrChangeMoreWhenItIsComeTo) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    ASSERT_TRUE(desk.book.pair(lap.identity(), "ratings"));
    edit("desk", kSong, {{"rating", std::int64_t{4}}, {"position", std::int64_t{1000}}});
    edit("desk", kList, {{"name", std::string("Secret")}});
    edit("lap", {"playlist", "theirs"}, {{"name", std::string("Theirs")}});
    edit("lap", {"item", "other"}, {{"rating", std::int64_t{2}}, {"note", std::string("no")}});
    lap.openForPaired();
    const auto done = desk.syncWith(lap);
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(whole("lap").find(kSong)->cells.size(), 1u);
    EXPECT_EQ(whole("lap").find(kList), nullptr);
    EXPECT_EQ(whole("desk").find({"playlist", "theirs"}), nullptr);
    EXPECT_EQ(whole("desk").find({"item", "other"})->cells.size(), 1u);
    EXPECT_EQ(desk.syncWith(lap)->sent, 0u) << "nothing goes twice";
    ASSERT_TRUE(desk.book.pair(lap.identity(), ""));  // it may see everything from now on
    ASSERT_TRUE(desk.syncWith(lap));
    EXPECT_EQ(*whole("lap").find(kSong), *whole("desk").find(kSong));
    EXPECT_NE(whole("lap").find(kList), nullptr) << "also what is older";
    EXPECT_NE(whole("desk").find({"playlist", "theirs"}), nullptr);
}

TEST_F(PeerTest, NonsenseAndSilenceEndAConnectionAndHarmNothing) {
    Desktop desk(*database, "desk"), lap(*database, "lap");
    trust(desk, lap);
    lap.openForPaired();
    for (const std::string& nonsense : {std::string("hello"), std::string("\n"), std::string(1000, 'x')}) {
        auto channel = PeerChannel::connect("127.0.0.1", lap.port(), desk.keys, kAnybody);
        ASSERT_TRUE(channel);
        ASSERT_TRUE((*channel)->send(nonsense));
        EXPECT_FALSE((*channel)->receive());
    }
    {
        auto channel = PeerChannel::connect("127.0.0.1", lap.port(), desk.keys, kAnybody);
        ASSERT_TRUE(channel);
        PeerLink link(**channel);
        EXPECT_EQ(link.send("GET", "/etc/passwd", "")->status, 400);
        EXPECT_EQ(link.send("DELETE", "/api/v1/sync/changes", "")->status, 404);
        EXPECT_EQ(link.send("POST", "/api/v1/sync/changes", "{}")->status, 400);
        EXPECT_EQ(link.send("POST", "/api/v1/sync/devices", "{}")->status, 409);
    }
    EXPECT_TRUE(desk.syncWith(lap));
    Desktop silent(*database, "silent");
    silent.open(kAnybody, [](PeerChannel& channel) { static_cast<void>(channel.receive()); });
    auto channel = PeerChannel::connect("127.0.0.1", silent.port(), desk.keys, kAnybody);
    ASSERT_TRUE(channel);
    (*channel)->setPatience(std::chrono::milliseconds(100));
    EXPECT_EQ((*channel)->receive().error().code, ErrorCode::Timeout);
}

}  // namespace
}  // namespace marea::sync::test
