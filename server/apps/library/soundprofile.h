#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/apps/catalog/item.h"
#include "server/video/decision.h"

namespace marea::server {

// AsIs: untouched. Normalised: as loud as other titles, by one gain for the whole. Night: that, and less between loud
// and quiet.
enum class SoundProfile { AsIs, Normalised, Night };
std::optional<SoundProfile> soundProfile(std::string_view name);  // "normalised", "night"

// What the profile makes of the sounds of a file: to -18 LUFS by what was measured, else by the file's tags. A gain
// alone keeps the true peak below -1 dB, so that nothing is clipped; where the peak is not known it only lowers. At
// night a limiter does that. What has not been measured stays as loud as it is. Pure.
std::vector<SoundChange> soundChanges(const ItemFile& file, SoundProfile profile);

}  // namespace marea::server
