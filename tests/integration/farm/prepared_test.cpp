#include <filesystem>
#include <future>

#include "preparedfixture.h"

namespace marea::server {
namespace {

TEST_F(PreparedTest, PiecesOfOneStretchOfTimeAreOneTask) {
    const auto tasks = preparedTasks({pieces("v0-h264-1080"), pieces("v0-h264-720"), pieces("a1-aac-2")});
    // Heads first, each by itself.
    ASSERT_GE(tasks.size(), 4u);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(tasks[static_cast<std::size_t>(i)].spec.number, SegmentSpec::kInit);
    }
    std::size_t ladders = 0;
    Ticks last = 0;
    for (std::size_t i = 3; i < tasks.size(); ++i) {
        EXPECT_GE(tasks[i].spec.from, last);
        last = tasks[i].spec.from;
        EXPECT_EQ(tasks[i].keys.size(), tasks[i].isLadder ? 2u : 1u);
        EXPECT_EQ(tasks[i].keys.size(), tasks[i].spec.tracks.size());
        ladders += tasks[i].isLadder ? 1 : 0;
    }
    EXPECT_EQ(ladders, kSegments);
}

TEST_F(PreparedTest, AFilmIsMadeOnceAndPlaysWithoutAWorker) {
    const auto state = want();
    ASSERT_TRUE(state) << state.error().text;
    EXPECT_EQ(state->state, "queued");
    EXPECT_GT(state->row.mostBytes, 0);
    auto farm = run();
    ASSERT_TRUE(isReady());
    const std::size_t asked = maker.count();
    EXPECT_EQ(maker.ladders(), kSegments);
    EXPECT_TRUE(maker.allBatch());
    for (const HeldRendition& rendition : row().content.renditions) {
        for (int number = SegmentSpec::kInit; number < rendition.segments; ++number) {
            EXPECT_TRUE(plays(rendition.name, number)) << rendition.name << " " << number;
        }
    }
    EXPECT_EQ(maker.count(), asked);
    EXPECT_EQ(row().bytes, streams->status().segmentCache.heldBytes);
    EXPECT_EQ(streams->status().segmentCache.bytes, 0);
    const auto again = want();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->state, "ready");
    EXPECT_EQ(maker.count(), asked);
}

TEST_F(PreparedTest, WhatPlaybackMadeIsNotMadeAgain) {
    ASSERT_TRUE(streams->keep(pieces("v0-h264-720")[4].key, "the fourth, behind the head"));
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    EXPECT_EQ(maker.rungsOf(3), std::vector<int>{1080});
    EXPECT_EQ(maker.rungsOf(4), (std::vector<int>{1080, 720}));
}

TEST_F(PreparedTest, AStopInTheMiddleGoesOnFromThere) {
    ASSERT_TRUE(want());
    maker.holdAfter = 9;
    auto farm = run();
    ASSERT_TRUE(until([&] { return maker.count() > 9; }));
    farm->stop();
    const auto stored = streams->stored(row().content);
    EXPECT_GT(stored.missing, 0);
    EXPECT_GT(stored.bytes, 0);
    farm.reset();
    maker.letGo();
    restart();
    EXPECT_EQ(streams->stored(row().content).bytes, stored.bytes);
    farm = run();
    ASSERT_TRUE(isReady());
    EXPECT_TRUE(maker.isEachOnce());
}

TEST_F(PreparedTest, AFilmIsAChainOfTurnsSoThatOthersHaveTheirs) {
    turn = 5;
    restart();
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    EXPECT_TRUE(until([&] { return queue->counts()->done == 4; })) << "17 makings, 5 a turn";
    EXPECT_EQ(queue->counts()->failed, 0);
}

TEST_F(PreparedTest, NothingOfItGoesForOthersUntilItIsGivenUp) {
    cacheBytes = 3000;
    restart();
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    ASSERT_GT(*row().bytes, cacheBytes);
    for (int film = 0; film < 30; ++film) {
        ASSERT_TRUE(plays("v0-h264-480", 3, "\"another " + std::to_string(film) + "\""));
    }
    EXPECT_EQ(streams->stored(row().content).missing, 0);
    EXPECT_LE(streams->status().segmentCache.bytes, cacheBytes);
    const HeldFile content = row().content;
    farm.reset();
    restart();
    EXPECT_EQ(streams->stored(content).missing, 0) << "pins outlast a restart";
    ASSERT_TRUE(prepared->giveUp(kTitle));
    EXPECT_TRUE(until([&] { return streams->stored(content).missing > 0; })) << "when the cache has counted";
    EXPECT_EQ(streams->status().segmentCache.heldBytes, 0);
    EXPECT_EQ(prepared->giveUp(kTitle).error().code, core::ErrorCode::NotFound);
}

TEST_F(PreparedTest, AHelperThatSharesTheFolderKeepsItToo) {
    cacheBytes = 3000;
    restart();
    ASSERT_TRUE(want());
    StreamOptions options = streamOptions({});
    StreamService others(options, maker, core::makeNullLogger());
    PreparedHolds theirs(*store, others, kBuild, {});
    auto farm = run();
    ASSERT_TRUE(isReady());
    ASSERT_TRUE(theirs.refresh());
    for (const HeldRendition& rendition : row().content.renditions) {  // it hears of the files
        (void)others.made({title(), "tv", rendition.name, rendition.format, 0});
    }
    ASSERT_TRUE(others.keep(cacheKey({"large"}), std::string(2900, 'x')));
    EXPECT_EQ(streams->stored(row().content).missing, 0);
    EXPECT_GT(others.status().segmentCache.heldBytes, 0);
}

TEST_F(PreparedTest, WhatDoesNotFitIsRefusedInWords) {
    mostBytes = 1000;
    restart();
    auto refused = want();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::ErrorCode::TooLarge);
    EXPECT_NE(refused.error().text.find("stream.prepared_size"), std::string::npos);
    mostBytes = std::int64_t{1} << 40;
    freeBytes = 512 << 20;
    restart();
    refused = want();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::ErrorCode::TooLarge);
    EXPECT_NE(refused.error().text.find("disk"), std::string::npos);
    EXPECT_TRUE(prepared->page("", 10)->empty());
    EXPECT_EQ(queue->counts()->queued, 0);
}

TEST_F(PreparedTest, AChangedFileIsMadeAnewAndTheOldOneIsLetGo) {
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    const HeldFile old = row().content;
    library.fingerprint = "\"2\"";
    prepared->maintain(true);
    ASSERT_TRUE(until([&] { return row().content.fingerprint == "\"2\""; }));
    ASSERT_TRUE(isReady());
    EXPECT_EQ(streams->status().segmentCache.heldBytes, row().bytes);
    EXPECT_EQ(streams->stored(old).missing, 0) << "it may go now, and need not";
}

TEST_F(PreparedTest, AnotherVersionOfTheProgramMakesItAnew) {
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    farm.reset();
    build = "later";
    restart();
    EXPECT_EQ(streams->status().segmentCache.heldBytes, 0);
    prepared->maintain(false);
    ASSERT_TRUE(until([&] { return row().build == "later"; }));
    farm = run();
    ASSERT_TRUE(isReady());
}

TEST_F(PreparedTest, AnotherLadderIsMadeAnewAndTheSameOneIsNot) {
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    const PreparedRow usual = row();
    prepared->reconsider();
    prepared->maintain(true);
    library.rungs = {{1080, 900'000, 0.99}, {720, 500'000, 0.98}, {480, 300'000, 0.97}};
    prepared->reconsider();
    ASSERT_TRUE(until([&] {
        prepared->maintain(true);
        return row().id != usual.id;
    }));
    const PreparedRow measured = row();
    EXPECT_FALSE(measured.content == usual.content);
    ASSERT_TRUE(isReady());
    prepared->reconsider();
    prepared->maintain(true);
    EXPECT_EQ(row().id, measured.id);
    EXPECT_EQ(streams->status().segmentCache.heldBytes, row().bytes);
}

TEST_F(PreparedTest, AVanishedFileIsLetGoAndKnownWhenItComesBack) {
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    library.there = false;
    prepared->maintain(true);
    EXPECT_EQ(prepared->ofTitle(kTitle)->front().state, "missing");
    EXPECT_EQ(streams->status().segmentCache.heldBytes, 0);
    library.there = true;
    prepared->maintain(true);
    EXPECT_EQ(prepared->ofTitle(kTitle)->front().state, "ready");
    EXPECT_GT(streams->status().segmentCache.heldBytes, 0);
    library.known = false;  // for good
    prepared->maintain(true);
    EXPECT_TRUE(prepared->ofTitle(kTitle)->empty());
    EXPECT_EQ(streams->status().segmentCache.heldBytes, 0);
}

TEST_F(PreparedTest, AWipedCacheIsMadeAgainAfterTheNextStart) {
    ASSERT_TRUE(want());
    auto farm = run();
    ASSERT_TRUE(isReady());
    farm.reset();
    streams.reset();
    std::filesystem::remove_all(folder + "/cache");
    restart();
    prepared->maintain(false);
    EXPECT_EQ(prepared->ofTitle(kTitle)->front().state, "queued");
    farm = run();
    ASSERT_TRUE(isReady());
    EXPECT_EQ(streams->stored(row().content).missing, 0);
}

TEST_F(PreparedTest, AJobThatWasLostIsQueuedAgainAndOneThatFailedWaitsForItsOwner) {
    ASSERT_TRUE(want());
    ASSERT_TRUE(database->write([](core::db::Session& session) { return session.run("DELETE FROM jobs"); }));
    clock->time += kDay;
    prepared->maintain(false);
    EXPECT_EQ(queue->counts()->queued, 1);
    maker.error = core::Error{core::ErrorCode::Corrupt, "", "The file is damaged."};
    auto farm = run();
    ASSERT_TRUE(until([&] { return queue->counts()->failed == 1; }));
    clock->time += kDay;
    prepared->maintain(true);
    EXPECT_EQ(queue->counts()->queued, 0);
    const auto failed = prepared->ofTitle(kTitle)->front();
    EXPECT_EQ(failed.state, "failed");
    EXPECT_EQ(failed.error, "The file is damaged.");
    maker.error.reset();
    ASSERT_TRUE(want());
    ASSERT_TRUE(isReady());
}

TEST_F(PreparedTest, WhatFailsWhileItIsPlannedAnewWaitsForItsOwner) {
    ASSERT_TRUE(want());
    std::promise<void> letGo;
    const std::shared_future<void> held = letGo.get_future().share();
    for (int i = 0; i < 2; ++i) {  // both threads of the pool, so that planning waits
        ASSERT_TRUE(pool->post([held] { held.wait(); }));
    }
    prepared->maintain(true);
    const auto job = queue->take("worker", kLease, {PreparedJobs::kKind}, JobPriority::Batch);
    ASSERT_TRUE(job && *job);
    ASSERT_TRUE(queue->fail((*job)->lease(), {core::ErrorCode::Corrupt, "", "The file is damaged."}));
    letGo.set_value();
    pool.reset();  // when all that was posted has run
    EXPECT_EQ(queue->counts()->queued, 0);
    EXPECT_EQ(prepared->ofTitle(kTitle)->front().state, "failed");
}

TEST_F(PreparedTest, CallingTheJobOffCallsTheMakingOff) {
    ASSERT_TRUE(want());
    maker.holdAfter = 5;
    auto farm = run();
    ASSERT_TRUE(until([&] { return maker.count() > 5; }));
    ASSERT_TRUE(queue->cancel(row().jobId));
    ASSERT_TRUE(until([&] { return farm->status().running == 0; }));
    EXPECT_EQ(prepared->ofTitle(kTitle)->front().state, "cancelled");
    EXPECT_TRUE(until([&] { return maker.heldCount() == 0; }));
}

TEST_F(PreparedTest, AnotherWishTakesThePlaceOfTheOneBefore) {
    ASSERT_TRUE(want());
    const core::Id before = row().id;
    PreparedWish small = wish();
    small.capabilities = core::json::object{{"preset", "chromium"}, {"max_height", 720}};
    small.client.maxHeight = 720;
    ASSERT_TRUE(want(small));
    EXPECT_NE(row().id, before);
    EXPECT_EQ(store->all()->size(), 1u);
    EXPECT_EQ(queue->counts()->queued, 1);
    EXPECT_EQ(queue->counts()->cancelled, 1);
    auto farm = run();
    ASSERT_TRUE(isReady());
    EXPECT_EQ(maker.rungsOf(0), std::vector<int>{720});
}

}  // namespace
}  // namespace marea::server
