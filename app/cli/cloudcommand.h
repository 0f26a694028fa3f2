#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "sync/merge/record.h"

namespace marea::app {

// `marea sync --device cloud …`: a copy of an account's library on this computer, kept in step with its server.
bool isCloud(const std::vector<std::string>& arguments);
// As runSync(), of which it is a part. Exit codes: 0 done, 1 failed with a reason, 2 wrong usage.
int runCloud(const std::vector<std::string>& arguments);

// One line of a file of changes: {"kind": "item", "id": …, "set": {"rating": 7}, "count": {"plays": 1}, "remove":
// true}.
struct CloudChange {
    sync::RecordKey key;
    std::vector<sync::CellWrite> writes;
    std::vector<std::pair<std::string, std::int64_t>> counts;
    bool remove = false;
};
core::Result<CloudChange> cloudChangeFrom(std::string_view line);  // Invalid, with words

// A record as one JSON object: what it shows to somebody who takes the latest of each.
std::string recordLine(const sync::RecordKey& key, const sync::Record* record);

}  // namespace marea::app
