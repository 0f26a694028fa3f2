#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "core/db/sqlite.h"
#include "server/farm/jobqueue.h"

namespace marea::server {

class FarmClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    std::atomic<core::TimeMs> time = 1'700'000'000'000;
};

// A queue on a real database in a folder of its own, with a clock in the test's hands.
class FarmTest : public testing::Test {
protected:
    static constexpr core::TimeMs kLease = 60'000;
    static constexpr core::TimeMs kDay = 24 * 3600 * 1000;
    inline static const std::vector<std::string> kKinds{"count"};

    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-farm-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        open();
    }
    void TearDown() override {
        queue.reset();
        database.reset();
        std::filesystem::remove_all(folder);
    }

    // Also again, as a new start of the server would.
    void open() {
        queue.reset();
        database.reset();
        auto opened = core::db::openSqlite(folder + "/marea.db", {}, core::makeNullLogger());
        ASSERT_TRUE(opened) << opened.error().detail;
        database = std::move(*opened);
        queue = std::make_unique<JobQueue>(*database, clock);
    }

    core::Id addUser(const std::string& name) {
        const core::Id id = core::newId(clock->now());
        auto done = database->write([&](core::db::Session& session) {
            return session.run(
                "INSERT INTO users(id, username, username_key, password_hash, role, created_at) "
                "VALUES(?1, ?2, ?2, '', 'member', 0)",
                {std::string_view(id), std::string_view(name)});
        });
        EXPECT_TRUE(done) << done.error().detail;
        return id;
    }
    NewJob newJob(const std::string& key, JobPriority priority = JobPriority::Batch) {
        NewJob job;
        job.kind = "count";
        job.key = key;
        job.priority = priority;
        job.payload = {{"about", key}};
        return job;
    }
    core::Id add(const NewJob& job) {
        auto id = queue->add(job);
        EXPECT_TRUE(id) << id.error().detail;
        ++clock->time;  // so that they stand in this order
        return id.value_or("");
    }
    core::Id add(const std::string& key, JobPriority priority = JobPriority::Batch) {
        return add(newJob(key, priority));
    }
    // A job with an empty id: there was none.
    Job take(const std::string& owner = "one", JobPriority least = JobPriority::Batch) {
        auto job = queue->take(owner, kLease, kKinds, least);
        EXPECT_TRUE(job) << job.error().detail;
        ++clock->time;
        return job && *job ? std::move(**job) : Job();
    }
    Job jobOf(const core::Id& id) {
        auto job = queue->job(id);
        EXPECT_TRUE(job && *job);
        return job && *job ? std::move(**job) : Job();
    }

    std::string folder;
    std::shared_ptr<FarmClock> clock = std::make_shared<FarmClock>();
    std::unique_ptr<core::db::Database> database;
    std::unique_ptr<JobQueue> queue;
};

}  // namespace marea::server
