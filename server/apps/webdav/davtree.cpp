#include "server/apps/webdav/davtree.h"

#include <algorithm>

namespace marea::server::webdav {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

Result<Node> nothing() {
    return fail(ErrorCode::NotFound, "There is nothing at this address.");
}

void nameApart(std::vector<Node>& nodes) {
    std::vector<Name> names;
    names.reserve(nodes.size());
    for (Node& node : nodes) {
        names.push_back(std::move(node.name));
    }
    makeUnique(names);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        nodes[i].name = std::move(names[i]);
    }
}

}  // namespace

Result<std::vector<Node>> Tree::in(const Node& folder) {
    auto nodes = unnamed(folder);
    if (nodes) {
        nameApart(*nodes);
    }
    return nodes;
}

Result<Node> Tree::find(const std::vector<std::string>& parts) {
    Node at;
    for (const std::string& part : parts) {
        auto nodes = in(at);
        if (!nodes) {
            return unexpected<Error>(nodes.error());
        }
        const auto found =
            std::find_if(nodes->begin(), nodes->end(), [&](const Node& node) { return node.name.text() == part; });
        if (found == nodes->end()) {
            return nothing();
        }
        at = std::move(*found);
    }
    return at;
}

}  // namespace marea::server::webdav
