#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/db/sqlite.h"
#include "server/apps/audit/auditlog.h"

namespace marea::server {
namespace {

class StoppedClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    core::TimeMs time = 1'000'000;
};

class Audit : public ::testing::Test {
protected:
    Audit() {
        std::string name = (std::filesystem::temp_directory_path() / "marea-audit-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        database_ =
            std::move(*core::db::openSqlite((folder_ / "marea.db").string(), {.readers = 1}, core::makeNullLogger()));
        log_ = std::make_unique<AuditLog>(*database_, clock_, core::makeNullLogger(),
                                          [](const std::function<void()>& task) { task(); });
    }
    ~Audit() override {
        log_.reset();
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    void add(const char* action, const char* user, const char* subject = "", int status = 200) {
        clock_->time += 1000;
        log_->record({action, user, std::string(user) + "'s name", subject, "192.0.2.1", "r1", status});
    }
    std::vector<std::string> actions(const AuditLog::Filter& filter, std::int64_t limit = 50) {
        std::vector<std::string> found;
        const auto entries = log_->list(filter, limit);
        EXPECT_TRUE(entries) << entries.error().detail;
        for (const AuditEntry& entry : *entries) {
            found.push_back(entry.request.action);
        }
        return found;
    }
    bool run(const std::string& sql) {
        return database_->write([&](core::db::Session& session) { return session.run(sql); }).has_value();
    }

    std::filesystem::path folder_;
    std::shared_ptr<StoppedClock> clock_ = std::make_shared<StoppedClock>();
    std::unique_ptr<core::db::Database> database_;
    std::unique_ptr<AuditLog> log_;
};

using Actions = std::vector<std::string>;

TEST_F(Audit, KeepsWhatItWasTold) {
    add("library.remove", "ann", "lib-1", 204);
    const auto entries = log_->list({}, 10);
    ASSERT_TRUE(entries && entries->size() == 1);
    const AuditEntry& entry = entries->front();
    EXPECT_EQ(entry.at, 1'001'000);
    EXPECT_EQ(entry.request.action, "library.remove");
    EXPECT_EQ(entry.request.userId, "ann");
    EXPECT_EQ(entry.request.username, "ann's name");
    EXPECT_EQ(entry.request.subject, "lib-1");
    EXPECT_EQ(entry.request.peer, "192.0.2.1");
    EXPECT_EQ(entry.request.requestId, "r1");
    EXPECT_EQ(entry.request.status, 204);
}

TEST_F(Audit, BoundsAndCleansWhatComesFromOutside) {
    log_->record({"login", "", "", std::string(5000, 'x') + "\n", "192.0.2.1", "r1", 401});
    log_->record({"login", "", "", "a\nb", "192.0.2.1", "r2", 401});
    const auto entries = log_->list({}, 10);
    ASSERT_TRUE(entries && entries->size() == 2);
    EXPECT_EQ(entries->front().request.subject, "a b");
    EXPECT_LE(entries->back().request.subject.size(), 200U);
}

TEST_F(Audit, IsListedNewestFirstByWhatWasAskedFor) {
    add("library.add", "ann");
    add("library.remove", "bea");
    add("login", "");
    add("profile.add", "ann");
    EXPECT_EQ(actions({}), (Actions{"profile.add", "login", "library.remove", "library.add"}));
    EXPECT_EQ(actions({.action = "library."}), (Actions{"library.remove", "library.add"}));
    EXPECT_EQ(actions({.action = "library.add"}), (Actions{"library.add"}));
    EXPECT_EQ(actions({.action = "library"}), Actions{});
    EXPECT_EQ(actions({.userId = "ann"}), (Actions{"profile.add", "library.add"}));
    AuditLog::Filter filter;
    filter.since = 1'002'000;
    filter.until = 1'004'000;
    EXPECT_EQ(actions(filter), (Actions{"login", "library.remove"}));
    AuditLog::Filter further;
    further.before = log_->list({}, 2)->back().seq;
    EXPECT_EQ(actions(further, 1), (Actions{"library.remove"}));
}

TEST_F(Audit, IsNeitherChangedNorCutByAnybody) {
    add("login", "ann");
    EXPECT_FALSE(run("UPDATE audit SET action='nothing'"));
    EXPECT_FALSE(run("DELETE FROM audit"));
    EXPECT_FALSE(run("INSERT OR REPLACE INTO audit(seq, at, action, status) VALUES(1, 0, 'nothing', 0)"));
    EXPECT_FALSE(run("DELETE FROM audit_retention"));
    EXPECT_EQ(actions({}), (Actions{"login"}));
}

TEST_F(Audit, ForgetsWhatIsOlderThanItsRetentionAlone) {
    add("login", "ann");  // 1001000
    add("setup", "ann");  // 1002000
    EXPECT_TRUE(log_->forget(1'002'000));
    EXPECT_EQ(actions({}), (Actions{"setup"}));
    EXPECT_TRUE(log_->forget(1));  // not back again
    EXPECT_FALSE(run("UPDATE audit_retention SET kept_from=0"));
    EXPECT_EQ(actions({}), (Actions{"setup"}));
}

}  // namespace
}  // namespace marea::server
