// A paired device whose clock was wrong.
#include "sync/cloud/cloudprotocol.h"
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

}  // namespace
}  // namespace marea::sync::test
