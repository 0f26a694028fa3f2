// Random lives of three computers and the account: changes on all of them, connections that lose requests and answers,
// programs that end in the middle, clocks that are up to three days off. Then everybody meets: all say the same, counts
// are right, and every value that was ever acknowledged stands, or is in somebody's history.
#include <set>

#include "cloudfixture.h"

namespace marea::sync::test {
namespace {

struct Written {
    RecordKey key;
    std::string cell;
    Dot dot;
    auto operator<=>(const Written&) const = default;
};

class Life {
public:
    Life(std::uint64_t seed, core::db::Database& database, std::shared_ptr<server::SyncClock> clock)
        : random_(seed),
          user_("u" + std::to_string(seed)),
          database_(database),
          clock_(std::move(clock)),
          service_(database_, clock_) {
        for (std::size_t i = 0; i < 3; ++i) {
            Computer one;
            one.owner = user_ + "-" + std::to_string(i);
            one.link = std::make_unique<DirectLink>(service_, user_);
            one.database = std::make_unique<EndingDatabase>(database_);
            const core::TimeMs skew = static_cast<core::TimeMs>(below(6 * kDay)) - 3 * kDay;
            one.cloud =
                std::make_unique<CloudSync>(*one.database, *one.link, std::make_shared<SkewedClock>(clock_, skew),
                                            CloudSync::Options{one.owner, one.owner, 1 + below(3)});
            one.link->fault = [this] { return below(8) == 0 ? 1 : below(8) == 0 ? 2 : 0; };
            one.database->ends = [this] { return below(12) == 0; };
            computers_.push_back(std::move(one));
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            clock_->time += static_cast<core::TimeMs>(below(kDay / 4));
            Computer& one = computers_[below(3)];
            const std::size_t what = below(10);
            if (what < 5) {
                change(one);
            } else if (what < 7) {
                changeOnServer();
            } else {
                static_cast<void>(one.cloud->run());
            }
        }
    }

    void settle() {
        for (Computer& one : computers_) {
            one.link->fault = {};
            one.database->ends = {};
        }
        for (int round = 0; round < 2; ++round) {
            for (Computer& one : computers_) {
                const auto done = one.cloud->run();
                ASSERT_TRUE(done) << done.error().text << " " << done.error().detail;
            }
        }
    }

    void check(const std::function<Replica(const std::string&)>& whole,
               const std::function<std::vector<SqliteRecords::Noted>(const std::string&)>& history) {
        const Replica server = whole(user_);
        std::set<Written> kept = standing(server);
        note(kept, history(user_));
        for (const Computer& one : computers_) {
            const Replica theirs = whole(one.owner);
            ASSERT_EQ(theirs.records().size(), server.records().size());
            for (const auto& [key, held] : server.records()) {
                ASSERT_EQ(held.record, *theirs.find(key)) << one.owner << " " << key.id;
            }
            note(kept, history(one.owner));
        }
        for (const Written& one : acknowledged_) {
            ASSERT_TRUE(kept.count(one)) << one.key.id << " " << one.cell << " " << one.dot.number << " is lost";
        }
        for (const auto& [key, plays] : plays_) {
            ASSERT_EQ(server.find(key)->counters.at("plays").total(), plays);
        }
        for (const auto& [key, plays] : plays_) {
            const auto said = database_.readValue<std::int64_t>([&](core::db::Session& session) {
                return server::userState(session, user_, key.id).map([](const auto& is) { return is.playCount; });
            });
            ASSERT_EQ(said.value(), plays) << "the library follows";
        }
    }

private:
    struct Computer {
        std::string owner;
        std::unique_ptr<DirectLink> link;
        std::unique_ptr<EndingDatabase> database;
        std::unique_ptr<CloudSync> cloud;
    };

    std::size_t below(std::size_t bound) { return random_() % bound; }
    RecordKey item() { return {"item", "0190a000-0000-7000-8000-00000000000" + std::to_string(1 + below(3))}; }

    void change(Computer& one) {
        const RecordKey key = item();
        if (below(3) == 0) {
            if (one.cloud->count(key, "plays", 2)) {
                plays_[key] += 2;
            }
            return;
        }
        const std::string cell = below(2) == 0 ? "rating" : "note";
        const Value value = cell == "rating" ? Value(static_cast<std::int64_t>(1 + below(10)))
                                             : Value("note " + std::to_string(random_() % 100'000));
        if (!one.cloud->edit(key, {{cell, value}})) {
            return;  // the program ended: it was not acknowledged
        }
        const auto ends = std::exchange(one.database->ends, {});
        const Version made = *one.cloud->find(key).value()->cells.at(cell).latest();
        one.database->ends = ends;
        acknowledged_.insert({key, cell, made.dot});
    }

    void changeOnServer() {
        const RecordKey key = item();
        ASSERT_TRUE(database_.write([&](core::db::Session& session) -> core::Result<void> {
            server::UserChange wish;
            wish.rating = static_cast<int>(1 + below(10));
            const auto is = server::changeUserState(session, {user_, "login-" + user_}, key.id, wish, clock_->now());
            return is ? core::Result<void>() : core::unexpected<core::Error>(is.error());
        }));
    }

    static std::set<Written> standing(const Replica& replica) {
        std::set<Written> all;
        for (const auto& [key, held] : replica.records()) {
            for (const auto& [cell, versions] : held.record.cells) {
                for (const Version& version : versions.versions()) {
                    all.insert({key, cell, version.dot});
                }
            }
        }
        return all;
    }
    static void note(std::set<Written>& kept, const std::vector<SqliteRecords::Noted>& noted) {
        for (const SqliteRecords::Noted& one : noted) {
            kept.insert({one.gone.key, one.gone.cell, one.gone.version.dot});
        }
    }

    std::mt19937_64 random_;
    const std::string user_;
    core::db::Database& database_;
    std::shared_ptr<server::SyncClock> clock_;
    server::SyncService service_;
    std::vector<Computer> computers_;
    std::set<Written> acknowledged_;
    std::map<RecordKey, std::int64_t> plays_;
};

class CloudHistories : public server::SyncTest {
protected:
    void user(const std::string& name) {
        run("INSERT INTO users VALUES ('" + name + "', '" + name + "', '" + name + "', '', 'member', 0)");
        run("INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) VALUES ('login-" +
            name + "', '" + name + "', 'tv', 0, 0, 9999999999999)");
    }
};

TEST_F(CloudHistories, AllEndEqualAndNothingAcknowledgedIsLost) {
    const char* first = std::getenv("MAREA_SEED");
    const std::uint64_t begin = first ? std::strtoull(first, nullptr, 10) : 1;
    for (std::uint64_t seed = begin; seed < begin + (isLong() ? 2000 : 200); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        user("u" + std::to_string(seed));
        Life life(seed, *database, clock);
        life.run(30);
        life.settle();
        ASSERT_FALSE(HasFatalFailure());
        life.check([&](const std::string& owner) { return whole(owner); },
                   [&](const std::string& owner) { return history(owner); });
        if (HasFatalFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace marea::sync::test
