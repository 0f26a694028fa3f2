#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace marea::sync {

// The way to the server that has the account. Calls block.
class CloudLink {
public:
    struct Answer {
        int status = 0;
        std::string body;
    };
    virtual ~CloudLink() = default;
    // `target` is a path with its query, `body` JSON or empty. Any status is an answer; an error is a server that could
    // not be reached, or a connection that broke: what was sent may have arrived all the same.
    virtual core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) = 0;
};

}  // namespace marea::sync
