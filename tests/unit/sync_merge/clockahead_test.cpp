#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "made.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

void rate(Replica& who, std::int64_t rating, core::TimeMs at) {
    who.edit(kSong, {{"rating", rating}}, at);
}

// All are right by now. What another one wrote is that one's to write anew: it may have to come from there first.
void meet(std::array<Replica, 3>& all, core::TimeMs now) {
    for (Replica& one : all) {
        one.setClockRight(now);
    }
    for (std::size_t one = 0; one < all.size(); ++one) {
        static_cast<void>(all[(one + 1) % 3].receive(all[one].changesAfter({}, 100), now));
        static_cast<void>(all[(one + 2) % 3].receive(all[one].changesAfter({}, 100), now));
    }
}

}  // namespace

TEST(ClockAhead, OnceItIsRightWhatWasWrittenThenIsTaken) {
    Replica home(replicaId(1)), phone(replicaId(2));
    rate(phone, 1, kNow + 20 * kDay);
    phone.edit(kList, {{"name", std::string("Mix")}}, kNow + 20 * kDay);
    rate(phone, 2, kNow);  // its stamps go on from there
    ASSERT_FALSE(home.receive(phone.changesAfter({}, 10), kNow));
    const Since since{phone.lastPlace(), 0};
    phone.setClockRight(kNow);
    EXPECT_EQ(phone.changesAfter(since, 10).records.size(), 2u) << "they are given again";
    exchange(phone, home);
    EXPECT_EQ(valueOf(home, kSong, "rating"), Value(std::int64_t{2}));
    EXPECT_EQ(valueOf(home, kList, "name"), Value(std::string("Mix")));
    rate(home, 3, kNow + kDay);
    rate(phone, 4, kNow + 2);
    exchange(home, phone);
    EXPECT_EQ(valueOf(phone, kSong, "rating"), Value(std::int64_t{3})) << "the later one of two that knew of none";
}

// What stood beside it is somebody's, too, and nobody has said which of the two is meant.
TEST(ClockAhead, AValueThatStoodBesideItStaysThere) {
    Replica home(replicaId(1)), phone(replicaId(2));
    rate(home, 5, kNow);
    rate(phone, 3, kNow + 20 * kDay);
    exchange(home, phone);
    phone.setClockRight(kNow + 1000);
    exchange(phone, home);
    const Register& rating = home.find(kSong)->cells.at("rating");
    ASSERT_EQ(rating.versions().size(), 2u);
    EXPECT_TRUE(rating.isContested());
    EXPECT_EQ(rating.versions()[0], (Version{{replicaId(1), 1}, {kNow, 0}, std::int64_t{5}})) << "as it was";
    EXPECT_EQ(rating.latest()->value, Value(std::int64_t{3}));
    EXPECT_TRUE(isPlausible(rating.latest()->stamp, kNow));
}

// Each has what the other wrote then, and would send it back.
TEST(ClockAhead, TwoThatWereBothAheadDoNotRefuseEachOther) {
    const core::TimeMs early = kNow + 20 * kDay;
    Replica home(replicaId(1)), phone(replicaId(2));
    rate(home, 5, early);
    phone.edit(kList, {{"name", std::string("Mix")}}, early);
    exchange(home, phone, early);
    exchange(phone, home, early);
    home.setClockRight(kNow);
    phone.setClockRight(kNow);
    exchange(home, phone);
    exchange(phone, home);
    for (const RecordKey& key : {kSong, kList}) {
        EXPECT_EQ(*home.find(key), *phone.find(key));
        EXPECT_TRUE(isPlausible(newestStamp(*home.find(key)), kNow));
    }
}

TEST(ClockAhead, AKnownChangeThatComesWithAnotherTimeIsJudged) {
    Replica home(replicaId(1)), phone(replicaId(2));
    rate(phone, 3, kNow);
    exchange(phone, home);
    Replica lying(replicaId(2));
    rate(lying, 3, kNow + 400 * kDay);
    EXPECT_FALSE(home.receive(lying.changesAfter({}, 10), kNow));
    EXPECT_TRUE(isPlausible(newestStamp(*home.find(kSong)), kNow));
}

// A clock that was never set says 1970, and would put all that is there before everything else.
TEST(ClockAhead, WhatIsRightStaysAsItIs) {
    Replica phone(replicaId(2));
    rate(phone, 1, kNow);
    const Record before = *phone.find(kSong);
    phone.setClockRight(kNow - 9 * kDay);
    phone.setClockRight(1000);
    EXPECT_EQ(*phone.find(kSong), before);
    EXPECT_EQ(phone.writer().clock.last().ms, kNow);
}

TEST(ClockAhead, WhoeverWasAheadWheneverAllAgreeInTheEnd) {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        std::array<Replica, 3> all{Replica(replicaId(1)), Replica(replicaId(2)), Replica(replicaId(3))};
        std::array<core::TimeMs, 3> ahead{};
        core::TimeMs now = kNow;
        for (int step = 0; step < 60; ++step) {
            const std::size_t one = random() % 3, other = (one + 1 + random() % 2) % 3;
            now += 1000;
            switch (random() % 4) {
                case 0:
                    ahead[one] = ahead[one] == 0 ? 20 * kDay : 0;
                    break;
                case 1:
                    all[one].setClockRight(now + ahead[one]);
                    static_cast<void>(all[other].receive(all[one].changesAfter({}, 100), now + ahead[other]));
                    break;
                default:
                    rate(all[one], step, now + ahead[one]);
            }
        }
        for (int round = 0; round < 6; ++round) {
            meet(all, now);
        }
        for (std::size_t one = 1; one < all.size(); ++one) {
            const Record* const first = all[0].find(kSong);
            const Record* const same = all[one].find(kSong);
            ASSERT_EQ(first == nullptr, same == nullptr);
            ASSERT_TRUE(first == nullptr || *first == *same);
        }
        ASSERT_TRUE(all[0].find(kSong) == nullptr || isPlausible(newestStamp(*all[0].find(kSong)), now));
    }
}
