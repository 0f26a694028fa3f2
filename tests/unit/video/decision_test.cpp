#include "server/video/decision.h"

#include <gmock/gmock.h>

#include "core/media/dynamicrange.h"
#include "server/video/capabilities.h"
#include "server/video/mimetype.h"

namespace marea::server {
namespace {

using core::Capabilities;
using core::HdrKind;
using core::MediaInfo;
using core::StreamInfo;
using core::StreamKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

StreamInfo video(const char* codec, const char* profile = "", int level = 0, int depth = 8) {
    StreamInfo stream;
    stream.kind = StreamKind::Video;
    stream.codec = codec;
    stream.profile = profile;
    stream.level = level;
    stream.bitDepth = depth;
    stream.width = 1920;
    stream.height = 1080;
    return stream;
}

StreamInfo hdr(StreamInfo stream, HdrKind kind, int dolbyVisionProfile = 0) {
    stream.hdr = kind;
    stream.dolbyVisionProfile = dolbyVisionProfile;
    return stream;
}

StreamInfo interlaced(StreamInfo stream) {
    stream.interlaced = true;
    return stream;
}

StreamInfo hev1(StreamInfo stream) {
    stream.inBandSets = true;
    return stream;
}

StreamInfo audio(const char* codec, int channels = 2, const char* profile = "") {
    StreamInfo stream;
    stream.kind = StreamKind::Audio;
    stream.codec = codec;
    stream.channels = channels;
    stream.profile = profile;
    return stream;
}

StreamInfo subtitle(const char* codec) {
    StreamInfo stream;
    stream.kind = StreamKind::Subtitle;
    stream.codec = codec;
    return stream;
}

MediaInfo file(const char* container, std::vector<StreamInfo> streams, std::int64_t bitrate = 0) {
    MediaInfo info;
    info.container = container;
    info.bitrate = bitrate;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        streams[i].index = static_cast<int>(i);
    }
    info.streams = std::move(streams);
    return info;
}

Capabilities preset(const char* name) {
    return *capabilityPreset(name);
}

const StreamInfo h264 = video("h264", "high", 40), hevc = video("hevc", "main", 120),
                 hevc10 = video("hevc", "main 10", 120, 10), vp9 = video("vp9", "profile 0"), vp8 = video("vp8"),
                 av1 = video("av1", "main", 8), mpeg2 = video("mpeg2video", "main", 8),
                 hi10 = video("h264", "high 10", 40, 10);
const StreamInfo aac = audio("aac", 2, "lc"), opus = audio("opus"), dts = audio("dts", 6, "dts-hd ma"),
                 ac3 = audio("ac3", 6), vorbis = audio("vorbis"), flac = audio("flac"), mp3 = audio("mp3");

struct Row {
    const char* title;
    const char* client;
    MediaInfo media;
    const char* video;  // "" none
    const char* audio;
    const char* reason = "";  // part of one of the reasons
};

class Decide : public testing::TestWithParam<Row> {};

TEST_P(Decide, GivesEachStreamItsMode) {
    const Row& row = GetParam();
    const Decision decision = decide(row.media, preset(row.client));
    EXPECT_STREQ(decision.video ? name(decision.video->mode) : "", row.video) << row.title;
    EXPECT_STREQ(decision.audio ? name(decision.audio->mode) : "", row.audio) << row.title;
    EXPECT_TRUE(decision.playable()) << row.title << ": " << decision.unplayable;
    for (const auto* stream : {&decision.video, &decision.audio}) {
        if (*stream) {
            EXPECT_EQ((*stream)->mode == DeliveryMode::Direct, (*stream)->reasons.empty()) << row.title;
            EXPECT_LE((*stream)->mode, decision.mode) << row.title;
            // Programs go by what stands beside the words.
            ASSERT_EQ((*stream)->why.size(), (*stream)->reasons.size()) << row.title;
            for (std::size_t i = 0; i < (*stream)->why.size(); ++i) {
                EXPECT_EQ((*stream)->why[i].text, (*stream)->reasons[i]);
                EXPECT_FALSE((*stream)->why[i].code.empty()) << row.title;
            }
        }
    }
    if (*row.reason) {
        EXPECT_THAT(decision.reasons(), testing::Contains(HasSubstr(row.reason))) << row.title;
    }
}

const Row rows[] = {
    {"mp4 in Chromium", "chromium", file("mp4", {h264, aac}), "direct", "direct"},
    {"mkv in Chromium", "chromium", file("matroska", {h264, aac}), "remux", "remux",
     "The browser cannot open Matroska files"},
    {"DTS in mp4", "chromium", file("mp4", {h264, dts}), "direct", "transcode",
     "The browser has no DTS-HD Master Audio decoder"},
    {"DTS in mkv leaves the video alone", "chromium", file("matroska", {h264, dts}), "remux", "transcode"},
    {"AC-3", "chromium", file("mp4", {h264, ac3}), "direct", "transcode", "no Dolby Digital decoder"},
    {"HEVC", "chromium", file("mp4", {hevc, aac}), "transcode", "direct", "no HEVC decoder"},
    {"10-bit H.264", "chromium", file("mp4", {hi10, aac}), "transcode", "direct", "profile \"high 10\""},
    {"WebM", "chromium", file("webm", {vp9, opus}), "direct", "direct"},
    {"old WebM", "chromium", file("webm", {vp8, vorbis}), "direct", "direct"},
    {"AV1 in mp4", "chromium", file("mp4", {av1, opus}), "direct", "direct"},
    {"AV1 HDR10", "chromium", file("mp4", {hdr(av1, HdrKind::Hdr10), aac}), "direct", "direct"},
    {"AV1 HDR10 in Firefox", "firefox", file("mp4", {hdr(av1, HdrKind::Hdr10), aac}), "transcode", "direct", "HDR10"},
    {"MPEG-TS", "chromium", file("mpegts", {h264, aac}), "remux", "remux", "MPEG-TS"},
    {"MPEG-2 in TS", "chromium", file("mpegts", {mpeg2, audio("mp2")}), "transcode", "transcode"},
    {"AVI", "chromium", file("avi", {video("mpeg4"), ac3}), "transcode", "transcode", "AVI"},
    {"Vorbis in mp4", "chromium", file("mp4", {h264, vorbis}), "direct", "remux", "Vorbis inside MP4"},
    {"mp3", "chromium", file("mp3", {mp3}), "", "direct"},
    {"flac", "chromium", file("flac", {flac}), "", "direct"},
    {"ogg", "chromium", file("ogg", {opus}), "", "direct"},
    {"wav", "chromium", file("wav", {audio("pcm_s16le")}), "", "direct"},
    {"Apple Lossless", "chromium", file("mp4", {audio("alac")}), "", "transcode", "no Apple Lossless decoder"},
    {"Monkey's Audio", "chromium", file("ape", {audio("ape")}), "", "transcode"},
    {"Opus in mka", "chromium", file("matroska", {opus}), "", "remux"},
    {"silent film", "chromium", file("mp4", {h264}), "direct", ""},
    {"surround AAC", "chromium", file("mp4", {h264, audio("aac", 6, "lc")}), "direct", "direct"},
    {"Theora", "chromium", file("ogg", {video("theora"), vorbis}), "transcode", "direct"},
    {"AV1 in Safari", "safari", file("mp4", {av1, aac}), "transcode", "direct"},
    {"HEVC in Safari", "safari", file("mp4", {hevc10, ac3}), "direct", "direct"},
    {"HEVC HDR10 in Safari", "safari", file("mp4", {hdr(hevc10, HdrKind::Hdr10), aac}), "direct", "direct"},
    {"HEVC as hev1 in Safari", "safari", file("mp4", {hev1(hevc10), aac}), "remux", "direct", "only as hvc1"},
    {"HEVC as hev1 in mpv", "mpv", file("mp4", {hev1(hevc10), aac}), "direct", "direct"},
    {"fields in Chromium", "chromium", file("mp4", {interlaced(h264), aac}), "transcode", "direct",
     "The browser shows pictures in fields (interlaced) with combs"},
    {"fields in Safari", "safari", file("mpegts", {interlaced(h264), aac}), "transcode", "remux", "interlaced"},
    {"fields in mpv", "mpv", file("mpegts", {interlaced(h264), aac}), "direct", "direct"},
    {"fields for basic HLS", "basic-hls", file("mpegts", {interlaced(h264), aac}), "remux", "remux"},
    {"WebM in Safari", "safari", file("webm", {vp9, opus}), "transcode", "transcode", "WebM"},
    {"mkv in mpv", "mpv", file("matroska", {hevc10, dts}), "direct", "direct"},
    {"Dolby Vision in mpv", "mpv", file("mp4", {hdr(hevc10, HdrKind::DolbyVision, 5), aac}), "direct", "direct"},
    {"AVI in mpv", "mpv", file("avi", {video("mpeg4"), ac3}), "direct", "direct"},
    {"FLV in mpv", "mpv", file("flv", {video("flv1"), audio("adpcm_swf")}), "direct", "direct"},
    {"WMA in mpv", "mpv", file("asf", {audio("wmalossless")}), "", "direct"},
    {"Vorbis in mp4 in mpv", "mpv", file("mp4", {h264, vorbis}), "direct", "direct"},
    {"mkv in VLC", "vlc", file("matroska", {hevc, audio("truehd", 8)}), "direct", "direct"},
    {"mp4 for basic HLS", "basic-hls", file("mp4", {h264, aac}), "remux", "remux", "in segments only"},
    {"level 5.1 for basic HLS", "basic-hls", file("mp4", {video("h264", "high", 51), aac}), "transcode", "remux",
     "level"},
    {"surround for basic HLS", "basic-hls", file("mp4", {h264, audio("aac", 6)}), "remux", "transcode", "6 channels"},
};
std::string rowName(const testing::TestParamInfo<Row>& row) {
    std::string text = std::to_string(row.index) + "_";
    for (const char* c = row.param.title; *c; ++c) {
        text += std::isalnum(static_cast<unsigned char>(*c)) ? *c : '_';
    }
    return text;
}
INSTANTIATE_TEST_SUITE_P(Table, Decide, testing::ValuesIn(rows), rowName);

TEST(DecideLimits, SayTheBitrateAndTheLimit) {
    Capabilities can = preset("mpv");
    can.maxBitrate = 8'000'000;
    const Decision decision = decide(file("matroska", {h264, aac}, 12'000'000), can);
    EXPECT_EQ(decision.video->mode, DeliveryMode::Transcode);
    EXPECT_EQ(decision.audio->mode, DeliveryMode::Direct);
    EXPECT_THAT(decision.video->reasons, ElementsAre("The film is 12 Mbit/s and your limit is 8"));
    EXPECT_EQ(decision.video->why.front().code, "film_over_limit");
    EXPECT_THAT(decision.video->why.front().values,
                ElementsAre(testing::Pair("bitrate", "12000000"), testing::Pair("limit", "8000000")));
    EXPECT_EQ(decide(file("matroska", {h264, aac}, 8'000'000), can).mode, DeliveryMode::Direct);
}

TEST(DecideLimits, NameBothUnitsWhereTheyDiffer) {
    Capabilities can = preset("mpv");
    can.maxBitrate = 500'000;
    const Decision decision = decide(file("flac", {flac}, 1'500'000), can);
    EXPECT_THAT(decision.audio->reasons, ElementsAre("The sound is 1.5 Mbit/s and your limit is 500 kbit/s"));
}

TEST(DecideLimits, AreNotUsedUpByTheSoundOfAFilm) {
    Capabilities can = preset("chromium");
    can.maxBitrate = 3'000'000;
    StreamInfo large = audio("flac", 6);
    large.sampleRate = 48'000;
    large.bitDepth = 24;
    const Decision decision = decide(file("matroska", {h264, large}, 15'000'000), can);
    EXPECT_EQ(decision.audio->mode, DeliveryMode::Transcode);
    EXPECT_THAT(decision.audio->reasons, testing::Contains("The film is 15 Mbit/s and your limit is 3"));
    EXPECT_EQ(decide(file("matroska", {h264, large}, 3'000'000), can).audio->mode, DeliveryMode::Remux)
        << "with the picture it keeps to the limit";
    large.bitrate = 350'000;
    EXPECT_EQ(decide(file("matroska", {h264, large}, 15'000'000), can).audio->mode, DeliveryMode::Remux);
}

TEST(DecideLimits, ThePictureIsMeasuredAsItIsShown) {
    Capabilities can = preset("mpv");
    can.maxWidth = 1280;
    can.maxHeight = 1920;
    StreamInfo turned = h264;
    turned.rotation = 90;
    EXPECT_EQ(decide(file("mp4", {turned}), can).mode, DeliveryMode::Direct);
    EXPECT_EQ(decide(file("mp4", {h264}), can).mode, DeliveryMode::Transcode);
}

TEST(DecideHdr, DolbyVisionFallsBackToItsBaseLayerWhereItHasOne) {
    Capabilities can = preset("safari");
    can.hdr = {HdrKind::Hdr10};
    EXPECT_EQ(decide(file("mp4", {hdr(hevc10, HdrKind::DolbyVision, 8)}), can).mode, DeliveryMode::Direct);
    EXPECT_EQ(decide(file("mp4", {hdr(hevc10, HdrKind::DolbyVision, 5)}), can).mode, DeliveryMode::Transcode);
    StreamInfo base = hdr(hevc10, HdrKind::DolbyVision, 8);
    base.dolbyVisionCompatibility = core::kDolbyBaseHdr10;
    EXPECT_EQ(decide(file("mp4", {base}), can).mode, DeliveryMode::Direct);
    base.dolbyVisionCompatibility = core::kDolbyBaseHlg;
    EXPECT_EQ(decide(file("mp4", {base}), can).mode, DeliveryMode::Transcode) << "profile 8.4 is HLG to others";
    can.hdr = {HdrKind::Hlg};
    EXPECT_EQ(decide(file("mp4", {base}), can).mode, DeliveryMode::Direct);
    base.dolbyVisionCompatibility = core::kDolbyBaseSdr;
    can.hdr = {};
    EXPECT_EQ(decide(file("mp4", {base}), can).mode, DeliveryMode::Direct);
    can.hdr = {HdrKind::Hdr10};
    EXPECT_EQ(decide(file("mp4", {hdr(hevc10, HdrKind::Hdr10Plus)}), can).mode, DeliveryMode::Direct);
    EXPECT_EQ(decide(file("mp4", {hdr(hevc10, HdrKind::Hlg)}), can).mode, DeliveryMode::Transcode);
}

TEST(DecideTracks, ABrowserCannotChooseAnAudioTrackOfAFile) {
    const MediaInfo media = file("mp4", {h264, aac, aac});
    const Decision usual = decide(media, preset("chromium"));
    EXPECT_EQ(usual.mode, DeliveryMode::Direct);
    EXPECT_EQ(usual.audio->index, 1);
    const Decision second = decide(media, preset("chromium"), {.audio = 2, .subtitle = {}});
    EXPECT_EQ(second.audio->mode, DeliveryMode::Remux);
    EXPECT_EQ(second.video->mode, DeliveryMode::Direct);
    EXPECT_EQ(decide(media, preset("mpv"), {.audio = 2, .subtitle = {}}).mode, DeliveryMode::Direct);
}

TEST(DecideTracks, TheDefaultIsNeitherACommentaryNorSomethingThatNothingDecodes) {
    StreamInfo commentary = aac, ac4 = audio("ac4"), main = aac;
    commentary.commentary = commentary.isDefault = true;
    ac4.isDefault = true;
    EXPECT_EQ(defaultAudio(file("mp4", {commentary, ac4, main})), 2u);
    StreamInfo cover = video("mjpeg");
    cover.attachedPicture = true;
    EXPECT_EQ(defaultVideo(file("mp3", {mp3, cover})), std::nullopt);
}

TEST(DecideSubtitles, NeverForceVideoWorkWhereTheClientDrawsThem) {
    const MediaInfo media = file("matroska", {h264, aac, subtitle("hdmv_pgs_subtitle"), subtitle("subrip")});
    for (const char* client : {"mpv", "vlc"}) {
        const Decision decision = decide(media, preset(client), {.audio = {}, .subtitle = 2});
        EXPECT_EQ(decision.mode, DeliveryMode::Direct) << client;
        EXPECT_EQ(decision.subtitles[0].mode, SubtitleMode::Direct);
        EXPECT_EQ(decision.subtitles[1].mode, SubtitleMode::Direct);
    }
}

TEST(DecideSubtitles, PicturesThatTheClientCannotDrawAreBurntInWhenChosen) {
    const MediaInfo media = file("mp4", {h264, aac, subtitle("dvd_subtitle"), subtitle("mov_text")});
    const Decision without = decide(media, preset("chromium"));
    EXPECT_EQ(without.mode, DeliveryMode::Direct);
    EXPECT_EQ(without.subtitles[0].mode, SubtitleMode::Burn);
    EXPECT_EQ(without.subtitles[0].format, "vobsub");
    const Decision with = decide(media, preset("chromium"), {.audio = {}, .subtitle = 2});
    EXPECT_EQ(with.video->mode, DeliveryMode::Transcode);
    EXPECT_EQ(with.audio->mode, DeliveryMode::Direct);
    EXPECT_THAT(with.reasons(), ElementsAre(HasSubstr("pictures (VobSub)")));
    EXPECT_EQ(decide(media, preset("chromium"), {.audio = {}, .subtitle = 3}).mode, DeliveryMode::Direct);
}

TEST(DecidePlayable, WhatNobodyDecodesIsSaidInWords) {
    const auto mpv = preset("mpv");
    EXPECT_THAT(decide(file("mp4", {video("vvc")}), mpv).unplayable, HasSubstr("The picture is in H.266"));
    EXPECT_THAT(decide(file("mp4", {audio("ac4")}), mpv).unplayable, HasSubstr("The sound is in Dolby AC-4"));
    EXPECT_THAT(decide(file("mp4", {audio("")}), mpv).unplayable, HasSubstr("an unknown format"));
    EXPECT_THAT(decide(file("mp4", {}), mpv).unplayable, HasSubstr("neither picture nor sound"));
    MediaInfo locked = file("mp4", {h264});
    locked.encrypted = true;
    EXPECT_THAT(decide(locked, mpv).unplayable, HasSubstr("protected"));
}

TEST(DecidePlayable, UnifiedSpeechAndAudioIsNoAac) {
    const MediaInfo media = file("mp4", {h264, audio("xhe-aac")});
    EXPECT_EQ(decide(media, preset("safari")).mode, DeliveryMode::Direct);
    EXPECT_TRUE(decide(media, preset("safari")).playable());
    EXPECT_THAT(decide(media, preset("chromium")).unplayable, HasSubstr("The sound is in xHE-AAC"));
    EXPECT_THAT(decide(media, preset("basic-hls")).unplayable, HasSubstr("The sound is in xHE-AAC"));
}

TEST(DecidePlayable, ThePictureGoesOnWithoutASoundThatNobodyDecodes) {
    const auto mpv = preset("mpv");
    const MediaInfo media = file("mp4", {h264, audio("")});
    const Decision decision = decide(media, mpv);
    EXPECT_TRUE(decision.playable()) << decision.unplayable;
    EXPECT_EQ(decision.mode, DeliveryMode::Direct);
    EXPECT_TRUE(decision.soundLeftOut);
    ASSERT_TRUE(decision.audio);
    EXPECT_EQ(decision.audio->index, 1);
    EXPECT_THAT(decision.reasons(), ElementsAre(HasSubstr("no sound: The sound is in an unknown format")));
    EXPECT_FALSE(decide(media, mpv, {.audio = 1, .subtitle = {}}).playable());  // just this sound was asked for
    EXPECT_FALSE(decide(media, preset("chromium")).playable());
    EXPECT_EQ(bestVersion({media, file("mp4", {h264, aac})}, mpv), 1U);
    EXPECT_FALSE(decide(file("mp4", {video("vvc"), audio("")}), mpv).playable());
}

TEST(DecidePlayable, AClientThatNamesTheCodecNeedsNoDecoderOfOurs) {
    Capabilities television = preset("safari");
    television.audio.push_back({"ac4", 8});
    EXPECT_EQ(decide(file("mp4", {h264, audio("ac4")}), television).unplayable, "");
    EXPECT_EQ(decide(file("mp4", {h264, audio("ac4")}), television).mode, DeliveryMode::Direct);
}

TEST(BestVersion, IsTheOneWithTheLeastWorkThenTheBestPicture) {
    StreamInfo uhd = hevc10;
    uhd.width = 3840;
    uhd.height = 2160;
    StreamInfo small = h264;
    small.width = 640;
    small.height = 360;
    const std::vector<MediaInfo> versions = {file("mp4", {small, aac}), file("matroska", {uhd, dts}),
                                             file("mp4", {h264, aac}), file("mp4", {video("vvc"), aac})};
    EXPECT_EQ(bestVersion(versions, preset("mpv")), 1u);
    EXPECT_EQ(bestVersion(versions, preset("chromium")), 2u);
    EXPECT_EQ(bestVersion({file("mp4", {video("vvc")})}, preset("mpv")), std::nullopt);
    EXPECT_EQ(bestVersion({}, preset("mpv")), std::nullopt);
}

TEST(MimeType, NamesTheCodecsWhereTheyAreKnown) {
    EXPECT_EQ(mimeType(file("mp4", {h264, aac})), "video/mp4; codecs=\"avc1.640028, mp4a.40.2\"");
    EXPECT_EQ(mimeType(file("mp4", {audio("xhe-aac")})), "audio/mp4; codecs=\"mp4a.40.42\"");
    EXPECT_EQ(mimeType(file("mp4", {video("h264", "constrained baseline", 30)})), "video/mp4; codecs=\"avc1.42E01E\"");
    EXPECT_EQ(mimeType(file("mp4", {hevc10, audio("eac3")})), "video/mp4; codecs=\"hvc1.2.4.L120.B0, ec-3\"");
    EXPECT_EQ(mimeType(file("mp4", {av1, opus})), "video/mp4; codecs=\"av01.0.08M.08, opus\"");
    EXPECT_EQ(mimeType(file("mp4", {aac})), "audio/mp4; codecs=\"mp4a.40.2\"");
    EXPECT_EQ(mimeType(file("webm", {vp9, opus})), "video/webm; codecs=\"vp9, opus\"");
    EXPECT_EQ(mimeType(file("matroska", {h264, dts})), "video/x-matroska");
    EXPECT_EQ(mimeType(file("mp4", {h264, dts})), "video/mp4");
    EXPECT_EQ(mimeType(file("mp3", {mp3})), "audio/mpeg");
    EXPECT_EQ(mimeType(file("something", {mp3})), "application/octet-stream");
    EXPECT_EQ(extension(file("mp4", {aac})), "m4a");
    EXPECT_EQ(extension(file("matroska", {h264})), "mkv");
    EXPECT_EQ(extension(file("something", {h264})), "bin");
}

}  // namespace
}  // namespace marea::server
