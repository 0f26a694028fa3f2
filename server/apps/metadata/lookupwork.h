#pragma once

#include "server/apps/metadata/lookup.h"

namespace marea::server {

struct MetadataLookup::Work {
    LookupItem item;
    MetadataProvider* provider = nullptr;
    std::vector<MatchCandidate> candidates;
    std::string chosenId;  // what it is; empty until that is known
    bool byOwner = false;
    bool searchOnly = false;  // an owner wants to see what there is
    ProvidedMetadata found;
    std::function<void(core::Result<void>)> done;  // on one of the pool's threads
};

}  // namespace marea::server
