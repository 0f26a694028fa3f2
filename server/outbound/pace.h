#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace marea::server {

// How often hosts are asked: each at its own pace, one request after another. Pure.
class Pace {
public:
    struct Options {
        std::map<std::string, core::TimeMs, std::less<>> apart = {};  // of hosts that want it so
        core::TimeMs usually = 100;                                   // of all others
        core::TimeMs longestWait = 60'000;
    };
    explicit Pace(Options options) : options_(std::move(options)) {}

    // How long the next request to `host` waits from `now` on: its place is taken. nullopt: too many wait already.
    std::optional<core::TimeMs> take(std::string_view host, core::TimeMs now);

private:
    core::TimeMs apart(std::string_view host) const;

    Options options_;
    std::map<std::string, core::TimeMs, std::less<>> next_;  // when the next one may go
};

}  // namespace marea::server
