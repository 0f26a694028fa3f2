#include <gtest/gtest.h>

#include "made.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

struct PutBack : ::testing::Test {
    Replica desk{replicaId(1)}, phone{replicaId(2)};

    void rate(Replica& who, std::int64_t rating, core::TimeMs at) { who.edit(kSong, {{"rating", rating}}, at); }
    void meet() {
        exchange(desk, phone);
        exchange(phone, desk);
        ASSERT_EQ(*desk.find(kSong), *phone.find(kSong));
    }
    const Register& rating() { return phone.find(kSong)->cells.at("rating"); }
};

}  // namespace

TEST_F(PutBack, WhatWasWrittenSinceStandsBesideWhatWasLost) {
    const Replica backup = desk;
    rate(desk, 2, kNow);
    rate(desk, 3, kNow + 1);
    exchange(desk, phone);
    desk = backup;
    rate(desk, 5, kNow + 2);  // by a number that the phone knows for something else
    const std::uint64_t place = desk.lastPlace();
    desk.renew(replicaId(3), kNow + 3);
    EXPECT_EQ(desk.writer().replica, replicaId(3));
    EXPECT_GT(desk.lastPlace(), place) << "it is given again";
    meet();
    EXPECT_EQ(rating().versions().size(), 2u);
    EXPECT_EQ(valueOf(phone, kSong, "rating"), Value(std::int64_t{5}));
    rate(desk, 7, kNow + 4);
    meet();
    EXPECT_EQ(rating().versions().size(), 1u);
    EXPECT_EQ(valueOf(phone, kSong, "rating"), Value(std::int64_t{7}));
}

TEST_F(PutBack, WhatOthersHaveTooAndWhatTheyWroteStandsOnce) {
    rate(desk, 2, kNow);
    phone.edit(kSong, {{"note", std::string("mine")}}, kNow);
    meet();
    desk.renew(replicaId(3), kNow + 1);
    meet();
    EXPECT_EQ(rating().versions().size(), 1u);
    const Register& note = desk.find(kSong)->cells.at("note");
    ASSERT_EQ(note.versions().size(), 1u);
    EXPECT_EQ(note.versions()[0].dot.replica, replicaId(2));
}
