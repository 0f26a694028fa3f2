#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "core/base/result.h"

namespace marea::sync {

inline constexpr const char* kPeerService = "_marea._tcp";  // RFC 6763

// Another Marea in the same network, as it says of itself. Nothing of it is to be trusted: pairing tells who it is.
struct FoundPeer {
    std::string name;     // of the service: unique in the network
    std::string address;  // numeric
    std::uint16_t port = 0;
    std::map<std::string, std::string> text;  // "v": the version of the wire, "id": the replica
    bool operator==(const FoundPeer&) const = default;
};

// Being found in the network, and finding others. Callbacks come on the thread that made it.
class Discovery {
public:
    virtual ~Discovery() = default;

    // Until withdraw(), or it ends. A name that is taken gets a number. Unavailable: nothing in this system announces.
    virtual core::Result<void> announce(const std::string& name, std::uint16_t port,
                                        const std::map<std::string, std::string>& text) = 0;
    virtual void withdraw() = 0;

    // `found` of each that is there and that comes, again when it changed; `gone` by its name. Unavailable as above.
    virtual core::Result<void> browse(std::function<void(const FoundPeer&)> found,
                                      std::function<void(const std::string& name)> gone) = 0;
};

}  // namespace marea::sync
