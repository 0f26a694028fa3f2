#include <gtest/gtest.h>

#include "sync/plan/deviceprofile.h"

using namespace marea;
using namespace marea::sync;

namespace {

FileFormat sound(const char* container, const char* codec, int channels = 2, int rate = 44'100) {
    FileFormat format;
    format.container = container;
    format.audioCodec = codec;
    format.channels = channels;
    format.sampleRate = rate;
    return format;
}

void refused(const std::string& text, const std::string& words) {
    const auto profiles = profilesFromJson(text);
    ASSERT_FALSE(profiles.has_value()) << text;
    EXPECT_NE(profiles.error().text.find(words), std::string::npos) << profiles.error().text;
}

}  // namespace

TEST(DeviceProfiles, TheBuiltInOnesAreSoundAndKnowModels) {
    const auto& profiles = builtInProfiles();
    ASSERT_GE(profiles.size(), 5u);
    EXPECT_EQ(profileFor(profiles, "Google Pixel 7").id, "android");
    EXPECT_EQ(profileFor(profiles, "Sony NW-A105").id, "walkman");
    EXPECT_EQ(profileFor(profiles, "Something Else").id, "generic");
    for (const DeviceProfile& profile : profiles) {
        for (const auto& encoding : {profile.audioEncoding, profile.videoEncoding}) {
            if (!encoding) {
                continue;
            }
            FileFormat made = sound(encoding->container.c_str(), encoding->audioCodec.c_str());
            made.videoCodec = encoding->videoCodec;
            made.height = encoding->maxHeight;
            made.bitrate = encoding->bitrate;
            EXPECT_EQ(cannotPlay(profile, made), "") << profile.id << " plays what is made for it";
        }
    }
}

TEST(DeviceProfiles, FilmsMayComeInOtherFilesThanMusic) {
    auto read = profilesFromJson(
        R"({"profiles":[{"id":"x","name":"X","containers":["mp3","mp4"],"film_containers":["matroska"],)"
        R"("audio":[{"codec":"mp3"},{"codec":"aac"}],"video":[{"codec":"h264"}]}]})");
    ASSERT_TRUE(read) << read.error().text;
    FileFormat film = sound("mp4", "aac");
    EXPECT_EQ(cannotPlay(read->front(), film), "");
    film.videoCodec = "h264";
    EXPECT_NE(cannotPlay(read->front(), film), "");
    film.container = "matroska";
    EXPECT_EQ(cannotPlay(read->front(), film), "");
    EXPECT_NE(cannotPlay(read->front(), sound("matroska", "aac")), "");
    const auto again = profilesFromJson(profilesToJson(*read));
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(again->front().filmContainers, read->front().filmContainers);
}

TEST(DeviceProfiles, AreWrittenAsTheyAreRead) {
    const auto& profiles = builtInProfiles();
    const std::string text = profilesToJson(profiles);
    const auto again = profilesFromJson(text);
    ASSERT_TRUE(again) << again.error().text;
    ASSERT_EQ(again->size(), profiles.size());
    EXPECT_EQ(profilesToJson(*again), text);
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        EXPECT_EQ((*again)[i].audio.size(), profiles[i].audio.size());
        EXPECT_EQ((*again)[i].models, profiles[i].models);
        EXPECT_EQ((*again)[i].videoEncoding.has_value(), profiles[i].videoEncoding.has_value());
        EXPECT_EQ((*again)[i].musicFolder, profiles[i].musicFolder);
    }
}

TEST(DeviceProfiles, SayWhyAFileDoesNotPlay) {
    const DeviceProfile& generic = profileFor(builtInProfiles(), "");
    EXPECT_EQ(cannotPlay(generic, sound("mp3", "mp3")), "");
    EXPECT_EQ(cannotPlay(generic, sound("flac", "flac")), "it does not read flac files");
    EXPECT_EQ(cannotPlay(generic, sound("mp4", "alac")), "it does not play alac");
    EXPECT_EQ(cannotPlay(generic, sound("mp4", "aac", 6)), "it plays at most 2 channels");
    EXPECT_EQ(cannotPlay(generic, sound("mp4", "aac", 2, 96'000)), "it plays at most 48000 Hz");
    FileFormat film = sound("mp4", "aac");
    film.videoCodec = "h264";
    film.width = 1920;
    film.height = 1080;
    EXPECT_EQ(cannotPlay(generic, film), "its pictures are at most 1280×720");
    film.videoCodec = "av1";
    EXPECT_EQ(cannotPlay(generic, film), "it does not play av1");
    const DeviceProfile& rockbox = profileFor(builtInProfiles(), "rockbox");
    EXPECT_EQ(cannotPlay(rockbox, film), "it shows no video");
    const DeviceProfile& car = profileFor(builtInProfiles(), "car");
    FileFormat rich = sound("mp3", "mp3");
    rich.bitrate = 900'000;
    EXPECT_EQ(cannotPlay(car, rich), "it plays at most 330 kbit/s");
}

TEST(DeviceProfiles, RefuseWhatIsMalformedAndSayWhere) {
    const std::string fine =
        R"({"id":"x","name":"X","containers":["mp3"],"audio":[{"codec":"mp3"}],"audio_encoding":)"
        R"({"name":"mp3-192","container":"mp3","extension":"mp3","audio_codec":"mp3","bitrate":192000}})";
    const auto with = [&](const std::string& what, const std::string& instead) {
        std::string text = fine;
        text.replace(text.find(what), what.size(), instead);
        return R"({"profiles":[)" + text + "]}";
    };
    ASSERT_TRUE(profilesFromJson(with("x", "x")).has_value());
    refused(with(R"("name":"X")", R"("nome":"X")"), "profiles[0]");
    refused(with(R"(["mp3"])", "3"), "profiles[0].containers");
    refused(with(R"({"codec":"mp3"})", R"({"codec":"mp3","max_channels":0})"), "profiles[0].audio[0].max_channels");
    refused(with(R"("id")", R"("music_folder":"../x","id")"), "music_folder");
    refused(with("192000", "-1"), "bitrate");
    refused(with(R"("extension":"mp3")", R"("extension":"a/b")"), "extension");
    refused(R"({"profiles":[]})", "empty");
    refused("[", "JSON");
}
