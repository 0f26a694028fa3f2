#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "server/apps/catalog/item.h"
#include "server/apps/downloads/downloadstore.h"
#include "server/apps/downloads/sealedbody.h"
#include "server/farm/downloadfiles.h"
#include "server/farm/jobqueue.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/packaging/downloadplan.h"

namespace marea::server {

// What downloads ask of the catalogue, as the asking user may see it. Calls block.
class DownloadTitles {
public:
    virtual ~DownloadTitles() = default;
    virtual core::Result<ItemDetail> item(const core::Id& userId, const core::Id& itemId) = 0;
    // What an album, an artist, a season or a series consists of, in its order; none of what is one title.
    virtual core::Result<std::vector<Item>> titlesOf(const core::Id& userId, const core::Id& itemId, int most) = 0;
    virtual core::Result<OpenedFile> openFile(const core::Id& userId, const core::Id& fileId) = 0;
    virtual core::Result<void> inTheClear(const core::Id& itemId) = 0;  // Forbidden when it is protected
    // What its files are encrypted with on their way out; nullopt: they are not.
    virtual core::Result<std::optional<DownloadSeal>> sealOf(const core::Id& itemId) = 0;
    // Whether it is there, and not the user's to see any more.
    virtual core::Result<bool> hides(const core::Id& userId, const core::Id& itemId) = 0;
};

struct DownloadOptions {
    std::string build;                                       // another one's files are not used
    core::TimeMs keep = core::TimeMs{7} * 24 * 3600 * 1000;  // after it was last asked for or taken
    std::int64_t perUser = 1000;
};

// Titles as files to keep: each is asked for, made by the farm, and then taken in any part. Calls block; any thread.
class Downloads {
public:
    Downloads(core::db::Database& database, DownloadTitles& titles, DownloadFiles& files, JobQueue& jobs,
              std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool,
              DownloadOptions options);

    void addRoutes(Router& router);
    // Removes what nobody took for long, and files that nobody has.
    void maintain();

    // As the user sees it.
    struct State {
        DownloadRow row;
        std::string state;  // "queued", "making", "ready", "failed", "cancelled", "expired"
        double progress = 0;
        std::optional<std::int64_t> size;
        std::string error;
        core::TimeMs expiresAt = 0;
        bool hidden = false;  // the title is not theirs to see any more
        std::string keyName;  // of a protected title: what its licence is asked for by
    };
    struct Order {
        core::Id media, file;  // no file: the first that plays
        std::string quality, format;
        DownloadWish wish;
        std::string idempotencyKey;
        bool encrypted = false;  // that of protected titles is taken, too
    };
    struct Ordered {
        State state;
        bool isNew = false;
    };
    core::Result<Ordered> order(const core::Id& userId, const Order& order);
    // Each title of an album, an artist, a season or a series, as if it were asked for by itself: those that cannot be
    // had are told with the reason. nullopt: it is one title. An error: none of them can be had.
    struct Refused {
        core::Id media;
        std::string title, reason;
    };
    struct OrderedAll {
        std::vector<State> states;
        std::vector<Refused> refused;
        bool isNew = false;  // any of them
    };
    core::Result<std::optional<OrderedAll>> orderAll(const core::Id& userId, const Order& order);
    core::Result<State> find(const core::Id& userId, const core::Id& id);
    core::Result<std::vector<State>> ofUser(const core::Id& userId, const core::Id& before, std::int64_t limit);
    core::Result<void> remove(const core::Id& userId, const core::Id& id);
    // `encrypted`: of a protected title, as which it goes out; else that is Forbidden.
    core::Result<Response> file(const core::Id& userId, const core::Id& id, bool encrypted);

private:
    core::Result<OpenedFile> open(const core::Id& userId, const DownloadRow& row);
    core::Result<DownloadRow> rowOf(const core::Id& userId, const ItemDetail& item, const ItemFile& file,
                                    const OpenedFile& opened, const Order& order) const;
    core::Result<core::Id> queue(const DownloadRow& row, const std::string& fingerprint, const DownloadWish& wish);
    core::Result<Ordered> again(DownloadRow row, const std::string& fingerprint, const DownloadWish& wish);
    core::Result<State> stateOf(DownloadRow row);
    core::Result<DownloadRow> visibleRow(const core::Id& userId, const core::Id& id);
    core::Result<OpenedFile> openMade(const DownloadRow& row);

    DownloadStore store_;
    DownloadTitles& titles_;
    DownloadFiles& files_;
    JobQueue& jobs_;
    const std::shared_ptr<const core::Clock> clock_;
    const std::shared_ptr<core::Logger> logger_;
    WorkPool& pool_;
    const DownloadOptions options_;
    std::atomic<core::TimeMs> sweptAt_ = 0;
};

}  // namespace marea::server
