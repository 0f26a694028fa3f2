#include <algorithm>
#include <utility>

#include "server/apps/webdav/davtitle.h"

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
    auto before = again(parts);
    if (!before) {
        return unexpected<Error>(before.error());
    }
    if (*before) {
        return std::move(**before);
    }
    Node folder;
    auto found = lookFor(parts, folder);
    if (found && !found->isFolder() && known_ != nullptr) {
        const auto kept = remember(parts, folder, *found);
        if (!kept) {
            return unexpected<Error>(kept.error());
        }
    }
    return found;
}

// As it was found before. Nullopt: it was not, or it is gone, or something else by now, so that the lists say what is.
Result<std::optional<Node>> Tree::again(const std::vector<std::string>& parts) {
    auto known = known_ == nullptr ? std::nullopt : known_->find(viewer_.userId, parts, now_);
    if (!known) {
        return std::optional<Node>();
    }
    const auto revision = revisionOf(known->list);
    auto now = revision ? titled(known->file) : unexpected<Error>(revision.error());
    if (!now) {
        return unexpected<Error>(now.error());
    }
    if (!*now || (*now)->facts != known->facts || *revision != known->revision) {
        return std::optional<Node>();
    }
    (*now)->node.name = std::move(known->name);
    return std::optional(std::move((*now)->node));
}

Result<void> Tree::remember(const std::vector<std::string>& parts, const Node& folder, const Node& found) {
    const core::Id list = folder.place == Place::Playlist ? folder.id : core::Id();
    const auto revision = revisionOf(list);
    auto now = revision ? titled(found.file) : unexpected<Error>(revision.error());
    if (!now) {
        return unexpected<Error>(now.error());
    }
    if (*now) {
        known_->keep(viewer_.userId, parts, {found.file, std::move((*now)->facts), found.name, list, *revision}, now_);
    }
    return {};
}

// `folder`: what it is in.
Result<Node> Tree::lookFor(const std::vector<std::string>& parts, Node& folder) {
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
        folder = std::exchange(at, std::move(*found));
    }
    return at;
}

}  // namespace marea::server::webdav
