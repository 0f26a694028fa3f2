#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/farm/preparedstore.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// Keeps this process's caches to what the database says has to stay in them. Each process that shares a cache folder
// has one, as each removes what was not used for longest. Calls block; thread-safe.
class PreparedHolds {
public:
    // What of the rows stays: for StreamOptions::held, so that nothing of it goes at the start.
    static std::vector<HeldFile> held(const std::vector<PreparedRow>& rows, const std::string& build);

    // `held`: the rows that `streams` holds since its start.
    PreparedHolds(PreparedStore& store, StreamService& streams, std::string build,
                  const std::vector<PreparedRow>& held);

    core::Result<void> refresh();

private:
    PreparedStore& store_;
    StreamService& streams_;
    const std::string build_;
    std::mutex mutex_;
    std::map<core::Id, HeldFile> held_;  // by the row's id
};

}  // namespace marea::server
