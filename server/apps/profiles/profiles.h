#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// The profiles that playback knows by name: those of the program, over them the owner's in the database, over these the
// configuration file's, which only the file changes. Changes count for what begins to play after them: what plays
// already goes on as it began. Thread-safe; changes block on the database.
class Profiles {
public:
    enum class Origin { BuiltIn, Owner, File };
    struct Entry {
        StreamProfilePtr profile;
        Origin origin = Origin::BuiltIn;
    };
    static constexpr std::size_t kMost = 100;  // of an owner's

    Profiles(core::db::Database& database, std::vector<StreamProfile> ofFile, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger, WorkPool& pool);

    // Reads the database. What cannot be read there any more is left out, and logged.
    core::Result<void> load();

    StreamProfilePtr find(std::string_view name) const;  // null: there is none
    std::optional<Entry> entry(std::string_view name) const;
    std::vector<Entry> all() const;  // by name, "default" first

    // Conflict: the name is taken, or there are too many.
    core::Result<Entry> add(StreamProfile profile);
    // In the place of one of that name, be it one of the program's. NotFound; Conflict: the file's.
    core::Result<Entry> replace(StreamProfile profile);
    // One of the program's comes back by that. Conflict: it is the program's, or the file's.
    core::Result<void> remove(std::string_view name);

    void addRoutes(Router& router);

private:
    using Map = std::map<std::string, Entry, std::less<>>;
    core::Result<Entry> save(StreamProfile profile);
    void put(const Entry& entry);

    core::db::Database& database_;
    const std::shared_ptr<const core::Clock> clock_;
    const std::shared_ptr<core::Logger> logger_;
    WorkPool& pool_;
    std::mutex changing_;       // one change at a time, from the look at what is there to the database
    mutable std::mutex mutex_;  // guards what is below
    Map entries_;
};

const char* name(Profiles::Origin origin);  // "built_in", "owner", "file"

}  // namespace marea::server
