#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "sync/merge/replica.h"

// What devices say to /api/v1/sync, besides their changes (sync/merge/wire.h). Each is Invalid with words that name
// what is wrong. Pure.
namespace marea::server {

struct DeviceWish {
    sync::ReplicaId replica{};
    std::string name, kind;
    std::vector<sync::ReplicaId> replaces = {};  // ids that it had before
};
core::Result<DeviceWish> parseDevice(std::string_view body);

struct PairWish {
    sync::ReplicaId device{};
    std::string certificate;  // SHA-256, in hexadecimal
};
core::Result<PairWish> parsePair(std::string_view body);

core::Result<std::size_t> parseChoice(std::string_view body);

// "12", or "12.3" with the horizon of the answer before.
core::Result<sync::Since> parseSince(std::string_view text);

}  // namespace marea::server
