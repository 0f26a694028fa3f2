#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "core/base/log.h"
#include "core/db/database.h"
#include "core/library/spelling.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// The words of the search as a Spelling, made anew when one is asked for after titles changed. Small ones are made at
// once; large ones in the background, while the old one serves, or, at first, none. Thread-safe. Outside of any
// transaction.
class Spellings : public std::enable_shared_from_this<Spellings> {
public:
    Spellings(core::db::Database& database, WorkPool& pool, std::shared_ptr<core::Logger> logger)
        : database_(database), pool_(pool), logger_(std::move(logger)) {}

    void changed();
    // Null when the words cannot be read, or are not known yet.
    std::shared_ptr<const core::library::Spelling> current();

private:
    using Pointer = std::shared_ptr<const core::library::Spelling>;
    core::Result<Pointer> read();
    Pointer make();  // reads, keeps and returns it
    void makeInBackground();
    bool hasFewTitles() const;

    core::db::Database& database_;
    WorkPool& pool_;
    std::shared_ptr<core::Logger> logger_;
    std::mutex mutex_;
    std::condition_variable made_;
    Pointer spelling_;
    bool stale_ = true, making_ = false;
    std::chrono::steady_clock::time_point nextAt_;  // of a large one
};

}  // namespace marea::server
