#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "server/apps/catalog/scanjob.h"

namespace marea::server {

struct LibraryScanState {
    std::string state = "idle";  // "idle", "scanning" (or waiting for it), "error"
    std::int64_t scanned = 0, total = 0;
    std::string problem;
    std::optional<core::TimeMs> lastScanAt;  // since the start of this program
};

// Queues scans and runs them one after the other on a thread of its own. Thread-safe.
class Scanner {
public:
    // `onChange` is called on the scanner's thread after a scan that wrote something.
    Scanner(const ScanJob::Context& context, std::function<void()> onChange);
    ~Scanner();

    void start();
    void stop();  // ends the scan under way at its next safe point
    // Everything in the library, or a folder (relative) in which something happened.
    void request(const core::Id& library);
    void request(const core::Id& library, const std::string& folder);
    void played(const core::Id& item);     // its plays, and those of what it is part of, are counted anew
    void forget(const core::Id& library);  // a removed library: waits until nothing of it is being scanned
    void cancel(const core::Id& library);  // what is queued of it, and what is under way, at its next safe point
    void waitUntilIdle();
    LibraryScanState state(const core::Id& library) const;

private:
    struct Request {
        bool all = false;
        std::set<std::string> folders;
    };
    void loop();
    void runOne(const core::Id& library, Request request);
    core::Result<std::optional<ScanLibrary>> library(const core::Id& id);
    core::Result<void> finish(const ScanLibrary& library, bool all, const core::Result<ScanSummary>& result);
    core::Result<bool> purge(const core::Id& library);
    core::Result<void> updatePopularity();
    void countPlays(const std::set<core::Id>& items);
    bool idle() const { return queue_.empty() && running_.empty() && played_.empty() && !counting_; }

    ScanJob::Context context_;
    std::function<void()> onChange_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<core::Id, Request> queue_;
    std::map<core::Id, LibraryScanState> states_;
    core::Id running_;
    std::set<core::Id> played_;
    bool counting_ = false;
    ScanProgress progress_;
    std::atomic<bool> stop_{false};  // of the scan under way
    bool stopping_ = false, started_ = false;
    std::thread thread_;
};

}  // namespace marea::server
