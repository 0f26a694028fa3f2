#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "sync/plan/names.h"

namespace marea::sync {

// What a file is made of, as far as a device cares. 0 and "": unknown or none.
struct FileFormat {
    std::string container, audioCodec, videoCodec;
    int channels = 0, sampleRate = 0, width = 0, height = 0;
    std::int64_t bitrate = 0;  // bits a second, all streams
    bool operator==(const FileFormat&) const = default;
};

struct AudioAbility {
    std::string codec;
    int maxChannels = 2, maxSampleRate = 48'000;
};
struct VideoAbility {
    std::string codec;
    int maxWidth = 1920, maxHeight = 1080;
};

// What is made for a device that does not play a file as it is.
struct Encoding {
    std::string name;  // part of what identifies the result: "mp3-192"
    std::string container, extension, audioCodec, videoCodec;
    std::int64_t bitrate = 0;  // bits a second, all streams: for estimates and for the encoder
    int maxHeight = 0;         // of the picture
};

// A kind of player or phone. Data: resources/devices/profiles.json, and a file of the user's own with the same form.
struct DeviceProfile {
    std::string id, name;
    std::vector<std::string> models;  // what model names contain, lower case
    std::vector<std::string> containers;
    std::optional<std::vector<std::string>> filmContainers;  // of files with a picture, where those are others
    std::vector<AudioAbility> audio;
    std::vector<VideoAbility> video;
    std::int64_t maxBitrate = 0;   // bits a second; 0: any
    std::int64_t maxFileSize = 0;  // bytes; 0: any
    std::string musicFolder, videoFolder;
    bool wantsPlaylists = false;  // as M3U8 files
    std::optional<Encoding> audioEncoding, videoEncoding;
    std::int64_t bytesPerSecond = 10'000'000;  // until a sync has measured it
};

// Why a device does not play a file as it is, for a person; "" when it does.
std::string cannotPlay(const DeviceProfile& profile, const FileFormat& format);

// Invalid, with words that name the place, for what is malformed.
core::Result<std::vector<DeviceProfile>> profilesFromJson(std::string_view text);
std::string profilesToJson(const std::vector<DeviceProfile>& profiles);
const std::vector<DeviceProfile>& builtInProfiles();

// The one whose model is part of `model`, the longest first; else the one with the id "generic", else the first.
const DeviceProfile& profileFor(const std::vector<DeviceProfile>& profiles, std::string_view model);

}  // namespace marea::sync
