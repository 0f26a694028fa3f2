#include "server/packaging/downloadplan.h"

#include <gtest/gtest.h>

#include <set>

#include "samples.h"
#include "server/packaging/rendition.h"

namespace marea::server {
namespace {

core::MediaInfo keptFilm() {
    core::MediaInfo file =
        fileOf({pictureStream("h264", 1920, 1080), soundStream("aac", 2, "en"), soundStream("ac3", 6, "es"),
                soundStream("aac", 2, "es"), textStream("subrip", "en"), textStream("hdmv_pgs_subtitle", "es")});
    file.streams[1].isDefault = true;
    file.streams[2].commentary = true;
    return file;
}

// The renditions of a plan, or why there is none.
std::string planned(const core::MediaInfo& file, std::string_view quality, std::string_view format,
                    std::vector<std::string> audio = {}, std::vector<std::string> subtitles = {},
                    const std::vector<DownloadSidecar>& beside = {}) {
    auto wish = downloadWish(quality, format, std::move(audio), std::move(subtitles));
    if (!wish) {
        return "wish: " + wish.error().text;
    }
    MediaIndex index = indexOf(file);
    for (TrackIndex& track : index.tracks) {
        track.codecString = track.codec == "vp9" ? "vp09.00.40.08" : track.codecString;
    }
    auto plan = planDownload(*wish, file, index, beside);
    if (!plan) {
        return plan.error().text;
    }
    std::string text;
    for (const TrackSpec& track : plan->tracks) {
        text += (text.empty() ? "" : " ") + renditionName(track, file);
    }
    for (const DownloadText& one : plan->texts) {
        text += one.stream >= 0 ? " s" + std::to_string(one.stream) : " x" + std::to_string(one.beside);
    }
    return text;
}

TEST(DownloadPlan, TakesWhatIsThereAndEncodesWhatIsNot) {
    EXPECT_EQ(planned(keptFilm(), "original", "mp4"), "v0-copy a1-copy");
    EXPECT_EQ(planned(keptFilm(), "1080p", "mp4"), "v0-copy a1-copy");
    EXPECT_EQ(planned(keptFilm(), "2160p", "mp4"), "v0-copy a1-copy") << "never above the source";
    EXPECT_EQ(planned(keptFilm(), "720p", "mp4"), "v0-h264-720 a1-copy");
    core::MediaInfo old = fileOf({pictureStream("mpeg2video", 720, 576), soundStream("ac3", 6)});
    EXPECT_EQ(planned(old, "original", "mp4"), "v0-h264-720 a1-aac-6");
    EXPECT_EQ(planned(old, "240p", "mp4"), "v0-h264-240 a1-aac-6");
    core::MediaInfo hdr = fileOf({pictureStream("hevc", 3840, 2160), soundStream("eac3", 8)});
    hdr.streams[0].hdr = core::HdrKind::Hdr10;
    EXPECT_EQ(planned(hdr, "original", "mp4"), "v0-copy a1-aac-6");
    EXPECT_EQ(planned(hdr, "1080p", "mp4"), "v0-h264-1080-sdr a1-aac-6");
}

TEST(DownloadPlan, WebmHasVp9AndOpus) {
    EXPECT_EQ(planned(keptFilm(), "original", "webm"), "v0-vp9-1080 a1-opus-2");
    EXPECT_EQ(planned(keptFilm(), "480p", "webm", {"es", "en"}, {"en"}), "v0-vp9-480 a3-opus-2 a1-opus-2 s4");
    core::MediaInfo own = fileOf({pictureStream("vp9", 1920, 1080), soundStream("opus", 6)});
    EXPECT_EQ(planned(own, "original", "webm"), "v0-copy a1-copy");
    EXPECT_EQ(planned(own, "720p", "webm"), "v0-vp9-720 a1-copy");
    own.streams[0].rotation = 90;
    EXPECT_EQ(planned(own, "original", "webm"), "v0-vp9-1080 a1-copy") << "no place for a rotation";
    core::MediaInfo hdr = fileOf({pictureStream("hevc", 3840, 2160), soundStream("eac3", 8)});
    hdr.streams[0].hdr = core::HdrKind::Hdr10;
    EXPECT_EQ(planned(hdr, "1080p", "webm"), "v0-vp9-1080-sdr a1-opus-6");
    EXPECT_NE(planned(fileOf({soundStream("flac", 2)}), "original", "webm").find("no picture"), std::string::npos);
    EXPECT_TRUE(planned(keptFilm(), "192", "webm").starts_with("wish: "));
    EXPECT_STREQ(mimeTypeOf(DownloadFormat::Webm, true), "video/webm");
    EXPECT_STREQ(extensionOf(DownloadFormat::Webm), "webm");
}

TEST(DownloadPlan, MusicIsForTwoLoudspeakers) {
    const core::MediaInfo song = fileOf({soundStream("flac", 2)});
    EXPECT_EQ(planned(song, "original", "m4a"), "a0-aac-2");
    EXPECT_EQ(planned(song, "128", "m4a"), "a0-aac-2-128");
    EXPECT_EQ(planned(song, "original", "mp3"), "a0-mp3-2");
    EXPECT_EQ(planned(song, "192", "mp3"), "a0-mp3-2-192");
    EXPECT_EQ(planned(fileOf({soundStream("flac", 1)}), "original", "mp3"), "a0-mp3-1");
    EXPECT_EQ(planned(song, "original", "opus"), "a0-opus-2");
    EXPECT_EQ(planned(song, "96", "opus"), "a0-opus-2-96");
    EXPECT_EQ(planned(song, "original", "flac"), "a0-flac-2");
    EXPECT_EQ(planned(fileOf({soundStream("opus", 2)}), "original", "opus"), "a0-opus-2") << "with hard bitrate";
    EXPECT_EQ(planned(fileOf({soundStream("flac", 6)}), "320", "mp3"), "a0-mp3-2-320");
    EXPECT_EQ(planned(fileOf({soundStream("aac", 2)}), "original", "m4a"), "a0-copy");
    EXPECT_EQ(planned(keptFilm(), "192", "mp3", {"es"}), "a3-mp3-2-192") << "a film's sound alone";
}

TEST(DownloadPlan, LanguagesAreFoundOrMissed) {
    EXPECT_EQ(planned(keptFilm(), "original", "mp4", {"es", "en"}), "v0-copy a3-copy a1-copy") << "not the commentary";
    EXPECT_EQ(planned(keptFilm(), "original", "mp4", {"spa"}), "v0-copy a3-copy");
    EXPECT_NE(planned(keptFilm(), "original", "mp4", {"de"}).find("German"), std::string::npos);
    EXPECT_EQ(planned(keptFilm(), "original", "mp4", {}, {"en"}), "v0-copy a1-copy s4");
    EXPECT_EQ(planned(keptFilm(), "original", "mp4", {}, {"en"}, {{"fr", false, false}, {"en", true, false}}),
              "v0-copy a1-copy s4 x1");
    EXPECT_NE(planned(keptFilm(), "original", "mp4", {}, {"es"}).find("Spanish"), std::string::npos) << "only pictures";
}

TEST(DownloadPlan, WhatMakesNoSenseIsRefused) {
    for (const auto& [quality, format] : std::vector<std::pair<const char*, const char*>>{{"720p", "mp3"},
                                                                                          {"720", "mp4"},
                                                                                          {"192", "mp4"},
                                                                                          {"191", "mp3"},
                                                                                          {"192", "flac"},
                                                                                          {"720p", "opus"},
                                                                                          {"721p", "mp4"},
                                                                                          {"", "mp4"},
                                                                                          {"p", "mp4"},
                                                                                          {"720p", "original"},
                                                                                          {"original", "avi"},
                                                                                          {"original", ""}}) {
        EXPECT_TRUE(planned(keptFilm(), quality, format).starts_with("wish: ")) << quality << " " << format;
    }
    EXPECT_TRUE(planned(keptFilm(), "original", "original", {"en"}).starts_with("wish: "));
    EXPECT_TRUE(planned(keptFilm(), "192", "mp3", {"en", "es"}).starts_with("wish: "));
    EXPECT_TRUE(planned(keptFilm(), "192", "mp3", {}, {"en"}).starts_with("wish: "));
    EXPECT_TRUE(planned(keptFilm(), "original", "mp4", {"no language"}).starts_with("wish: "));
    EXPECT_NE(planned(fileOf({soundStream("flac", 2)}), "original", "mp4").find("no picture"), std::string::npos);
}

TEST(DownloadPlan, AllThatDecidesTheBytesIsInItsText) {
    std::set<std::string> texts;
    for (const char* quality : {"original", "720p", "480p"}) {
        texts.insert(downloadWish(quality, "mp4", {}, {})->text());
    }
    texts.insert(downloadWish("original", "mp4", {"en"}, {})->text());
    texts.insert(downloadWish("original", "mp4", {}, {"en"})->text());
    texts.insert(downloadWish("original", "webm", {}, {})->text());
    texts.insert(downloadWish("original", "m4a", {}, {})->text());
    texts.insert(downloadWish("128", "m4a", {}, {})->text());
    EXPECT_EQ(texts.size(), 8U);
}

}  // namespace
}  // namespace marea::server
