// marea-server replay: libraries made anew from their events, or compared with them.
#include <algorithm>
#include <cctype>
#include <filesystem>

#include "core/db/sqlite.h"
#include "server/apps/library/replay.h"
#include "server/host/command.h"

namespace marea::server {

namespace json = core::json;
using core::Error;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kShown = 50;  // differences in words; --json has them all

bool sameName(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return x == y || (x < 128 && y < 128 && std::tolower(x) == std::tolower(y));
    });
}

Result<std::vector<User>> chosen(const CommandContext& context, Identity& identity) {
    auto users = identity.users();
    const auto name = context.arguments.value("--user");
    if (!users || !name) {
        return users;
    }
    std::erase_if(*users, [&](const User& user) { return !sameName(user.username, *name); });
    return users->empty() ? core::fail(core::ErrorCode::NotFound, "There is no user \"" + *name + "\".")
                          : std::move(users);
}

// A database with nothing in it, gone afterwards.
class ScratchDatabase {
public:
    explicit ScratchDatabase(const std::string& dataFolder) : folder_(dataFolder + "/replay-" + core::newId()) {
        std::error_code ignored;
        std::filesystem::create_directory(folder_, ignored);
    }
    ~ScratchDatabase() {
        database_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;

    Result<core::db::Database*> open(const std::shared_ptr<core::Logger>& logger) {
        auto opened = core::db::openSqlite(folder_ + "/scratch.db", {.readers = 1}, logger);
        if (!opened) {
            return unexpected<Error>(opened.error());
        }
        database_ = std::move(*opened);
        return database_.get();
    }

private:
    std::string folder_;
    std::unique_ptr<core::db::Database> database_;
};

Result<std::vector<Replayed>> compared(const CommandContext& context, core::db::Database& database,
                                       const std::vector<User>& users) {
    ScratchDatabase scratch(context.config.dataFolder);
    const auto opened = scratch.open(context.logger);
    if (!opened) {
        return unexpected<Error>(opened.error());
    }
    std::vector<Replayed> all;
    for (const User& user : users) {
        auto one = checkEvents(database, **opened, user.id);
        if (!one) {
            return unexpected<Error>(one.error());
        }
        all.push_back(std::move(*one));
    }
    return all;
}

Result<std::vector<Replayed>> rebuilt(core::db::Database& database, const std::vector<User>& users) {
    using All = std::vector<Replayed>;
    return database.writeValue<All>([&](core::db::Session& session) -> Result<All> {
        All all;
        for (const User& user : users) {
            auto one = replayEvents(session, user.id);
            if (!one) {
                return unexpected<Error>(one.error());
            }
            all.push_back(std::move(*one));
        }
        return all;
    });
}

void tell(const CommandContext& context, const std::vector<User>& users, const std::vector<Replayed>& all, bool check) {
    json::array items;
    std::string text;
    for (std::size_t i = 0; i < users.size(); ++i) {
        const auto& differences = all[i].differences;
        items.push_back(json::object{{"username", users[i].username},
                                     {"events", all[i].events},
                                     {"differences", json::array(differences.begin(), differences.end())}});
        text +=
            (i ? "\n" : "") + users[i].username + "  " + std::to_string(all[i].events) + " events, " +
            (differences.empty() ? "nothing differs"
                                 : std::to_string(differences.size()) + " rows " + (check ? "differ" : "put right"));
        for (std::size_t row = 0; row < differences.size() && row < kShown; ++row) {
            text += "\n  " + differences[row];
        }
    }
    print(context, json::object{{"items", std::move(items)}}, text.empty() ? "Nobody yet." : text);
}

}  // namespace

int runReplay(CommandContext& context) {
    const bool check = context.arguments.has("--check");
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    if (!check && !data->lock) {
        return failed(context, Error{core::ErrorCode::Conflict, "",
                                     "A server uses this data folder. Stop it first; --check works beside it."});
    }
    const auto users = chosen(context, *data->identity);
    const auto all = !users  ? Result<std::vector<Replayed>>(unexpected<Error>(users.error()))
                     : check ? compared(context, *data->database, *users)
                             : rebuilt(*data->database, *users);
    if (!all) {
        return failed(context, all.error());
    }
    tell(context, *users, *all, check);
    const bool differs =
        std::any_of(all->begin(), all->end(), [](const Replayed& one) { return !one.differences.empty(); });
    return check && differs ? kFailed : kDone;
}

}  // namespace marea::server
