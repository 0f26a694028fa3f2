#include "server/stream/makings.h"

#include "tests/unit/stream/doubles.h"

namespace marea::server {
namespace {

using Urgency = SegmentMaker::Urgency;
using core::ErrorCode;

class MakingsTest : public testing::Test {
protected:
    MakingsTest() { makings = std::make_shared<Makings>(MakingsOptions{3, 5, 4, std::chrono::hours(1)}, cache, maker); }
    Makings::Start start() {
        return [this](Urgency urgency, SegmentMaker::Done<std::string> done) -> core::Result<SegmentMaker::Ticket> {
            return maker.segment({}, {}, urgency, std::move(done));
        };
    }
    // Where the answer of a request will stand.
    struct Answer {
        int times = 0;
        std::string text;
        ErrorCode error = ErrorCode::Internal;
    };
    std::shared_ptr<Answer> ask(const std::string& key, const core::Id& user = "ana") {
        auto answer = std::make_shared<Answer>();
        makings->get(cacheKey({key}), user, start(), [answer](core::Result<SegmentCache::Entry> entry) {
            ++answer->times;
            answer->error = entry ? ErrorCode::Internal : entry.error().code;
            answer->text = !entry ? "" : entry->bytes ? *entry->bytes : "file";
        });
        return answer;
    }
    Makings::Interest ahead(const std::string& key, Urgency urgency = Urgency::Next) {
        return makings->ahead(cacheKey({key}), urgency, start());
    }

    Folder folder;
    SegmentCache cache{{folder.path.string()}, core::makeNullLogger()};
    FakeMaker maker;
    std::shared_ptr<Makings> makings;
};

TEST_F(MakingsTest, OneMakingHoweverManyAsk) {
    const auto first = ask("a"), second = ask("a"), third = ask("a", "ben");
    EXPECT_EQ(maker.count(), 1u);
    maker.answer(0, std::string("bytes"));
    for (const auto& answer : {first, second, third}) {
        EXPECT_EQ(answer->times, 1);
        EXPECT_EQ(answer->text, "bytes");
    }
    EXPECT_EQ(ask("a")->text, "file");
    EXPECT_EQ(maker.count(), 1u);
    EXPECT_EQ(makings->status().made, 1u);
    EXPECT_EQ(makings->status().joined, 2u);
    EXPECT_EQ(makings->status().underWay, 0u);
}

TEST_F(MakingsTest, WhatNobodyWaitsForAnyMoreIsCalledOff) {
    int cancelled = 0;
    const auto count = [&](core::Result<SegmentCache::Entry> entry) {
        cancelled += !entry && entry.error().code == ErrorCode::Cancelled ? 1 : 0;
    };
    const CacheKey key = cacheKey({"a"});
    const auto first = makings->get(key, "ana", start(), count), second = makings->get(key, "ben", start(), count);
    makings->giveUp(key, first);
    makings->giveUp(key, first);
    EXPECT_EQ(cancelled, 1);
    EXPECT_FALSE(maker.asked[0].cancelled) << "another one waits";
    makings->giveUp(key, second);
    EXPECT_EQ(cancelled, 2);
    EXPECT_TRUE(maker.asked[0].cancelled);
    const auto late = ask("a");  // before the maker has said that it stopped, or after
    if (maker.count() == 1) {
        maker.answer(0, core::fail(ErrorCode::Cancelled, "Called off."));
    }
    ASSERT_EQ(maker.count(), 2u);
    maker.answer(1, std::string("bytes"));
    EXPECT_EQ(late->text, "bytes");
    makings->giveUp(key, second);
    EXPECT_EQ(makings->status().underWay, 0u);
}

TEST_F(MakingsTest, WhatIsMadeAheadGoesOnForThoseWhoStay) {
    const auto interest = ahead("a");
    const CacheKey key = cacheKey({"a"});
    maker.withdraws = false;
    const auto waiter = makings->get(key, "ana", start(), [](const auto&) {});
    makings->giveUp(key, waiter);
    EXPECT_FALSE(maker.asked[0].cancelled);
}

TEST_F(MakingsTest, WhatIsWantedAtSomeTimeWaitsWhenNobodyElseDoes) {
    const CacheKey key = cacheKey({"a"});
    const auto waiter = makings->get(key, "ana", start(), [](const auto&) {});
    const auto interest = ahead("a", Urgency::Batch);
    EXPECT_EQ(maker.count(), 1u);
    makings->giveUp(key, waiter);
    EXPECT_TRUE(maker.asked[0].cancelled);
    ASSERT_EQ(maker.count(), 2u);
    EXPECT_EQ(maker.asked[1].urgency, Urgency::Batch);
    for (const char* other : {"b", "c", "d"}) {
        EXPECT_EQ(ask(other)->times, 0) << "it counts for nobody";
    }
}

TEST_F(MakingsTest, WhoGoesWhileItIsBegunLeavesItForLater) {
    const CacheKey key = cacheKey({"a"});
    Makings::Interest interest;
    Makings::Waiter waiter = 0;
    const auto going = [&](Urgency urgency, SegmentMaker::Done<std::string> done) {
        if (!interest) {
            interest = ahead("a", Urgency::Batch);
            for (Makings::Waiter first = 1; first < 10; ++first) {  // it was not told which one it is
                makings->giveUp(key, first);
            }
        }
        return start()(urgency, std::move(done));
    };
    waiter = makings->get(key, "ana", going, [](const auto&) {});
    ASSERT_EQ(maker.count(), 2u);
    EXPECT_TRUE(maker.asked[0].cancelled);
    EXPECT_EQ(maker.asked[1].urgency, Urgency::Batch);
    makings->giveUp(key, waiter);  // it has gone already
    EXPECT_FALSE(maker.asked[1].cancelled);
}

TEST_F(MakingsTest, AnErrorGoesToAllAndIsNotKept) {
    const auto first = ask("a"), second = ask("a");
    maker.answer(0, core::fail(ErrorCode::Io, "The disk is gone."));
    EXPECT_EQ(first->error, ErrorCode::Io);
    EXPECT_EQ(second->error, ErrorCode::Io);
    const auto again = ask("a");
    EXPECT_EQ(maker.count(), 2u);
    maker.answer(1, std::string("now"));
    EXPECT_EQ(again->text, "now");
}

TEST_F(MakingsTest, WhatCostAWorkerItsLifeIsNotTriedAgainAtOnce) {
    for (const auto code : {ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::Corrupt}) {
        const std::string key = core::name(code);
        (void)ask(key);
        const std::size_t before = maker.count();
        maker.answer(before - 1, core::fail(code, "Broken."));
        EXPECT_EQ(ask(key)->error, code);
        EXPECT_FALSE(ahead(key));
        EXPECT_EQ(maker.count(), before);
    }
    makings = std::make_shared<Makings>(MakingsOptions{.failureStays = std::chrono::milliseconds(0)}, cache, maker);
    (void)ask("b");
    const std::size_t before = maker.count();
    maker.answer(before - 1, core::fail(ErrorCode::Corrupt, "Broken."));
    (void)ask("b");
    EXPECT_EQ(maker.count(), before + 1);
}

TEST_F(MakingsTest, LimitsPerUserAndOverall) {
    std::vector<std::shared_ptr<Answer>> held;
    for (const char* key : {"a", "b", "c"}) {
        held.push_back(ask(key));
    }
    EXPECT_EQ(ask("d")->error, ErrorCode::Busy);
    held.push_back(ask("d", "ben"));
    held.push_back(ask("e", "ben"));
    EXPECT_EQ(ask("f", "cem")->error, ErrorCode::Unavailable);
    EXPECT_EQ(ask("a", "cem")->times, 0);  // joining costs nothing
    maker.answer(0, std::string("1"));
    EXPECT_EQ(ask("f")->times, 0);
    EXPECT_EQ(maker.count(), 6u);
}

TEST_F(MakingsTest, WhatWasMadeAheadIsHurriedWhenSomebodyAsks) {
    const auto interest = ahead("a");
    ASSERT_TRUE(interest);
    EXPECT_EQ(maker.asked[0].urgency, Urgency::Next);
    const auto answer = ask("a");
    ASSERT_EQ(maker.count(), 2u);
    EXPECT_TRUE(maker.asked[0].withdrawn);
    EXPECT_EQ(maker.asked[1].urgency, Urgency::Requested);
    maker.answer(1, std::string("bytes"));
    EXPECT_EQ(answer->text, "bytes");
}

TEST_F(MakingsTest, WhatHasBegunIsWaitedFor) {
    maker.withdraws = false;
    const auto interest = ahead("a");
    const auto answer = ask("a");
    EXPECT_EQ(maker.count(), 1u);
    EXPECT_FALSE(maker.asked[0].cancelled);
    maker.answer(0, std::string("bytes"));
    EXPECT_EQ(answer->text, "bytes");
}

TEST_F(MakingsTest, WhatIsAskedForWhileItEndsIsMadeAgain) {
    maker.cancels = false;
    auto interest = ahead("a");
    interest.reset();
    ASSERT_TRUE(maker.asked[0].cancelled);
    const auto answer = ask("a");
    EXPECT_EQ(maker.count(), 1u);
    maker.answer(0, core::fail(ErrorCode::Cancelled, "Called off."));
    ASSERT_EQ(maker.count(), 2u);
    EXPECT_EQ(maker.asked[1].urgency, Urgency::Requested);
    maker.answer(1, std::string("bytes"));
    EXPECT_EQ(answer->text, "bytes");
}

TEST_F(MakingsTest, WhatHadBegunEndsWithTheLastWhoWantedIt) {
    maker.withdraws = maker.cancels = false;
    auto first = ahead("a");
    auto second = ahead("a");
    first.reset();
    second.reset();
    EXPECT_TRUE(maker.asked[0].cancelled);
}

TEST_F(MakingsTest, WhatNobodyWantsAnyMoreIsCalledOff) {
    auto first = ahead("a"), second = ahead("a", Urgency::Prefetch);
    EXPECT_EQ(maker.count(), 1u);
    first.reset();
    EXPECT_FALSE(maker.asked[0].cancelled);
    second.reset();
    EXPECT_TRUE(maker.asked[0].cancelled);
    EXPECT_EQ(makings->status().underWay, 0u);
    auto other = ahead("b");
    const auto answer = ask("b");
    other.reset();
    EXPECT_FALSE(maker.asked[2].cancelled);  // somebody waits
    maker.answer(2, std::string("bytes"));
    EXPECT_EQ(answer->text, "bytes");
}

TEST_F(MakingsTest, AheadHasItsOwnLimitAndLeavesWhatIsThere) {
    std::vector<Makings::Interest> held;
    for (const char* key : {"a", "b", "c", "d"}) {
        held.push_back(ahead(key));
        EXPECT_TRUE(held.back());
    }
    EXPECT_FALSE(ahead("e"));
    maker.answer(0, std::string("bytes"));
    EXPECT_FALSE(ahead("a"));
    EXPECT_TRUE(ahead("e"));
}

TEST_F(MakingsTest, AShutDownIsAnError) {
    const auto answer = ask("a");
    maker.answer(0, core::fail(ErrorCode::Cancelled, "The server is stopping."));
    EXPECT_EQ(answer->error, ErrorCode::Cancelled);
    EXPECT_EQ(maker.count(), 1u);
}

TEST_F(MakingsTest, ASourceThatCannotBeOpenedIsAnError) {
    ErrorCode code = ErrorCode::Internal;
    makings->get(
        cacheKey({"a"}), "ana",
        [](Urgency, SegmentMaker::Done<std::string>) -> core::Result<SegmentMaker::Ticket> {
            return core::fail(ErrorCode::NotFound, "Gone.");
        },
        [&](core::Result<SegmentCache::Entry> entry) { code = entry.error().code; });
    EXPECT_EQ(code, ErrorCode::NotFound);
    EXPECT_EQ(makings->status().underWay, 0u);
}

}  // namespace
}  // namespace marea::server
