#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/media/capabilities.h"
#include "server/farm/jobqueue.h"
#include "server/farm/preparedholds.h"
#include "server/farm/preparedjobs.h"
#include "server/farm/preparedstore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/packaging/preparedplan.h"
#include "server/stream/streamservice.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// For which players a film is made ahead.
struct PreparedWish {
    core::json::value capabilities;  // as it was asked for
    core::Capabilities client;
    std::string profile;  // its name
};
// An owner's words, strict; `file`: which of the title's, where it is named.
core::Result<PreparedWish> parsePreparedWish(const core::json::value& body, core::Id& file);
core::json::object toJson(const PreparedWish& wish);  // without the file

// What preparing asks of the library. Calls block and are thread-safe.
class PreparedLibrary : public PreparedTitles {
public:
    struct Choice {
        core::Id file;
        StreamChoice choice;
    };
    // As playback would choose, or the file that is named. NotFound, or Unprocessable in words.
    virtual core::Result<Choice> choose(const core::Id& user, const core::Id& media, const core::Id& file,
                                        const core::Capabilities& client, StreamProfilePtr profile) = 0;
    struct Place {
        std::string fingerprint;
        bool there = false;  // else it vanished, and may come back
    };
    // Of those files, the ones that are known.
    virtual core::Result<std::map<core::Id, Place>> places(const std::set<core::Id>& files) = 0;
};

struct PreparedOptions {
    std::string build;
    std::int64_t mostBytes = std::int64_t{50} << 30;
    std::function<StreamProfilePtr(std::string_view name)> profiles;
    std::function<std::int64_t()> freeBytes;  // on the cache's disk
};

// Films made ahead: asked for by owners, made by the farm, kept until they are given up. Calls block unless they take
// `done`; any thread.
class Prepared {
public:
    struct Parts {
        PreparedStore& store;
        PreparedHolds& holds;
        PreparedLibrary& library;
        StreamService& streams;
        JobQueue& jobs;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    Prepared(Parts parts, PreparedOptions options) : parts_(std::move(parts)), options_(std::move(options)) {}

    void addRoutes(Router& router);
    // Follows what became of files and jobs; `catalogueChanged`: also of files. To be called every few seconds.
    void maintain(bool catalogueChanged);
    // Ladders may be others than before: the next maintenance plans those films anew of which that is so.
    void reconsider() { reconsider_ = lookAtFiles_ = true; }

    struct State {
        PreparedRow row;
        std::string state;  // "queued", "making", "ready", "failed", "cancelled", "missing"
        double progress = 0;
        std::string error;
    };
    using Done = std::function<void(core::Result<State>)>;
    // `done` once, when the file's index is there. TooLarge, in words: it does not fit.
    void want(const core::Id& user, const core::Id& media, const core::Id& file, const PreparedWish& wish, Done done);
    core::Result<std::vector<State>> ofTitle(const core::Id& media);
    // The newest first, those before `before` ("": from the newest).
    core::Result<std::vector<State>> page(const core::Id& before, std::int64_t limit);
    core::Result<void> giveUp(const core::Id& media);  // NotFound: nothing of it is made ahead

private:
    enum class Asking { Owner, Maintenance };  // who wants it; maintenance makes nothing anew that failed
    struct Asked {
        core::Id user, media;
        PreparedWish wish;
        StreamTitlePtr title;
        StreamChoice choice;
        Asking by = Asking::Owner;
    };
    void plan(core::Result<Asked> asked, Asking by, Done done);
    core::Result<Asked> understood(const core::Id& user, const core::Id& media, const core::Id& file,
                                   const PreparedWish& wish);
    PreparedRow rowOf(const Asked& asked, const std::vector<PreparedRendition>& renditions) const;
    core::Result<State> keep(const Asked& asked, const MediaIndex& index);
    core::Result<State> again(PreparedRow row, Asking by);
    core::Result<State> begin(PreparedRow row, const std::optional<PreparedRow>& before);
    core::Result<void> checkDisk(const PreparedRow& row) const;
    core::Result<void> queue(PreparedRow& row);
    core::Result<State> stateOf(PreparedRow row);
    core::Result<std::vector<State>> statesOf(core::Result<std::vector<PreparedRow>> rows);
    core::Result<void> remove(const PreparedRow& row);
    void callOff(const PreparedRow& row);

    using Places = std::map<core::Id, PreparedLibrary::Place>;
    core::Result<void> follow(bool files);
    core::Result<void> followFile(PreparedRow& row, const Places& places);
    core::Result<void> followLadder(const PreparedRow& row);
    core::Result<void> followJob(PreparedRow row, bool look);
    void planAnew(const PreparedRow& row, const std::string& fingerprint);
    void planFailed(PreparedRow row, const std::string& fingerprint, const core::Error& error);

    const Parts parts_;
    const PreparedOptions options_;
    std::mutex changing_;  // of rows and their jobs, by requests and maintenance
    std::mutex mutex_;     // guards the next
    std::set<core::Id> planning_;
    std::atomic<bool> lookAtFiles_ = true, lookAtSegments_ = true;  // at the start, and when it did not work
    std::atomic<bool> reconsider_ = true;  // at the start, for what another process measured meanwhile
    std::atomic<core::TimeMs> lookedAt_ = 0;
};

}  // namespace marea::server
