#include "server/transcode/workerchoice.h"

#include <gtest/gtest.h>

using namespace marea;
using namespace marea::server;

namespace {

constexpr ChoiceLimits limits{8, 1};

WorkerView idle() {
    WorkerView view;
    view.ready = true;
    return view;
}

WorkerView at(std::size_t jobs) {
    WorkerView view = idle();
    view.inFlight = jobs;
    return view;
}

WorkerView atLongWork() {
    WorkerView view = at(1);
    view.alone = true;
    return view;
}

WorkerView inBackground(WorkerView view) {
    view.background = true;
    return view;
}

WorkerView warm(WorkerView view) {
    view.warm = view.keeps = true;
    return view;
}

WorkerView keepsAnother(WorkerView view) {
    view.keeps = true;
    return view;
}

std::optional<std::size_t> chooseForSegment(const std::vector<WorkerView>& workers, Level level = Level::Requested) {
    return chooseWorker(workers, level, true, limits);
}

}  // namespace

TEST(WorkerChoice, PrefersTheWorkerThatHasTheFileOpen) {
    EXPECT_EQ(chooseForSegment({idle(), warm(idle()), idle()}), 1u);
    EXPECT_EQ(chooseForSegment({keepsAnother(idle()), keepsAnother(idle()), warm(idle())}), 2u);
}

TEST(WorkerChoice, NeverWaitsForTheWarmOne) {
    EXPECT_EQ(chooseForSegment({warm(atLongWork()), keepsAnother(idle())}), 1u);
}

TEST(WorkerChoice, SparesAFileThatAnotherHasOpen) {
    EXPECT_EQ(chooseForSegment({keepsAnother(idle()), idle()}), 1u);
}

TEST(WorkerChoice, SendsNoSegmentBehindOtherWork) {
    EXPECT_EQ(chooseForSegment({at(1), at(3)}), std::nullopt);
    EXPECT_EQ(chooseForSegment({at(1), idle()}), 1u);
    EXPECT_EQ(chooseForSegment({atLongWork(), atLongWork()}), std::nullopt);
}

TEST(WorkerChoice, SendsSmallJobsAheadButNotBehindLongWork) {
    EXPECT_EQ(chooseWorker({at(3), at(2)}, Level::Scan, false, {8, 2}), 1u);
    EXPECT_EQ(chooseWorker({at(8), at(8)}, Level::Scan, false, {8, 2}), std::nullopt);
    EXPECT_EQ(chooseWorker({atLongWork(), at(7)}, Level::Interactive, false, limits), 1u);
    EXPECT_EQ(chooseWorker({atLongWork()}, Level::Interactive, false, limits), std::nullopt);
}

TEST(WorkerChoice, LeavesAWorkerFreeOfBackgroundWork) {
    for (const Level level : {Level::Prefetch, Level::Batch})
        EXPECT_EQ(chooseForSegment({inBackground(atLongWork()), idle()}, level), std::nullopt);
    for (const Level level : {Level::Requested, Level::Next})
        EXPECT_EQ(chooseForSegment({inBackground(atLongWork()), idle()}, level), 1u);
    EXPECT_EQ(chooseForSegment({atLongWork(), idle()}, Level::Batch), 1u) << "the other is not in the background";
    EXPECT_EQ(chooseWorker({inBackground(at(2)), idle()}, Level::Scan, false, limits), 0u) << "it has one already";
}

TEST(WorkerChoice, GivesBatchWorkToWorkersOfItsOwn) {
    constexpr ChoiceLimits apart{8, 1, true};
    WorkerView last = idle();
    last.batch = true;
    WorkerView busyLast = inBackground(atLongWork());
    busyLast.batch = true;
    EXPECT_EQ(chooseWorker({idle(), last}, Level::Batch, true, apart), 1u);
    EXPECT_EQ(chooseWorker({idle(), idle()}, Level::Batch, true, apart), std::nullopt);
    for (const Level level : {Level::Requested, Level::Interactive, Level::Next, Level::Prefetch, Level::Scan}) {
        EXPECT_EQ(chooseWorker({last, idle()}, level, true, apart), 1u);
        EXPECT_EQ(chooseWorker({last, atLongWork()}, level, true, apart), std::nullopt);
        EXPECT_EQ(chooseWorker({busyLast, idle()}, level, true, apart), 1u) << "it takes no place among the others";
    }
}

TEST(WorkerChoice, BeginsNoBatchWorkBesideWhatSomebodyWaitsFor) {
    EXPECT_TRUE(mayBeginBatch({1, false, 0, 0}));
    EXPECT_TRUE(mayBeginBatch({2, false, 0, 1}));
    EXPECT_FALSE(mayBeginBatch({2, true, 0, 0})) << "somebody waits";
    EXPECT_FALSE(mayBeginBatch({2, false, 1, 0})) << "both cores are taken";
    EXPECT_FALSE(mayBeginBatch({2, false, 0, 2}));
    EXPECT_TRUE(mayBeginBatch({4, false, 1, 1}));
    EXPECT_FALSE(mayBeginBatch({4, false, 1, 2}));
    EXPECT_TRUE(mayBeginBatch({16, false, 4, 0})) << "many watch on a large machine";
    EXPECT_FALSE(mayBeginBatch({16, true, 4, 0}));
}

TEST(WorkerChoice, WaitsForWorkersThatStart) {
    WorkerView starting;
    EXPECT_EQ(chooseForSegment({starting}), std::nullopt);
    EXPECT_EQ(chooseForSegment({}), std::nullopt);
    EXPECT_EQ(chooseForSegment({starting, idle()}), 1u);
}

TEST(JobQueue, GivesTheMostUrgentFirstAndTakesOutTheUnwanted) {
    JobQueue queue;
    const auto add = [&](JobId id, Level level) {
        auto job = std::make_unique<Job>();
        job->request = IndexRequest{id, ""};
        job->level = level;
        queue.push(std::move(job));
    };
    add(1, Level::Batch);
    add(2, Level::Scan);
    add(3, Level::Prefetch);
    add(4, Level::Next);
    add(5, Level::Interactive);
    add(6, Level::Requested);
    add(7, Level::Requested);
    EXPECT_EQ(jobOf(queue.take(7)->request), 7u);
    EXPECT_EQ(queue.take(7), nullptr);
    for (JobId expected = 6; expected > 0; --expected)
        EXPECT_EQ(jobOf(queue.pop()->request), expected);
    EXPECT_EQ(queue.pop(), nullptr);
    EXPECT_EQ(queue.front(), nullptr);
}
