#pragma once

#include "server/apps/webdav/davtree.h"

namespace marea::server::webdav {

struct Tree::Titled {
    Node node;
    FileFacts facts;
    std::int64_t order = 0;  // where it stands in a list
};

}  // namespace marea::server::webdav
