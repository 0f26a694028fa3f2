#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/peer/pairing.h"

namespace marea::sync {

inline constexpr std::int64_t kPairingVersion = 1;
inline constexpr std::size_t kLongestPairingMessage = 1024, kLongestPeerName = 100;

// {"type":"hello","version":1,"replica":ID,"name":"…","code":B}, {"type":"commit","hash":HEX},
// {"type":"reveal","nonce":HEX},
// {"type":"confirm","proof":HEX}, {"type":"stop","reason":"…"}
struct PairingMessage {
    std::string type;
    std::int64_t version = kPairingVersion;
    ReplicaId replica{};
    std::string name, reason;
    bool byCode = false;
    Digest hash{};
};

std::string pairingText(const PairingMessage& message);
core::Result<PairingMessage> pairingFromText(std::string_view text);  // Invalid

std::string digestText(const Digest& digest);
std::optional<Digest> digestFromText(std::string_view text);

}  // namespace marea::sync
