#pragma once

#include "core/base/json.h"
#include "server/apps/library/libraryevents.h"

namespace marea::server {

// An event as the wire has it, in the history and as it happens. Of lists in its data only how many there are: it may
// be thousands.
core::json::object eventJson(const LibraryEvent& event, bool undone);

}  // namespace marea::server
