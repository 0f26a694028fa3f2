#include "server/video/capabilities.h"

#include <algorithm>
#include <initializer_list>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace {

using core::Capabilities;
using core::HdrKind;
using core::JsonFields;
using core::Result;

constexpr std::size_t maxEntries = 64, maxNameLength = 32;

bool isName(const std::string& text, std::string_view extra = "_-") {
    return !text.empty() && text.size() <= maxNameLength && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || extra.find(c) != extra.npos;
    });
}

// Texts of `name`, each of `allowed`, or of the form of a name where that is empty.
std::optional<std::vector<std::string>> names(JsonFields& fields, std::string_view name,
                                              std::initializer_list<std::string_view> allowed) {
    auto list = fields.texts(name, maxEntries, maxNameLength);
    if (!list) {
        return std::nullopt;
    }
    for (const std::string& entry : *list) {
        const bool known =
            allowed.size() == 0 ? isName(entry) : std::find(allowed.begin(), allowed.end(), entry) != allowed.end();
        if (!known) {
            fields.wrong(name, "has an entry that is not known");
            return std::nullopt;
        }
    }
    return list;
}

std::string at(std::string_view list, std::size_t index) {
    return "capabilities." + std::string(list) + "[" + std::to_string(index) + "]";
}

std::string codecOf(JsonFields& fields) {
    fields.require("codec");
    std::string codec = fields.text("codec", maxNameLength).value_or("");
    if (!isName(codec)) {
        fields.wrong("codec", "must be a codec's name in lower case");
    }
    return codec;
}

Result<core::VideoCapability> videoCapability(const core::json::value& value, std::size_t index) {
    JsonFields fields(value, at("video", index));
    core::VideoCapability video;
    video.codec = codecOf(fields);
    video.profiles = fields.texts("profiles", 16, maxNameLength).value_or(std::vector<std::string>{});
    for (const std::string& profile : video.profiles) {
        if (!isName(profile, "_- .:")) {
            fields.wrong("profiles", "must be names in lower case");
        }
    }
    video.maxLevel = static_cast<int>(fields.integer("max_level", 0, 1000).value_or(0));
    video.maxBitDepth = static_cast<int>(fields.integer("max_bit_depth", 8, 16).value_or(8));
    video.interlaced = fields.boolean("interlaced").value_or(video.interlaced);
    video.inBandSets = fields.boolean("hev1").value_or(video.inBandSets);
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    return video;
}

Result<core::AudioCapability> audioCapability(const core::json::value& value, std::size_t index) {
    JsonFields fields(value, at("audio", index));
    core::AudioCapability audio;
    audio.codec = codecOf(fields);
    audio.maxChannels = static_cast<int>(fields.integer("max_channels", 1, 64).value_or(2));
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    return audio;
}

// The list `name` through `read`, into `into`; whether it was there.
template <class T>
Result<bool> readList(JsonFields& fields, std::string_view name, std::vector<T>& into,
                      Result<T> (*read)(const core::json::value&, std::size_t)) {
    const core::json::array* list = fields.array(name, maxEntries);
    if (!list) {
        return false;
    }
    into.clear();
    for (std::size_t i = 0; i < list->size(); ++i) {
        Result<T> entry = read((*list)[i], i);
        if (!entry) {
            return core::unexpected<core::Error>(entry.error());
        }
        into.push_back(std::move(*entry));
    }
    return true;
}

std::vector<HdrKind> hdrKinds(const std::vector<std::string>& names) {
    std::vector<HdrKind> kinds;
    for (const std::string& name : names) {
        kinds.push_back(name == "hdr10"        ? HdrKind::Hdr10
                        : name == "hdr10_plus" ? HdrKind::Hdr10Plus
                        : name == "hlg"        ? HdrKind::Hlg
                                               : HdrKind::DolbyVision);
    }
    return kinds;
}

Result<Capabilities> startingPoint(JsonFields& fields) {
    const auto preset = fields.text("preset", maxNameLength);
    if (!preset) {
        return Capabilities{};
    }
    auto known = capabilityPreset(*preset);
    if (!known) {
        return core::fail(core::ErrorCode::Invalid, "capabilities.preset is not known.");
    }
    return std::move(*known);
}

// A preset that plays anything keeps doing so in the parts that are not replaced.
void replaceAnything(Capabilities& can) {
    if (can.anything) {
        can.anything = false;
        can.containers = {"*"};
        can.video = {{"*", {}, 0, 16}};
        can.audio = {{"*", 64}};
    }
}

void readScalars(JsonFields& fields, Capabilities& can) {
    can.protocols = names(fields, "protocols", {"progressive", "hls", "dash"}).value_or(can.protocols);
    can.subtitles =
        names(fields, "subtitles", {"webvtt", "srt", "ass", "pgs", "vobsub", "dvb"}).value_or(can.subtitles);
    if (auto hdr = names(fields, "hdr", {"hdr10", "hdr10_plus", "hlg", "dolby_vision"})) {
        can.hdr = hdrKinds(*hdr);
    }
    can.protection =
        names(fields, "protection",
              {"clearkey-cenc", "clearkey-cbcs", "identity-cenc", "identity-cbcs", "aes-128", "drm-cenc", "drm-cbcs"})
            .value_or(can.protection);
    can.maxBitrate = fields.integer("max_bitrate", 0, 10'000'000'000).value_or(can.maxBitrate);
    can.maxWidth = static_cast<int>(fields.integer("max_width", 0, 65536).value_or(can.maxWidth));
    can.maxHeight = static_cast<int>(fields.integer("max_height", 0, 65536).value_or(can.maxHeight));
}

}  // namespace

Result<Capabilities> parseCapabilities(const core::json::value& value) {
    JsonFields fields(value, "capabilities");
    if (fields.empty()) {
        fields.wrong("", "must name a preset, or say what the player can play");
        return core::unexpected<core::Error>(fields.finish().error());
    }
    Result<Capabilities> can = startingPoint(fields);
    if (!can) {
        return can;
    }
    if (fields.has("containers") || fields.has("video") || fields.has("audio")) {
        replaceAnything(*can);
    }
    readScalars(fields, *can);
    can->containers = names(fields, "containers", {}).value_or(can->containers);
    if (auto read = readList(fields, "video", can->video, videoCapability); !read) {
        return core::unexpected<core::Error>(read.error());
    }
    if (auto read = readList(fields, "audio", can->audio, audioCapability); !read) {
        return core::unexpected<core::Error>(read.error());
    }
    if (!fields.has("preset") && !fields.has("protocols")) {
        can->protocols = {"progressive"};
    }
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    return can;
}

}  // namespace marea::server
