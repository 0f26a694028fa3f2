#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/protection/schemes.h"

namespace marea::server {

// Systems whose licences come from a provider outside, with whom the owner has a contract: here they are signalled
// only.
enum class OutsideSystem { Widevine, PlayReady, FairPlay };
inline constexpr OutsideSystem kOutsideSystems[] = {OutsideSystem::Widevine, OutsideSystem::PlayReady,
                                                    OutsideSystem::FairPlay};
const char* name(OutsideSystem system);       // "widevine", "playready", "fairplay": in addresses and settings
const char* keySystem(OutsideSystem system);  // of Encrypted Media Extensions: "com.widevine.alpha", …
const Key128& systemId(OutsideSystem system);
std::optional<OutsideSystem> outsideSystem(std::string_view name);

// Those that the owner has a provider for; none: titles go out as if there were no such systems.
struct OutsideSystems {
    std::vector<OutsideSystem> systems;
    std::string widevineProvider;  // as Widevine knows the owner; empty: left out
    // Those that play titles of that scheme. FairPlay takes cbcs alone; whole segments are for none.
    std::vector<OutsideSystem> of(ProtectionScheme scheme) const;
    bool operator==(const OutsideSystems&) const = default;
};
// Whether it is signalled in DASH as well: FairPlay is of HLS.
bool isInDash(OutsideSystem system);

// A key as those systems are told of it.
struct OutsideKey {
    ProtectionScheme scheme = ProtectionScheme::Cenc;
    Key128 id{};
    std::string content;  // names the title for the provider
};

// WidevinePsshData, a protocol buffer: key_id (2), provider (3), content_id (4), protection_scheme (9); the last only
// for cbcs, as older players know no other than cenc.
std::string widevineData(const OutsideKey& key, std::string_view provider);
// A PlayReady Object with one WRMHEADER of version 4.3.0.0 in UTF-16LE (PlayReady Header Specification, sections 2
// and 3). Where licences are had is not in it: that address has somebody's token in it.
std::string playReadyObject(const OutsideKey& key);
// What stands in a `pssh`; nullopt: the system has none.
std::optional<ProtectionSystem> protectionSystem(OutsideSystem system, const OutsideKey& key,
                                                 std::string_view provider);
// For an initialisation segment: all that there are.
std::vector<ProtectionSystem> outsideBoxes(const OutsideSystems& outside, const OutsideKey& key);

// Attributes of EXT-X-KEY and EXT-X-SESSION-KEY: a data URI with what the system wants to know, or FairPlay's skd://.
std::string hlsAttributes(OutsideSystem system, const OutsideKey& key, std::string_view provider);
// A ContentProtection element, and what is in it; namespaces are declared where they are used. Empty for FairPlay.
std::string dashElement(OutsideSystem system, const OutsideKey& key, std::string_view provider);
std::string dashContent(OutsideSystem system, const OutsideKey& key, std::string_view provider);

}  // namespace marea::server
