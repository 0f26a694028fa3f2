#include "server/farm/jobqueue.h"

#include <set>
#include <thread>

#include "farmfixture.h"

namespace marea::server {
namespace {

const core::Error kOverloaded{core::ErrorCode::Timeout, "after 30 s", "It took too long."};
const core::Error kBroken{core::ErrorCode::Corrupt, "no moov", "The file is damaged."};

TEST_F(FarmTest, AJobGoesFromQueuedOverLeasedToDone) {
    const core::Id id = add("a");
    EXPECT_EQ(jobOf(id).state, JobState::Queued);
    const Job job = take();
    EXPECT_EQ(job.id, id);
    EXPECT_EQ(job.payload.at("about"), "a");
    EXPECT_EQ(job.state, JobState::Leased);
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(take().id, "");
    EXPECT_TRUE(queue->finish(job.lease(), core::json::object{{"sheets", 3}}).value());
    const Job done = jobOf(id);
    EXPECT_EQ(done.state, JobState::Done);
    EXPECT_EQ(done.result.at("sheets"), 3);
    EXPECT_EQ(done.progress, 1);
    EXPECT_EQ(queue->counts()->done, 1);
}

TEST_F(FarmTest, TheSameWorkIsQueuedOnceWhileItIsNotFinished) {
    const core::Id first = add("a");
    EXPECT_EQ(add("a"), first);
    add("b", JobPriority::Download);
    EXPECT_EQ(add("a", JobPriority::Interactive), first);  // and is as urgent as the most urgent wish
    EXPECT_EQ(jobOf(first).priority, JobPriority::Interactive);
    EXPECT_EQ(add("a"), first);
    EXPECT_EQ(jobOf(first).priority, JobPriority::Interactive);
    const Job job = take();
    EXPECT_EQ(job.id, first);
    EXPECT_EQ(add("a"), first);
    EXPECT_TRUE(queue->finish(job.lease(), nullptr).value());
    EXPECT_NE(add("a"), first);
}

TEST_F(FarmTest, WhatIsKnownIsNotAddedAsNew) {
    add("failed");
    EXPECT_TRUE(queue->fail(take().lease(), kBroken).value());
    add("done");
    EXPECT_TRUE(queue->finish(take().lease(), nullptr).value());
    EXPECT_EQ(queue->addNew({newJob("failed"), newJob("x"), newJob("y")}).value(), 2);
    EXPECT_EQ(queue->addNew({newJob("failed"), newJob("x"), newJob("y"), newJob("done")}).value(), 1);
}

TEST_F(FarmTest, TheMostUrgentGoesFirstAndTheLeastMayBeLeftOut) {
    add("batch");
    add("download", JobPriority::Download);
    add("live", JobPriority::Live);
    add("interactive", JobPriority::Interactive);
    EXPECT_EQ(take("one", JobPriority::Interactive).key, "live");
    EXPECT_EQ(take("one", JobPriority::Interactive).key, "interactive");
    EXPECT_EQ(take("one", JobPriority::Interactive).key, "");
    EXPECT_EQ(take().key, "download");
    EXPECT_EQ(take().key, "batch");
}

TEST_F(FarmTest, OnlyKindsThatTheOwnerKnowsAreTaken) {
    NewJob other = newJob("a");
    other.kind = "other";
    add(other);
    EXPECT_EQ(take().id, "");
    EXPECT_EQ(queue->take("one", kLease, {"count", "other"})->value().kind, "other");
}

TEST_F(FarmTest, UsersShareFairly) {
    const core::Id ana = addUser("ana"), bo = addUser("bo");
    const auto addFor = [&](const core::Id& user, const std::string& key) {
        NewJob job = newJob(key);
        job.userId = user;
        add(job);
    };
    for (const char* key : {"a1", "a2", "a3", "a4"}) {
        addFor(ana, key);
    }
    addFor(bo, "b1");
    addFor(bo, "b2");
    add("s1");
    std::vector<std::string> order;
    Job last;
    for (int i = 0; i < 4; ++i) {  // all running at once
        last = take();
        order.push_back(last.key);
    }
    EXPECT_EQ(order, (std::vector<std::string>{"a1", "b1", "s1", "a2"}));
    EXPECT_EQ(take().key, "b2");
    EXPECT_TRUE(queue->finish(last.lease(), nullptr).value());
    EXPECT_EQ(take().key, "a3");
}

TEST_F(FarmTest, UsersTakeTurnsAlsoWhereOneJobRunsAtATime) {
    const core::Id ana = addUser("ana"), bo = addUser("bo");
    for (const auto& [user, key] : {std::pair(ana, "a1"), {ana, "a2"}, {ana, "a3"}, {bo, "b1"}}) {
        NewJob job = newJob(key);
        job.userId = user;
        add(job);
    }
    std::vector<std::string> order;
    for (int i = 0; i < 4; ++i) {
        const Job job = take();
        order.push_back(job.key);
        EXPECT_TRUE(queue->finish(job.lease(), nullptr).value());
    }
    EXPECT_EQ(order, (std::vector<std::string>{"a1", "b1", "a2", "a3"}));
}

TEST_F(FarmTest, AnOwnerThatDiedIsRelievedOnce) {
    add("a");
    const Job dead = take("dead");
    clock->time += kLease - 10;
    EXPECT_EQ(take("two").id, "");
    clock->time += 20;
    const Job taken = take("two");
    EXPECT_EQ(taken.id, dead.id);
    EXPECT_EQ(taken.attempts, 2);
    EXPECT_EQ(take("three").id, "");
    // The dead one comes back to life: what it says no longer counts.
    EXPECT_EQ(queue->heartbeat(dead.lease(), kLease, 0.5).value(), LeaseState::Lost);
    EXPECT_FALSE(queue->finish(dead.lease(), nullptr).value());
    EXPECT_FALSE(queue->fail(dead.lease(), kOverloaded).value());
    EXPECT_FALSE(queue->giveBack(dead.lease()).value());
    EXPECT_TRUE(queue->finish(taken.lease(), nullptr).value());
}

TEST_F(FarmTest, AnOwnersEarlierLeaseIsNotItsPresentOne) {
    add("a");
    const Job before = take("one");
    clock->time += kLease + 1;
    const Job now = take("one");
    EXPECT_EQ(now.id, before.id);
    EXPECT_EQ(queue->heartbeat(before.lease(), kLease, 0).value(), LeaseState::Lost);
    EXPECT_EQ(queue->heartbeat(now.lease(), kLease, 0).value(), LeaseState::Held);
}

TEST_F(FarmTest, SignsOfLifeKeepALease) {
    add("a");
    const Job job = take();
    for (int i = 1; i <= 5; ++i) {
        clock->time += kLease / 2;
        EXPECT_EQ(queue->heartbeat(job.lease(), kLease, i * 0.1).value(), LeaseState::Held);
        EXPECT_EQ(take("two").id, "");
    }
    EXPECT_EQ(jobOf(job.id).progress, 0.5);
}

TEST_F(FarmTest, AJobThatKillsItsOwnersFailsAtLast) {
    NewJob deadly = newJob("a");
    deadly.maxAttempts = 2;
    const core::Id id = add(deadly);
    EXPECT_EQ(take().id, id);
    clock->time += kLease;
    EXPECT_EQ(take().id, id);
    clock->time += kLease;
    EXPECT_EQ(queue->takeOver().value(), 1);
    EXPECT_EQ(jobOf(id).state, JobState::Failed);
    EXPECT_NE(jobOf(id).error, "");
}

TEST_F(FarmTest, AFailureIsTriedAgainAfterARestUntilItIsOneTooMany) {
    NewJob wanted = newJob("a");
    wanted.maxAttempts = 3;
    const core::Id id = add(wanted);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        const Job job = take();
        ASSERT_EQ(job.id, id) << attempt;
        EXPECT_TRUE(queue->fail(job.lease(), kOverloaded).value());
        const core::TimeMs failedAt = clock->time;
        EXPECT_EQ(jobOf(id).error, "It took too long.");
        EXPECT_EQ(take().id, "");
        clock->time = failedAt + backoff(attempt) - 1;
        EXPECT_FALSE(queue->somethingDue().value());
        EXPECT_EQ(take().id, "");
        clock->time = failedAt + backoff(attempt);
        EXPECT_EQ(queue->somethingDue().value(), attempt < 3);
    }
    EXPECT_EQ(jobOf(id).state, JobState::Failed);
    EXPECT_EQ(take().id, "");
}

TEST_F(FarmTest, WhatCannotBeHelpedIsNotTriedAgain) {
    add("a");
    const Job job = take();
    EXPECT_TRUE(queue->fail(job.lease(), kBroken).value());
    EXPECT_EQ(jobOf(job.id).state, JobState::Failed);
    EXPECT_EQ(jobOf(job.id).error, "The file is damaged.");
}

TEST_F(FarmTest, GivenBackIsAsIfItHadNotBegun) {
    add("a");
    const Job job = take();
    EXPECT_TRUE(queue->giveBack(job.lease()).value());
    EXPECT_EQ(jobOf(job.id).attempts, 0);
    const Job again = take("two");
    EXPECT_EQ(again.id, job.id);
    EXPECT_EQ(queue->heartbeat(job.lease(), kLease, 0).value(), LeaseState::Lost);
}

TEST_F(FarmTest, ACancelledJobIsNotBegunAndItsOwnerHearsOfIt) {
    const core::Id waiting = add("a");
    EXPECT_TRUE(queue->cancel(waiting));
    EXPECT_EQ(take().id, "");
    EXPECT_EQ(queue->cancel(waiting).error().code, core::ErrorCode::Conflict);
    EXPECT_EQ(queue->cancel(core::newId()).error().code, core::ErrorCode::NotFound);
    add("b");
    const Job running = take();
    EXPECT_TRUE(queue->cancel(running.id));
    EXPECT_EQ(queue->heartbeat(running.lease(), kLease, 0).value(), LeaseState::Cancelled);
    EXPECT_FALSE(queue->finish(running.lease(), nullptr).value());
    EXPECT_EQ(jobOf(running.id).state, JobState::Cancelled);
    add("b");  // and may be wanted anew
    EXPECT_NE(take().id, "");
}

TEST_F(FarmTest, JobsGoWithTheirUser) {
    const core::Id ana = addUser("ana");
    NewJob wanted = newJob("a");
    wanted.userId = ana;
    add(wanted);
    const Job job = take();
    ASSERT_TRUE(database->write([&](core::db::Session& session) {
        return session.run("DELETE FROM users WHERE id=?1", {std::string_view(ana)});
    }));
    EXPECT_EQ(queue->heartbeat(job.lease(), kLease, 0).value(), LeaseState::Lost);
}

TEST_F(FarmTest, ARestartLosesNothing) {
    const core::Id queued = add("a"), leased = add("b"), failed = add("c");
    clock->time += 10;
    const Job a = take("before"), b = take("before"), c = take("before");
    ASSERT_EQ(b.id, leased);
    EXPECT_TRUE(queue->giveBack(a.lease()).value());
    EXPECT_TRUE(queue->fail(c.lease(), kOverloaded).value());
    open();
    EXPECT_EQ(jobOf(queued).state, JobState::Queued);
    EXPECT_EQ(jobOf(queued).payload.at("about"), "a");
    EXPECT_EQ(jobOf(leased).state, JobState::Leased);
    EXPECT_EQ(take("after").id, queued);
    EXPECT_EQ(take("after").id, "");
    clock->time += kLease;
    std::set<core::Id> rest{take("after").id, take("after").id, take("after").id};
    EXPECT_EQ(rest, (std::set<core::Id>{queued, leased, failed}));  // `queued` again: its lease ran out too
}

TEST_F(FarmTest, ListsGoPageByPageFromTheNewest) {
    std::vector<core::Id> ids;
    for (int i = 0; i < 5; ++i) {
        ids.insert(ids.begin(), add(std::to_string(i)));
    }
    ASSERT_TRUE(queue->cancel(ids[1]));
    std::vector<core::Id> seen;
    core::Id last;
    for (int page = 0; page < 3; ++page) {
        const auto jobs = queue->list({}, last, 2).value();
        for (const Job& job : jobs) {
            seen.push_back(last = job.id);
        }
    }
    EXPECT_EQ(seen, ids);
    EXPECT_EQ(queue->list({JobState::Cancelled, {}}, "", 10)->size(), 1U);
    EXPECT_EQ(queue->list({JobState::Queued, "count"}, "", 10)->size(), 4U);
    EXPECT_EQ(queue->list({std::nullopt, "other"}, "", 10)->size(), 0U);
    EXPECT_EQ(queue->counts()->queued, 4);
    EXPECT_EQ(queue->counts()->cancelled, 1);
}

TEST_F(FarmTest, OldFinishedJobsGo) {
    add("done");
    EXPECT_TRUE(queue->finish(take().lease(), nullptr).value());
    add("failed");
    EXPECT_TRUE(queue->fail(take().lease(), kBroken).value());
    add("waiting");
    EXPECT_EQ(queue->purge(kDay, 30 * kDay).value(), 0);
    clock->time += 2 * kDay;
    EXPECT_EQ(queue->purge(kDay, 30 * kDay).value(), 1);
    clock->time += 30 * kDay;
    EXPECT_EQ(queue->purge(kDay, 30 * kDay).value(), 1);
    EXPECT_EQ(queue->counts()->queued, 1);
    EXPECT_EQ(queue->list({}, "", 10)->size(), 1U);
}

TEST_F(FarmTest, TwoQueuesOnOneDatabaseNeverGiveAJobTwice) {
    constexpr int kJobs = 200;
    std::vector<NewJob> jobs;
    for (int i = 0; i < kJobs; ++i) {
        jobs.push_back(newJob(std::to_string(i)));
    }
    ASSERT_EQ(queue->addNew(jobs).value(), kJobs);
    JobQueue other(*database, clock);
    std::vector<core::Id> first, second;
    const auto work = [](JobQueue& from, const std::string& owner, std::vector<core::Id>& taken) {
        for (auto job = from.take(owner, kLease, kKinds); job && *job; job = from.take(owner, kLease, kKinds)) {
            taken.push_back((*job)->id);
            EXPECT_TRUE(from.finish((*job)->lease(), nullptr).value_or(false));
        }
    };
    std::thread beside([&] { work(other, "two", second); });
    work(*queue, "one", first);
    beside.join();
    std::set<core::Id> all(first.begin(), first.end());
    all.insert(second.begin(), second.end());
    EXPECT_EQ(first.size() + second.size(), static_cast<std::size_t>(kJobs));
    EXPECT_EQ(all.size(), static_cast<std::size_t>(kJobs));
    EXPECT_EQ(queue->counts()->done, kJobs);
}

TEST_F(FarmTest, WhoListensHearsOfChanges) {
    int heard = 0;
    auto listening = queue->onChange([&] { ++heard; });
    add("a");
    EXPECT_EQ(queue->addNew({newJob("a")}).value(), 0);
    EXPECT_EQ(heard, 1);
    EXPECT_TRUE(queue->giveBack(take().lease()).value());
    EXPECT_EQ(heard, 2);
    EXPECT_TRUE(queue->cancel(add("b")));
    EXPECT_EQ(heard, 4);
    listening.reset();
    add("c");
    EXPECT_EQ(heard, 4);
}

}  // namespace
}  // namespace marea::server
