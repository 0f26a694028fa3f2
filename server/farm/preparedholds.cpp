#include "server/farm/preparedholds.h"

namespace marea::server {

using core::Result;

namespace {

std::map<core::Id, HeldFile> wanted(const std::vector<PreparedRow>& rows, const std::string& build) {
    std::map<core::Id, HeldFile> files;
    for (const PreparedRow& row : rows) {
        if (row.present && row.build == build && !row.content.renditions.empty()) {
            files.emplace(row.id, row.content);
        }
    }
    return files;
}

}  // namespace

std::vector<HeldFile> PreparedHolds::held(const std::vector<PreparedRow>& rows, const std::string& build) {
    std::vector<HeldFile> files;
    for (auto& [id, file] : wanted(rows, build)) {
        files.push_back(file);
    }
    return files;
}

PreparedHolds::PreparedHolds(PreparedStore& store, StreamService& streams, std::string build,
                             const std::vector<PreparedRow>& held)
    : store_(store), streams_(streams), build_(std::move(build)), held_(wanted(held, build_)) {}

Result<void> PreparedHolds::refresh() {
    const std::lock_guard lock(mutex_);
    const auto rows = store_.all();
    if (!rows) {
        return core::unexpected<core::Error>(rows.error());
    }
    auto now = wanted(*rows, build_);
    for (const auto& [id, file] : now) {  // before others are let go, so that what both have stays
        if (!held_.contains(id)) {
            streams_.hold(file);
        }
    }
    for (const auto& [id, file] : held_) {
        if (!now.contains(id)) {
            streams_.letGo(file);
        }
    }
    held_ = std::move(now);
    return {};
}

}  // namespace marea::server
