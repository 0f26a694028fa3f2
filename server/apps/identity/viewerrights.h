#pragma once

#include <cstdint>
#include <functional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/db/database.h"
#include "server/apps/identity/viewer.h"
#include "server/gateway/http.h"

namespace marea::server {

// What each person may see, kept in memory so that a request costs a look-up. Who is not known sees nothing, nor does
// anybody whom the database does not tell of. Thread-safe; blocks on the database the first time.
class ViewerRights {
public:
    explicit ViewerRights(core::db::Database& database) : database_(database) {}

    Viewer of(const core::Id& userId);
    // An owner sees everything; a stream token may name its log-in alone.
    Viewer of(const Principal& who);

    // Part of a transaction that changes what somebody may see, or who somebody is: other processes notice by it.
    static core::Result<void> note(core::db::Session& session);
    // After such a transaction: from here on everybody is looked up anew. Calls what onChange() was given.
    void changed();
    // changed(), if another process noted something. Every few seconds.
    core::Result<void> refresh();
    // Before the server starts: called after every change, on the thread that made it.
    void onChange(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }

private:
    Viewer load(const core::Id& userId);

    core::db::Database& database_;
    std::vector<std::function<void()>> listeners_;
    std::shared_mutex mutex_;
    std::unordered_map<core::Id, Viewer> known_;
    std::uint64_t age_ = 0;  // counts changes
    std::string noted_;      // of the last change that was taken in
};

}  // namespace marea::server
