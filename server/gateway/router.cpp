#include "server/gateway/router.h"

#include <algorithm>
#include <stdexcept>

namespace marea::server {

namespace {

constexpr std::string_view kStreamPrefix = "/stream/{token}/";

bool isParam(std::string_view part) {
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}
bool isRest(std::string_view part) {
    return isParam(part) && part[part.size() - 2] == '*';
}

// The first part of "a/b/c" and, by reference, what follows its '/'.
std::string_view takePart(std::string_view& rest) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    return part;
}

[[noreturn]] void refuse(std::string_view pattern, const char* why) {
    throw std::invalid_argument("route " + std::string(pattern) + ": " + why);
}

}  // namespace

std::size_t Router::child(std::size_t node, std::string_view part, bool last) {
    if (isRest(part) || isParam(part)) {
        std::size_t Node::*const slot = isRest(part) && last ? &Node::rest : &Node::param;
        if (nodes_[node].*slot == 0) {
            nodes_.emplace_back();
            nodes_[node].*slot = nodes_.size() - 1;
        }
        return nodes_[node].*slot;
    }
    for (const auto& [text, index] : nodes_[node].literals) {
        if (text == part) {
            return index;
        }
    }
    nodes_.emplace_back();
    nodes_[node].literals.emplace_back(std::string(part), nodes_.size() - 1);
    return nodes_.size() - 1;
}

std::size_t Router::nodeFor(std::string_view pattern, Access access) {
    if (pattern.empty() || pattern.front() != '/') {
        refuse(pattern, "does not start with '/'");
    }
    if (pattern.starts_with(kStreamPrefix) != (access == Access::Stream)) {
        refuse(pattern, "what is below /stream/{token}/, and nothing else, takes a stream token");
    }
    std::size_t node = 0;
    std::string_view rest = pattern.substr(1);
    while (!rest.empty()) {
        const bool last = rest.find('/') == std::string_view::npos;
        const std::string_view part = takePart(rest);
        if (part.empty() || (isRest(part) && !last)) {
            refuse(pattern, "has an empty part, or {rest*} before the end");
        }
        node = child(node, part, last);
    }
    return node;
}

core::Result<Principal> Authenticator::ticket(std::string_view /*ticket*/) {
    return core::fail(core::ErrorCode::Unauthorized, "Sign in first.");
}

void Router::add(Route route) {
    if (!route.handler && !route.openBody) {
        refuse(route.pattern, "has no handler");
    }
    if (route.access == Access::Ticket) {
        refuse(route.pattern, "is no WebSocket and takes no ticket");
    }
    Node& node = nodes_[nodeFor(route.pattern, route.access)];
    const auto same = [&](const auto& entry) { return entry.first == route.method; };
    if (std::any_of(node.routes.begin(), node.routes.end(), same)) {
        refuse(route.pattern, "is there already for this method");
    }
    node.routes.emplace_back(route.method, routes_.size());
    routes_.push_back(std::move(route));
}

void Router::add(WebSocketRoute route) {
    Node& node = nodes_[nodeFor(route.pattern, route.access)];
    if (node.webSocket) {
        refuse(route.pattern, "is there already as a WebSocket");
    }
    node.webSocket = webSocketRoutes_.size();
    webSocketRoutes_.push_back(std::move(route));
}

// Depth is bounded by the longest pattern, whatever the path.
bool Router::search(std::size_t index, std::string_view rest, Found& found) const {
    const Node& node = nodes_[index];
    if (rest.empty()) {
        found.node = index;
        return node.ends();
    }
    const std::string_view whole = rest;
    const std::string_view part = takePart(rest);
    for (const auto& [text, next] : node.literals) {
        if (text == part && search(next, rest, found)) {
            return true;
        }
    }
    if (node.param != 0) {
        found.values.push_back(part);
        if (search(node.param, rest, found)) {
            return true;
        }
        found.values.pop_back();
    }
    if (node.rest != 0) {
        found.values.push_back(whole);
        found.node = node.rest;
        return true;
    }
    return false;
}

void Router::name(const std::string& pattern, const Found& found, Match& match) const {
    std::string_view rest = std::string_view(pattern).substr(1);
    match.params.reserve(found.values.size());
    for (std::string_view value : found.values) {
        std::string_view part = takePart(rest);
        while (!isParam(part)) {
            part = takePart(rest);
        }
        const std::size_t marks = isRest(part) ? 3 : 2;
        match.params.emplace_back(std::string(part.substr(1, part.size() - marks)), std::string(value));
    }
}

Router::Match Router::match(Method method, std::string_view path) const {
    Match match;
    Found found{0, {}};
    if (path.empty() || !search(0, path.substr(1), found)) {
        return match;
    }
    match.pathKnown = true;
    const Node& node = nodes_[found.node];
    if (node.webSocket) {
        match.webSocket = &webSocketRoutes_[*node.webSocket];
    }
    const Route* asGet = nullptr;
    for (const auto& [has, index] : node.routes) {
        if (has == method) {
            match.route = &routes_[index];
        } else if (has == Method::Get && method == Method::Head) {
            asGet = &routes_[index];
        }
    }
    match.route = match.route != nullptr ? match.route : asGet;
    if (match.route != nullptr || match.webSocket != nullptr) {
        name(match.route != nullptr ? match.route->pattern : match.webSocket->pattern, found, match);
    }
    if (match.route == nullptr) {
        for (const auto& [has, index] : node.routes) {
            match.allow.append(match.allow.empty() ? "" : ", ").append(methodText(has));
            match.allow.append(has == Method::Get ? ", HEAD" : "");
        }
    }
    return match;
}

}  // namespace marea::server
