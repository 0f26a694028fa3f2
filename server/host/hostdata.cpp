#include "server/host/hostdata.h"

#include "core/db/sqlite.h"

namespace marea::server {

using core::Result;

namespace {

constexpr int kReaders = 6;
constexpr std::chrono::milliseconds kFolderPatience{1000};  // commands have a folder for a moment, starts too

// Whether no helper is there, while what is returned lives.
Result<std::optional<HelperLock>> takeAlone(const std::string& folder, HostData& data) {
    auto lock = DataFolderLock::take(folder, kFolderPatience);
    if (!lock) {
        return core::unexpected<core::Error>(lock.error());
    }
    data.lock.emplace(std::move(*lock));
    return HelperLock::keepAway(folder, thisBuild(), kFolderPatience);
}

Result<void> join(const std::string& folder, HostData& data) {
    auto joined = HelperLock::join(folder, thisBuild(), kFolderPatience);
    if (!joined) {
        return core::unexpected<core::Error>(joined.error());
    }
    data.helping.emplace(std::move(*joined));
    return {};
}

}  // namespace

// Whom the folder belongs to brings the schema up to date, while no helper is there.
Result<HostData> HostData::open(const Config& config, const std::shared_ptr<core::Logger>& logger) {
    const std::string& folder = config.dataFolder;
    if (auto made = makeDataFolder(folder); !made) {
        return core::unexpected<core::Error>(made.error());
    }
    HostData data;
    std::optional<HelperLock> away;  // until the database is open
    if (config.serves()) {
        auto alone = takeAlone(folder, data);
        if (!alone) {
            return core::unexpected<core::Error>(alone.error());
        }
        away = std::move(*alone);
    } else if (auto joined = join(folder, data); !joined) {
        return core::unexpected<core::Error>(joined.error());
    }
    auto database =
        core::db::openSqlite(folder + "/marea.db", {.readers = kReaders, .migrate = away.has_value()}, logger);
    if (!database) {
        return core::unexpected<core::Error>(database.error());
    }
    data.database = std::move(*database);
    return data;
}

}  // namespace marea::server
