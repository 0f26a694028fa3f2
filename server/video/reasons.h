#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"

namespace marea::server {

// Why a stream does not go out as it is: in words for people, and as what programs say in other languages: a code that
// stays, with what stands in its words, names as they are and numbers plain.
struct Reason {
    std::string text;
    std::string code;
    std::vector<std::pair<std::string, std::string>> values = {};
    bool operator==(const Reason&) const = default;
};

// Each of them, once. Pure. Where the player has no name, its value is empty.
namespace reasons {

Reason segmentsOnly(const core::Capabilities& client);
Reason isProtected();
Reason container(const core::Capabilities& client, std::string_view container);
Reason combination(const core::Capabilities& client, const core::StreamInfo& stream, std::string_view container);
Reason decoder(const core::Capabilities& client, const core::StreamInfo& stream, bool profileAlone = false);
Reason level(const core::Capabilities& client, const core::StreamInfo& video);
Reason bitDepth(const core::Capabilities& client, const core::StreamInfo& video);
Reason interlaced(const core::Capabilities& client);
Reason inBandSets(const core::Capabilities& client);
Reason hdr(const core::Capabilities& client, const core::StreamInfo& video);
Reason size(const core::Capabilities& client, const core::StreamInfo& video);
Reason frameRate(const core::Capabilities& client, const core::StreamInfo& video);
Reason filmBitrate(std::int64_t bitrate, std::int64_t limit);
Reason soundBitrate(std::int64_t bitrate, std::int64_t limit);
Reason channels(const core::Capabilities& client, const core::StreamInfo& audio, int most);
Reason loudness();
Reason night();
Reason trackChoice(const core::Capabilities& client);
Reason pictureSubtitles(const core::Capabilities& client, const core::StreamInfo& subtitle);
Reason profileSubtitles();
Reason noSound(const core::StreamInfo& audio, std::string_view why);
Reason uncut();           // it cannot be cut where segments are
Reason unread();          // where it could be, is not known yet
Reason apartFromSound();  // of the picture, in segments
Reason apartFromPicture();

}  // namespace reasons
}  // namespace marea::server
