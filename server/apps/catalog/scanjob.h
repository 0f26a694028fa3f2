#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "core/io/clearfile.h"
#include "core/io/prober.h"
#include "server/apps/catalog/writing.h"

namespace marea::server {

struct ScanProgress {
    std::atomic<std::int64_t> scanned{0}, total{0};  // files that had to be looked at
};

struct ScanJobOptions {
    int probesInFlight = 128;
    core::TimeMs missingGrace = 0;
    std::size_t batchFiles = 1000;
};

struct ScanLibrary {
    core::Id id;
    std::string name, path;
};

struct ScanSummary {
    std::int64_t files = 0;    // media files seen
    std::int64_t written = 0;  // of them, those that were new or changed
    bool wrote = false;        // anything at all
};

// One scan of a library, or of some of its folders, on the calling thread and one more that writes. Files of unchanged
// folders are not read; what is read is committed folder by folder in batches, so that whatever ends the program, the
// next scan goes on from there. A file that cannot be read is an item with a problem; the scan fails only when the
// library's folder or the database does.
class ScanJob {
public:
    struct Context {
        core::db::Database& database;
        core::Prober& prober;
        const core::Clock& clock;
        core::Logger& logger;
        ScanJobOptions options;
        WritingHook writing = {};
        core::SealSecrets* seals = nullptr;
    };

    // `folders`: relative folders in which something happened; nullopt: everything.
    ScanJob(const Context& context, ScanLibrary library, std::optional<std::set<std::string>> folders,
            const std::atomic<bool>& stop, ScanProgress& progress);
    ~ScanJob();
    core::Result<ScanSummary> run();

private:
    struct Shared;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
