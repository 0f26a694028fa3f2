#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/media/capabilities.h"

namespace marea::server {

// How titles are encoded and what of them comes, as an owner wants it: a value that is edited by API and by file. What
// it says about encodings is a wish: nothing is ever made above the source, nor beyond what a client takes.

// What a picture of 16:9 is encoded to. Others of that class have the part of the bitrate that their shape is.
struct Rung {
    int height = 0;            // one of rungHeights()
    std::int64_t bitrate = 0;  // bits per second, in steps of 10,000
    bool operator==(const Rung&) const = default;
};
const std::vector<int>& rungHeights();  // from best to worst

enum class HdrPolicy { Keep, ToneMap };                     // Keep: where the client shows it and the codec carries it
enum class ProfileBitrate { ConstrainedQuality, Average };  // "constrained_quality", "vbr"
enum class BurnPolicy { Never, Needed, Always };
enum class ProfileSound { AsIs, Normalised };

// Which languages come, and in which order. An empty list: all, as they come in the file.
struct LanguageChoice {
    std::vector<std::string> order;  // BCP 47: "en" is also "en-GB"
    bool onlyThese = false;          // others are left out, unless there are no others
    bool operator==(const LanguageChoice&) const = default;
};

struct StreamProfile {
    std::string name;         // a-z, 0-9 and '-'
    std::string description;  // for people

    // Of segments: "cmaf", "webm" (DASH alone), "mpegts". The first that the client takes.
    std::vector<std::string> formats;

    struct Video {
        std::vector<std::string> codecs;  // to encode to, from best liked on; what the client takes counts
        std::vector<Rung> rungs;          // from best to worst
        ProfileBitrate mode = ProfileBitrate::ConstrainedQuality;
        HdrPolicy hdr = HdrPolicy::Keep;
        // Limits, also of what would go out as it is. 0: none.
        int maxHeight = 0;
        std::int64_t maxBitrate = 0;
        int maxFrameRate = 0;
        bool operator==(const Video&) const = default;
    } video;

    struct Audio {
        std::vector<std::string> codecs;
        int maxChannels = 6;          // of what is encoded
        std::int64_t maxBitrate = 0;  // of what is encoded; 0: the usual for codec and channels
        ProfileSound loudness = ProfileSound::AsIs;
        bool night = false;  // less between loud and quiet
        LanguageChoice languages;
        bool operator==(const Audio&) const = default;
    } audio;

    struct Subtitles {
        bool text = true;  // come as WebVTT beside the picture
        BurnPolicy burn = BurnPolicy::Needed;
        LanguageChoice languages;
        bool operator==(const Subtitles&) const = default;
    } subtitles;

    bool operator==(const StreamProfile&) const = default;
};
using StreamProfilePtr = std::shared_ptr<const StreamProfile>;

constexpr const char* kDefaultProfile = "default";
constexpr std::size_t kLongestProfileName = 32;
bool isProfileName(std::string_view name);

// Those that are there without anybody's doing: "default" first. With it every limit is the client's alone.
const std::vector<StreamProfilePtr>& builtInProfiles();

// An owner's words, strict: unknown fields, names and values out of bounds are Invalid, with words. What is left out is
// as in the default profile. `name` may be left out of the object when it is given here.
core::Result<StreamProfile> parseStreamProfile(const core::json::value& value, std::string name = {});
core::json::object toJson(const StreamProfile& profile);

// The client, kept to the profile's limits.
core::Capabilities limited(core::Capabilities client, const StreamProfile& profile);

// Where `language` stands in the order; the order's size for what is not in it.
std::size_t place(const LanguageChoice& languages, std::string_view language);

}  // namespace marea::server
