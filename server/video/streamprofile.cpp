#include "server/video/streamprofile.h"

#include <algorithm>

namespace marea::server {

namespace {

constexpr std::int64_t mbit = 1'000'000;

StreamProfile defaultProfile() {
    StreamProfile profile;
    profile.name = kDefaultProfile;
    profile.description = "As good as the player and the line take it";
    profile.formats = {"cmaf", "webm", "mpegts"};
    profile.video.codecs = {"h264", "vp9", "hevc", "av1"};  // what is encoded fastest comes first
    profile.video.rungs = {{2160, 15 * mbit},   {1080, 8 * mbit}, {720, 5 * mbit},
                           {480, 5 * mbit / 2}, {360, 1'200'000}, {240, 500'000}};
    profile.audio.codecs = {"aac", "opus", "mp3", "flac"};
    profile.audio.maxChannels = 8;
    return profile;
}

StreamProfile mobileProfile() {
    StreamProfile profile = defaultProfile();
    profile.name = "mobile";
    profile.description = "For small screens and dear lines";
    profile.video.rungs = {{720, 5 * mbit / 2}, {480, 1'200'000}, {360, 700'000}, {240, 400'000}};
    profile.video.maxHeight = 720;
    profile.video.maxBitrate = 3 * mbit;
    profile.video.maxFrameRate = 30;
    profile.audio.maxChannels = 2;
    profile.audio.maxBitrate = 128'000;
    return profile;
}

// "en" is also "en-GB".
bool means(std::string_view wanted, std::string_view language) {
    return language == wanted ||
           (language.starts_with(wanted) && language.size() > wanted.size() && language[wanted.size()] == '-');
}

}  // namespace

const std::vector<int>& rungHeights() {
    static const std::vector<int> heights = {2160, 1440, 1080, 720, 576, 540, 480, 360, 240, 144};
    return heights;
}

bool isProfileName(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= kLongestProfileName && name.front() != '-' && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), letter);
}

const std::vector<StreamProfilePtr>& builtInProfiles() {
    static const std::vector<StreamProfilePtr> profiles = {std::make_shared<const StreamProfile>(defaultProfile()),
                                                           std::make_shared<const StreamProfile>(mobileProfile())};
    return profiles;
}

core::Capabilities limited(core::Capabilities client, const StreamProfile& profile) {
    const auto atMost = [](auto& limit, auto wanted) {
        if (wanted > 0 && (limit == 0 || wanted < limit)) {
            limit = wanted;
        }
    };
    const StreamProfile::Video& video = profile.video;
    atMost(client.maxBitrate, video.maxBitrate);
    atMost(client.maxFrameRate, video.maxFrameRate);
    atMost(client.maxHeight, video.maxHeight);
    atMost(client.maxWidth, (video.maxHeight * 16 / 9 + 1) / 2 * 2);
    if (video.hdr == HdrPolicy::ToneMap) {
        client.hdr.clear();
    }
    return client;
}

std::size_t place(const LanguageChoice& languages, std::string_view language) {
    const auto found = std::find_if(languages.order.begin(), languages.order.end(),
                                    [&](const std::string& wanted) { return means(wanted, language); });
    return static_cast<std::size_t>(found - languages.order.begin());
}

}  // namespace marea::server
