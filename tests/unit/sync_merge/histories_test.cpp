#include <gtest/gtest.h>

#include <cstdlib>

#include "history.h"
#include "sync/merge/inbox.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

// MAREA_SEED=N begins elsewhere; every failure names its seed.
std::uint64_t firstSeed() {
    const char* value = std::getenv("MAREA_SEED");
    return value ? std::strtoull(value, nullptr, 10) : 1;
}

int rounds(int few, int many) {
    return isLong() ? many : few;
}

Record joined(Record a, const Record& b) {
    merge(a, b);
    return a;
}

std::vector<Conflict> conflictsAt(const Replica& replica) {
    std::vector<Conflict> all;
    for (const auto& [key, held] : replica.records()) {
        for (Conflict& conflict : conflictsOf(held.record, Strategy::AskMe)) {
            all.push_back(std::move(conflict));
        }
    }
    return all;
}

}  // namespace

TEST(Histories, DevicesThatExchangedEverythingAreEqualAndNothingAcknowledgedIsLost) {
    for (int i = 0; i < rounds(200, 2000); ++i) {
        const std::uint64_t seed = firstSeed() + static_cast<std::uint64_t>(i);
        SCOPED_TRACE("seed " + std::to_string(seed));
        History history(seed);
        history.run(150);
        history.settle();
        history.check();
        if (HasFatalFailure()) {
            return;
        }
    }
}

TEST(Histories, MergeIsCommutativeAssociativeAndIdempotent) {
    for (int i = 0; i < rounds(40, 400); ++i) {
        const std::uint64_t seed = firstSeed() + 100'000 + static_cast<std::uint64_t>(i);
        SCOPED_TRACE("seed " + std::to_string(seed));
        History history(seed);
        history.run(200);
        const std::vector<Record>& states = history.states();
        std::mt19937_64 random(seed);
        for (int n = 0; n < 40 && !states.empty(); ++n) {
            const Record &a = states[random() % states.size()], &b = states[random() % states.size()],
                         &c = states[random() % states.size()];
            ASSERT_EQ(joined(a, b), joined(b, a));
            ASSERT_EQ(joined(joined(a, b), c), joined(a, joined(b, c)));
            ASSERT_EQ(joined(a, a), a);
            ASSERT_EQ(joined(joined(a, b), b), joined(a, b));
        }
    }
}

TEST(Histories, AnInboxAnsweredOnOneDeviceIsEmptyOnAll) {
    for (int i = 0; i < rounds(20, 200); ++i) {
        const std::uint64_t seed = firstSeed() + 200'000 + static_cast<std::uint64_t>(i);
        SCOPED_TRACE("seed " + std::to_string(seed));
        History history(seed);
        history.run(150);
        history.settle();
        Replica& one = history.replica(0);
        core::TimeMs now = kNow + 30 * kDay;
        // An answer may answer more: a title that is deleted has no other questions.
        for (auto open = conflictsAt(one); !open.empty(); open = conflictsAt(one)) {
            const Conflict& conflict = open.front();
            ASSERT_TRUE(one.answer(conflict.key, Strategy::AskMe, conflict.id, conflict.sides.size() - 1, ++now));
        }
        for (std::size_t other = 1; other < history.deviceCount(); ++other) {
            ASSERT_TRUE(history.replica(other).receive(one.changesAfter({}, 1000), now));
            EXPECT_TRUE(conflictsAt(history.replica(other)).empty());
        }
    }
}
