#include "server/host/configservices.h"

#include "server/outbound/place.h"

namespace marea::server {

using core::Result;

namespace {

core::unexpected<core::Error> invalid(const std::string& words) {
    return core::fail(core::ErrorCode::Invalid, words, words);
}

}  // namespace

Result<void> setFilled(std::string& member, const std::string& value) {
    if (value.empty()) {
        return invalid("a text is empty");
    }
    member = value;
    return {};
}

Result<void> setAddress(std::string& member, const std::string& value) {
    const auto place = placeOf(value);
    if (!place || place->target.find('?') != std::string::npos || value.find('#') != std::string::npos) {
        return invalid("an address of a service is a URL, as in https://service.example/api: \"" + value +
                       "\" is none");
    }
    member = value;
    while (member.ends_with('/')) {
        member.pop_back();
    }
    return {};
}

Result<void> setOutboundAllow(Config& config, const std::vector<std::string>& networks) {
    config.outbound.allow.clear();
    for (const std::string& text : networks) {
        const auto range = addressRange(text);
        if (!range) {
            return invalid("outbound.allow are addresses or networks, as in 192.168.1.0/24: \"" + text + "\" is none");
        }
        config.outbound.allow.push_back(*range);
    }
    return {};
}

Result<void> setScrobblingServices(Config& config, const std::vector<std::string>& addresses) {
    config.scrobblingServices.clear();
    for (const std::string& address : addresses) {
        std::string kept;
        if (auto done = setAddress(kept, address); !done) {
            return done;
        }
        config.scrobblingServices.push_back(std::move(kept));
    }
    return {};
}

}  // namespace marea::server
