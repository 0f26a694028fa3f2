#include "sync/plan/deviceprofile.h"

#include <algorithm>

namespace marea::sync {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

template <class Ability>
const Ability* abilityFor(const std::vector<Ability>& list, const std::string& codec) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Ability& one) { return one.codec == codec; });
    return found == list.end() ? nullptr : &*found;
}

std::string cannotHear(const DeviceProfile& profile, const FileFormat& format) {
    const AudioAbility* ability = abilityFor(profile.audio, format.audioCodec);
    if (!ability) {
        return "it does not play " + format.audioCodec;
    }
    if (format.channels > ability->maxChannels) {
        return "it plays at most " + std::to_string(ability->maxChannels) + " channels";
    }
    return format.sampleRate > ability->maxSampleRate
               ? "it plays at most " + std::to_string(ability->maxSampleRate) + " Hz"
               : "";
}

std::string cannotShow(const DeviceProfile& profile, const FileFormat& format) {
    const VideoAbility* ability = abilityFor(profile.video, format.videoCodec);
    if (!ability) {
        return profile.video.empty() ? "it shows no video" : "it does not play " + format.videoCodec;
    }
    return format.width > ability->maxWidth || format.height > ability->maxHeight
               ? "its pictures are at most " + std::to_string(ability->maxWidth) + "×" +
                     std::to_string(ability->maxHeight)
               : "";
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

}  // namespace

std::string cannotPlay(const DeviceProfile& profile, const FileFormat& format) {
    const bool others = profile.filmContainers && !format.videoCodec.empty();
    if (!contains(others ? *profile.filmContainers : profile.containers, format.container)) {
        return "it does not read " + (format.container.empty() ? "this kind of file" : format.container) + " files";
    }
    std::string reason = format.audioCodec.empty() ? "" : cannotHear(profile, format);
    if (reason.empty() && !format.videoCodec.empty()) {
        reason = cannotShow(profile, format);
    }
    if (reason.empty() && profile.maxBitrate > 0 && format.bitrate > profile.maxBitrate) {
        reason = "it plays at most " + std::to_string(profile.maxBitrate / 1000) + " kbit/s";
    }
    return reason;
}

const DeviceProfile& profileFor(const std::vector<DeviceProfile>& profiles, std::string_view model) {
    const std::string wanted = lower(model);
    const DeviceProfile* best = &profiles.front();
    std::size_t length = 0;
    for (const DeviceProfile& profile : profiles) {
        if (length == 0 && profile.id == "generic") {
            best = &profile;
        }
        for (const std::string& one : profile.models) {
            if (one.size() > length && wanted.find(one) != std::string::npos) {
                best = &profile;
                length = one.size();
            }
        }
    }
    return *best;
}

}  // namespace marea::sync
