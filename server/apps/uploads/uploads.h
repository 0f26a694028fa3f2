#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "server/apps/catalog/librarystore.h"
#include "server/apps/uploads/uploadrules.h"
#include "server/apps/uploads/uploadstore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

class Catalog;

// Files into libraries by tus 1.0.0 (extensions: creation, checksum, expiration, termination): a connection that breaks
// off costs nothing that was acknowledged, also when the server is killed. For owners. A whole file is put into the
// library at once, never over another one, and scanned. Calls block; any thread.
class Uploads {
public:
    static constexpr core::TimeMs kKept =
        core::TimeMs{7} * 24 * 3600 * 1000;  // an unfinished one, after its last piece
    static constexpr core::TimeMs kDoneKept = core::TimeMs{24} * 3600 * 1000;  // so that a lost answer is told again
    static constexpr std::int64_t kMostUnfinished = 200;                       // of a user

    // An upload and how much of it has come.
    struct State {
        UploadRow row;
        std::int64_t offset = 0;
    };

    Uploads(core::db::Database& database, Catalog& catalog, std::shared_ptr<const core::Clock> clock,
            std::shared_ptr<core::Logger> logger, WorkPool& pool);

    void addRoutes(Router& router);

    core::Result<State> create(const core::Id& userId, const UploadWish& wish);
    core::Result<State> find(const core::Id& userId, const core::Id& id);
    core::Result<std::vector<State>> ofUser(const core::Id& userId);
    core::Result<void> remove(const core::Id& userId, const core::Id& id);
    // Where the rest of the body of a PATCH goes, from `offset` on. Conflict when that is not where it stopped. An
    // earlier request that is still at it takes no more: its connection is dead and just does not know it yet.
    // `checksum`: of the body, SHA-256; empty: unknown.
    core::Result<std::unique_ptr<BodySink>> receive(const core::Id& userId, const core::Id& id, std::int64_t offset,
                                                    std::string checksum);
    // Removes what nobody went on with.
    void maintain();

private:
    friend class UploadSink;
    // Who writes to an upload: only the holder of the newest turn.
    struct Turns {
        std::mutex mutex;
        std::uint64_t newest = 0;
    };
    std::shared_ptr<Turns> turnsOf(const core::Id& id);
    State stateOf(UploadRow row) const;
    void finished(const UploadRow& row);
    // The disk did not keep what had come of it: it ends. The error with words for whoever sent it.
    core::Error lost(const UploadRow& row, const core::Error& error);

    UploadStore store_;
    LibraryStore libraries_;
    Catalog& catalog_;
    const std::shared_ptr<const core::Clock> clock_;
    const std::shared_ptr<core::Logger> logger_;
    WorkPool& pool_;
    core::TimeMs sweptAt_ = 0;
    std::mutex mutex_;
    std::map<core::Id, std::weak_ptr<Turns>> turns_;
};

// The answer to something that went wrong, with 507 for a full disk.
Response uploadProblem(const core::Error& error);

}  // namespace marea::server
