#pragma once

#include <string>

namespace marea::server {

// Something that was done or tried, by a route whose policy names it.
struct AuditedRequest {
    std::string action;            // "library.remove"
    std::string userId, username;  // empty: nobody was signed in
    std::string subject;           // what it was done to: ids from the path, or a field of the body
    std::string peer, requestId;
    int status = 0;
};

// Keeps what is told to it. Called on the gateway's threads; must not block.
class Auditor {
public:
    virtual ~Auditor() = default;
    virtual void record(AuditedRequest request) = 0;
};

}  // namespace marea::server
