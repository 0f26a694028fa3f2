// What a liar makes up of a third replica's changes: see kMostUnheard.
#include <algorithm>

#include "made.h"

namespace marea::sync::test {
namespace {

constexpr std::uint64_t kFar = std::uint64_t{1} << 40;

Value stars(std::int64_t number) {
    return Value(number);
}

// Of the liar (3), which says to have known of so many changes of the server (1), with a rating of its own or with one
// in the server's name.
Changes lieOf(std::uint64_t number, bool inItsName = false) {
    const ReplicaId liar = replicaId(3), server = replicaId(1);
    VersionVector seen;
    seen.raise({liar, 1});
    seen.raise({server, number});
    const Dot dot = inItsName ? Dot{server, number} : Dot{liar, 1};
    Changes changes;
    changes.sender = liar;
    changes.records.push_back({kSong,
                               Register(seen, {{{liar, 1}, {kNow, 0}, true}}),
                               {{"rating", Register(seen, {{dot, {kNow, 0}, stars(1)}})}},
                               {}});
    return changes;
}

class MadeUp : public testing::Test {
protected:
    void SetUp() override {
        server.edit(kSong, {{"rating", stars(7)}}, kNow - kDay);
        hear();
    }
    void hear() {
        const Changes page = server.changesAfter({}, 10);
        heard.raise({replicaId(1), lastKnown(page.records, replicaId(1))});
        ASSERT_TRUE(desk.receive(page, kNow, heard));
    }
    const Register& rating(const Replica& at) { return at.find(kSong)->cells.at("rating"); }

    Replica server{replicaId(1)}, desk{replicaId(2)};
    VersionVector heard;  // at the desk
};

TEST_F(MadeUp, HidesNothingOfIt) {
    ASSERT_TRUE(desk.receive(lieOf(kFar), kNow, heard));
    EXPECT_EQ(rating(desk).versions().size(), 2u) << "the liar's value, and what stood";
    EXPECT_LT(rating(desk).seen().at(replicaId(1)), 10u);
    server.edit(kSong, {{"rating", stars(8)}}, kNow);
    hear();
    const auto& versions = rating(desk).versions();
    EXPECT_TRUE(
        std::any_of(versions.begin(), versions.end(), [](const Version& one) { return one.value == stars(8); }));
}

TEST_F(MadeUp, BlocksNothingThere) {
    ASSERT_TRUE(desk.receive(lieOf(kFar), kNow, heard));
    ASSERT_TRUE(server.receive(desk.changesAfter({}, 10), kNow));
    server.edit(kSong, {{"rating", stars(8)}}, kNow);
    hear();
    EXPECT_EQ(rating(desk), rating(server));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), stars(8));
}

TEST_F(MadeUp, ComesNotAsAValueInItsName) {
    ASSERT_TRUE(desk.receive(lieOf(kFar, true), kNow, heard));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), stars(7));
    Replica anew(replicaId(4));  // which had nothing of the song
    ASSERT_TRUE(anew.receive(lieOf(kFar, true), kNow));
    EXPECT_EQ(valueOf(anew, kSong, "rating"), Value());
}

// The bound moves with what it said itself.
TEST_F(MadeUp, IsToldFromWhatItDidSinceAndAnotherBrings) {
    for (const std::uint64_t number : {std::uint64_t{1000}, kMostUnheard}) {
        Replica at = desk;
        ASSERT_TRUE(at.receive(lieOf(number, true), kNow, heard));
        EXPECT_EQ(valueOf(at, kSong, "rating"), stars(1)) << "it may be true: " << number;
    }
    Replica at = desk;
    ASSERT_TRUE(at.receive(lieOf(2 * kMostUnheard, true), kNow, heard));
    EXPECT_EQ(valueOf(at, kSong, "rating"), stars(7));
    heard.raise({replicaId(1), kMostUnheard});
    ASSERT_TRUE(desk.receive(lieOf(2 * kMostUnheard, true), kNow, heard));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), stars(1));
}

// Within the bound: it counts it as made, and what it writes from then on is news everywhere.
TEST_F(MadeUp, IsGoneBeyondWhereItMayBeTrue) {
    ASSERT_TRUE(desk.receive(lieOf(kMostUnheard), kNow, heard));
    ASSERT_TRUE(server.receive(desk.changesAfter({}, 10), kNow));
    EXPECT_EQ(server.writer().last, kMostUnheard);
    server.edit(kSong, {{"rating", stars(8)}}, kNow);
    hear();
    EXPECT_EQ(valueOf(desk, kSong, "rating"), stars(8));
}

TEST_F(MadeUp, HidesNothingAnyMoreWhereItWasBelievedOnce) {
    VersionVector all;
    all.raise({replicaId(1), kFar});
    ASSERT_TRUE(desk.receive(lieOf(kFar), kNow, all));
    ASSERT_EQ(rating(desk).seen().at(replicaId(1)), kFar);
    server.edit(kSong, {{"rating", stars(8)}}, kNow);
    hear();
    const auto& versions = rating(desk).versions();
    EXPECT_TRUE(
        std::any_of(versions.begin(), versions.end(), [](const Version& one) { return one.value == stars(8); }));
}

// Who has the true context makes one of the two again.
TEST_F(MadeUp, CostsAnHonestOneNoMoreThanAQuestion) {
    Replica honest(replicaId(3));
    ASSERT_TRUE(honest.receive(server.changesAfter({}, 10), kNow));
    honest.edit(kSong, {{"rating", stars(2)}}, kNow);
    Changes claimed = honest.changesAfter({}, 10);
    for (auto& [name, cell] : claimed.records.front().cells) {
        VersionVector seen = cell.seen();
        seen.raise({replicaId(1), kFar});
        cell = Register(seen, cell.versions());
    }
    ASSERT_TRUE(desk.receive(claimed, kNow, heard));
    EXPECT_EQ(rating(desk).versions().size(), 2u);
    ASSERT_TRUE(server.receive(honest.changesAfter({}, 10), kNow));
    hear();
    EXPECT_EQ(rating(desk), rating(server));
    EXPECT_EQ(valueOf(desk, kSong, "rating"), stars(2));
}

}  // namespace
}  // namespace marea::sync::test
