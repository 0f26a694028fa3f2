#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

// Judges requests to one route by their form, before its handler sees them. Called on any of the gateway's threads;
// must not block.
class RequestCheck {
public:
    virtual ~RequestCheck() = default;
    // What is wrong with the query, looked at before a body is taken.
    virtual std::optional<core::Error> query(const Request& request) const = 0;
    // What is wrong with the body, which has come whole. Not asked where it goes to a sink.
    virtual std::optional<core::Error> body(const Request& request) const = 0;
};

// Of what there is a limit of its own.
enum class RateClass { Usual, Search, Playback };

// What the gateway does for a route besides asking its handler.
struct RoutePolicy {
    std::shared_ptr<const RequestCheck> check;  // null: the handler alone checks
    RateClass rate = RateClass::Usual;
    std::string audit = {};               // what the audit log calls it; empty: it is not there
    std::string auditField = {};          // of the body: what it is done to, where the path does not say
    std::vector<std::string> words = {};  // fields of what it answers, wherever they stand, that are words for people
};
// By the place of a route in Router::routes(); past the end: as by default.
using RoutePolicies = std::vector<RoutePolicy>;

}  // namespace marea::server
