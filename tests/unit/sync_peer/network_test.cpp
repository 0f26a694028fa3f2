// Two desktops and a network that is none: late, cut off, or with its link down.
#include <cstdlib>
#include <random>

#include "tests/support/badnetwork.h"
#include "tests/unit/sync_peer/peerfixture.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;
using marea::test::BadNetwork;
using marea::test::OwnNetwork;

constexpr std::chrono::milliseconds kShort{50};  // nothing comes in it

// Does something before each question.
class Watched final : public CloudLink {
public:
    Watched(CloudLink& link, std::function<void(int)> before) : link_(link), before_(std::move(before)) {}
    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override {
        before_(asked_++);
        return link_.send(method, target, body);
    }

private:
    CloudLink& link_;
    std::function<void(int)> before_;
    int asked_ = 0;
};

class PeerNetworkTest : public PeerTest {
protected:
    struct Two {
        Two(core::db::Database& database, const std::string& suffix)
            : names{"desk" + suffix, "lap" + suffix}, desk(database, names[0]), lap(database, names[1]) {
            trust(desk, lap);
            lap.openForPaired();
        }
        const std::array<std::string, 2> names;
        Desktop desk, lap;
    };

    // What one of the two has acknowledged is noted.
    void change(const std::string& owner, std::mt19937_64& dice) {
        const RecordKey key{"item", std::to_string(dice() % 20)};
        const std::string note = "note " + owner + std::to_string(notes_.size());
        edit(owner, key, {{note, static_cast<std::int64_t>(dice() % 1000)}, {"rating", std::int64_t{4}}});
        with(owner, [&](StoredReplica& replica) { return replica.count(key, "plays", 1, core::SystemClock().now()); });
        notes_.emplace_back(key, note);
        ++plays_[key];
    }
    // Both are equal, and all that was noted is there.
    void check(const Two& two) {
        const Replica desk = whole(two.names[0]), lap = whole(two.names[1]);
        ASSERT_EQ(desk.records().size(), lap.records().size());
        for (const auto& [key, held] : desk.records()) {
            ASSERT_NE(lap.find(key), nullptr) << key.id;
            EXPECT_EQ(held.record, *lap.find(key)) << key.id;
        }
        for (const auto& [key, note] : notes_) {
            EXPECT_EQ(desk.find(key)->cells.count(note), 1u) << key.id << " " << note;
        }
        for (const auto& [key, plays] : plays_) {
            EXPECT_EQ(desk.find(key)->counters.at("plays").total(), plays) << key.id;
        }
        notes_.clear();
        plays_.clear();
    }
    // One exchange that was not cut is all there is to it.
    static bool comesThrough(Desktop& desk, std::uint16_t port) {
        for (int attempt = 0; attempt < 300; ++attempt) {
            if (desk.syncAt(port)) {
                return true;
            }
        }
        return false;
    }

    static core::Result<std::unique_ptr<PeerChannel>> channelWithin(Two& two, std::chrono::milliseconds patience) {
        return PeerChannel::connect("127.0.0.1", two.lap.port(), two.desk.keys, kAnybody, patience);
    }
    static core::Result<CloudSync::Outcome> runWith(Two& two, const std::function<void(int)>& before,
                                                    std::chrono::milliseconds patience) {
        auto channel = channelWithin(two, PeerChannel::kPatience).value();
        channel->setPatience(patience);
        PeerLink link(*channel);
        Watched watched(link, before);
        return two.desk.cloud(watched, channel->peer()).run();
    }

private:
    std::vector<std::pair<RecordKey, std::string>> notes_;
    std::map<RecordKey, std::int64_t> plays_;
};

TEST_F(PeerNetworkTest, ANetworkThatDelaysAndCutsLosesNothing) {
    const char* first = std::getenv("MAREA_SEED");
    const std::uint64_t begin = first ? std::strtoull(first, nullptr, 10) : 1;
    int cut = 0;
    for (std::uint64_t seed = begin; seed < begin + (isLong() ? 100 : 8); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 dice(seed);
        Two two(*database, std::to_string(seed));
        BadNetwork network(two.lap.port(), seed);
        for (int round = 0; round < 12; ++round) {
            for (std::uint64_t i = dice() % 6; i > 0; --i) {
                change(two.names[dice() % 2], dice);
            }
            static_cast<void>(two.desk.syncAt(network.port()));  // most are cut off
        }
        ASSERT_TRUE(comesThrough(two.desk, network.port()));
        check(two);
        const auto again = two.desk.syncWith(two.lap);
        ASSERT_TRUE(again) << again.error().detail;
        EXPECT_EQ(again->sent + again->received, 0u) << "nothing goes twice";
        cut += network.cut();
        if (HasFailure()) {
            return;
        }
    }
    EXPECT_GT(cut, 0) << "no connection was cut: the test shows nothing";
}

// Apart, as it needs a network of its own: no other test of this process has to be in it.
TEST_F(PeerNetworkTest, ALinkThatWasDownLosesNothing) {
    if (!OwnNetwork::enter()) {
        GTEST_SKIP() << "no network of one's own is allowed here";
    }
    Two two(*database, "");
    std::mt19937_64 dice(1);
    for (int i = 0; i < 20; ++i) {
        change(two.names[i % 2], dice);
    }
    ASSERT_TRUE(OwnNetwork::setLink(false));
    EXPECT_FALSE(channelWithin(two, kShort)) << "nobody is reached";
    ASSERT_TRUE(OwnNetwork::setLink(true));

    const auto down = [](int asked) { EXPECT_TRUE(asked != 3 || OwnNetwork::setLink(false)); };
    EXPECT_EQ(runWith(two, down, kShort).error().code, ErrorCode::Timeout);
    ASSERT_TRUE(OwnNetwork::setLink(true));

    // It comes back while somebody waits: the exchange goes on by itself.
    std::thread plugsIn;
    const auto downForALittle = [&](int asked) {
        if (asked == 2) {
            ASSERT_TRUE(OwnNetwork::setLink(false));
            plugsIn = std::thread([] {
                std::this_thread::sleep_for(std::chrono::milliseconds(300));
                EXPECT_TRUE(OwnNetwork::setLink(true));
            });
        }
    };
    const auto done = runWith(two, downForALittle, PeerChannel::kPatience);
    ASSERT_TRUE(plugsIn.joinable());
    plugsIn.join();
    EXPECT_TRUE(done) << done.error().text << " " << done.error().detail;
    check(two);
}

}  // namespace
}  // namespace marea::sync::test
