#include "core/base/jsonfields.h"
#include "sync/plan/deviceprofile.h"
#include "sync_builtinprofiles.h"

namespace marea::sync {

namespace {

namespace json = core::json;
using core::JsonFields;
using core::Result;

constexpr std::size_t kMaxProfiles = 500, kMaxList = 64, kMaxText = 100;
constexpr std::int64_t kMaxBits = 1'000'000'000;

core::unexpected<core::Error> passedOn(const core::Error& error) {
    return core::unexpected<core::Error>(error);
}

// A folder on the device: one plain name or a path of them.
void checkFolder(JsonFields& fields, const char* name, const std::string& folder) {
    if (pathOnDevice(folder, NameKind::Mtp) != folder) {
        fields.wrong(name, "must be a folder that every device can have");
    }
}

Result<AudioAbility> audioFrom(const json::value& value, const std::string& where) {
    JsonFields fields(value, where);
    AudioAbility ability;
    ability.codec = fields.text("codec", kMaxText).value_or("");
    ability.maxChannels = static_cast<int>(fields.integer("max_channels", 1, 64).value_or(2));
    ability.maxSampleRate = static_cast<int>(fields.integer("max_sample_rate", 8000, 1'000'000).value_or(48'000));
    fields.require("codec");
    const auto done = fields.finish();
    return done ? Result<AudioAbility>(ability) : passedOn(done.error());
}

Result<VideoAbility> videoFrom(const json::value& value, const std::string& where) {
    JsonFields fields(value, where);
    VideoAbility ability;
    ability.codec = fields.text("codec", kMaxText).value_or("");
    ability.maxWidth = static_cast<int>(fields.integer("max_width", 16, 16384).value_or(1920));
    ability.maxHeight = static_cast<int>(fields.integer("max_height", 16, 16384).value_or(1080));
    fields.require("codec");
    const auto done = fields.finish();
    return done ? Result<VideoAbility>(ability) : passedOn(done.error());
}

Result<Encoding> encodingFrom(const json::value& value, const std::string& where) {
    JsonFields fields(value, where);
    Encoding encoding;
    encoding.name = fields.text("name", 40).value_or("");
    encoding.container = fields.text("container", 20).value_or("");
    encoding.extension = fields.text("extension", 8).value_or("");
    encoding.audioCodec = fields.text("audio_codec", kMaxText).value_or("");
    encoding.videoCodec = fields.text("video_codec", kMaxText).value_or("");
    encoding.bitrate = fields.integer("bitrate", 16'000, kMaxBits).value_or(0);
    encoding.maxHeight = static_cast<int>(fields.integer("max_height", 16, 16384).value_or(0));
    for (const char* field : {"name", "container", "extension", "audio_codec", "bitrate"}) {
        fields.require(field);
    }
    if (!encoding.extension.empty() &&
        nameOnDevice("name." + encoding.extension, NameKind::Mtp) != "name." + encoding.extension) {
        fields.wrong("extension", "must be a plain extension");
    }
    const auto done = fields.finish();
    return done ? Result<Encoding>(encoding) : passedOn(done.error());
}

template <class Ability>
Result<void> readList(std::vector<Ability>& into, const json::array* list, const std::string& where,
                      Result<Ability> (*read)(const json::value&, const std::string&)) {
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        auto one = read((*list)[i], where + "[" + std::to_string(i) + "]");
        if (!one) {
            return passedOn(one.error());
        }
        into.push_back(std::move(*one));
    }
    return {};
}

Result<void> readEncoding(std::optional<Encoding>& into, const json::value* value, const std::string& where) {
    if (!value) {
        return {};
    }
    auto encoding = encodingFrom(*value, where);
    if (!encoding) {
        return passedOn(encoding.error());
    }
    into = std::move(*encoding);
    return {};
}

Result<DeviceProfile> profileFrom(const json::value& value, const std::string& where) {
    JsonFields fields(value, where);
    DeviceProfile profile;
    profile.id = fields.text("id", 40).value_or("");
    profile.name = fields.text("name", kMaxText).value_or("");
    profile.models = fields.texts("models", kMaxList, kMaxText).value_or(std::vector<std::string>{});
    profile.containers = fields.texts("containers", kMaxList, 40).value_or(std::vector<std::string>{});
    profile.filmContainers = fields.texts("film_containers", kMaxList, 40);
    profile.maxBitrate = fields.integer("max_bitrate", 0, kMaxBits).value_or(0);
    profile.maxFileSize = fields.integer("max_file_size", 0, std::int64_t{1} << 50).value_or(0);
    profile.musicFolder = fields.text("music_folder", kMaxText).value_or("Music");
    profile.videoFolder = fields.text("video_folder", kMaxText).value_or("Movies");
    profile.wantsPlaylists = fields.boolean("playlists").value_or(false);
    profile.bytesPerSecond = fields.integer("bytes_per_second", 1000, 10'000'000'000).value_or(10'000'000);
    const json::array* audio = fields.array("audio", kMaxList);
    const json::array* video = fields.array("video", kMaxList);
    const json::value* audioEncoding = fields.raw("audio_encoding");
    const json::value* videoEncoding = fields.raw("video_encoding");
    for (const char* field : {"id", "name", "containers", "audio"}) {
        fields.require(field);
    }
    checkFolder(fields, "music_folder", profile.musicFolder);
    checkFolder(fields, "video_folder", profile.videoFolder);
    auto done = fields.finish();
    done = done ? readList(profile.audio, audio, where + ".audio", audioFrom) : done;
    done = done ? readList(profile.video, video, where + ".video", videoFrom) : done;
    done = done ? readEncoding(profile.audioEncoding, audioEncoding, where + ".audio_encoding") : done;
    done = done ? readEncoding(profile.videoEncoding, videoEncoding, where + ".video_encoding") : done;
    return done ? Result<DeviceProfile>(std::move(profile)) : passedOn(done.error());
}

json::array textsOf(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object encodingJson(const Encoding& encoding) {
    json::object object{{"name", encoding.name},
                        {"container", encoding.container},
                        {"extension", encoding.extension},
                        {"audio_codec", encoding.audioCodec},
                        {"bitrate", encoding.bitrate}};
    if (!encoding.videoCodec.empty()) {
        object["video_codec"] = encoding.videoCodec;
    }
    if (encoding.maxHeight > 0) {
        object["max_height"] = encoding.maxHeight;
    }
    return object;
}

json::object profileJson(const DeviceProfile& profile) {
    json::array audio, video;
    for (const AudioAbility& one : profile.audio) {
        audio.push_back(json::object{
            {"codec", one.codec}, {"max_channels", one.maxChannels}, {"max_sample_rate", one.maxSampleRate}});
    }
    for (const VideoAbility& one : profile.video) {
        video.push_back(json::object{{"codec", one.codec}, {"max_width", one.maxWidth}, {"max_height", one.maxHeight}});
    }
    json::object object{{"id", profile.id},
                        {"name", profile.name},
                        {"models", textsOf(profile.models)},
                        {"containers", textsOf(profile.containers)},
                        {"audio", std::move(audio)},
                        {"video", std::move(video)},
                        {"max_bitrate", profile.maxBitrate},
                        {"max_file_size", profile.maxFileSize},
                        {"music_folder", profile.musicFolder},
                        {"video_folder", profile.videoFolder},
                        {"playlists", profile.wantsPlaylists},
                        {"bytes_per_second", profile.bytesPerSecond}};
    if (profile.filmContainers) {
        object["film_containers"] = textsOf(*profile.filmContainers);
    }
    if (profile.audioEncoding) {
        object["audio_encoding"] = encodingJson(*profile.audioEncoding);
    }
    if (profile.videoEncoding) {
        object["video_encoding"] = encodingJson(*profile.videoEncoding);
    }
    return object;
}

}  // namespace

std::string profilesToJson(const std::vector<DeviceProfile>& profiles) {
    json::array list;
    for (const DeviceProfile& profile : profiles) {
        list.push_back(profileJson(profile));
    }
    return json::serialize(json::object{{"profiles", std::move(list)}});
}

Result<std::vector<DeviceProfile>> profilesFromJson(std::string_view text) {
    const auto body = core::parseJson(text);
    if (!body) {
        return passedOn(body.error());
    }
    JsonFields fields(*body, "profiles");
    const json::array* list = fields.array("profiles", kMaxProfiles);
    fields.require("profiles");
    if (auto done = fields.finish(); !done) {
        return passedOn(done.error());
    }
    std::vector<DeviceProfile> profiles;
    if (auto done = readList(profiles, list, "profiles", profileFrom); !done) {
        return passedOn(done.error());
    }
    if (profiles.empty()) {
        return core::fail(core::ErrorCode::Invalid, "profiles must not be empty.");
    }
    return profiles;
}

const std::vector<DeviceProfile>& builtInProfiles() {
    static const std::vector<DeviceProfile> profiles = profilesFromJson(kBuiltInProfiles).value();
    return profiles;
}

}  // namespace marea::sync
