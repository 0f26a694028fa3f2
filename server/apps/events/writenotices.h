#pragma once

#include <functional>

#include "core/db/database.h"

namespace marea::server {

// A database that tells of each write that was committed, on the thread that wrote.
class WriteNotices final : public core::db::Database {
public:
    WriteNotices(core::db::Database& database, std::function<void()> written)
        : database_(database), written_(std::move(written)) {}

    core::Result<void> read(const std::function<core::Result<void>(core::db::Session&)>& work) override {
        return database_.read(work);
    }
    core::Result<void> write(const std::function<core::Result<void>(core::db::Session&)>& work) override {
        auto done = database_.write(work);
        if (done) {
            written_();
        }
        return done;
    }
    core::Result<void> backup(const std::string& path) override { return database_.backup(path); }

private:
    core::db::Database& database_;
    const std::function<void()> written_;
};

}  // namespace marea::server
