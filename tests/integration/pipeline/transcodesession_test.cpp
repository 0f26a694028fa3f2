#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "server/pipeline/segmentsession.h"
#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

VideoEncoding videoOf(Rational rate) {
    VideoEncoding encoding;
    encoding.width = 160;
    encoding.height = 64;
    encoding.frameRate = rate;
    encoding.bitrate = 2'500'000;
    return encoding;
}

AudioEncoding audioOf() {
    AudioEncoding encoding;
    encoding.bitrate = 128'000;
    return encoding;
}

// One white picture and one beep a second; the pictures of the first 10 frames of each second count.
std::vector<double> flashes(const std::string& path, double rate) {
    std::vector<double> times;
    const auto luma = pictureLuma(path, 160, 64);
    for (std::size_t i = 0; i < luma.size(); ++i) {
        if (luma[i] > 120 && (i == 0 || luma[i - 1] <= 120))
            times.push_back(static_cast<double>(i) / rate);
    }
    return times;
}

// Of encoded AAC, which begins a frame before the title.
std::vector<double> beeps(const std::vector<float>& samples) {
    constexpr double leadIn = 1024;
    std::vector<double> times;
    std::size_t quietSince = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (std::abs(samples[i]) < 0.1F)
            continue;
        if (i - quietSince > 12'000 || times.empty())
            times.push_back((static_cast<double>(i) - leadIn) / 48'000);
        quietSince = i;
    }
    return times;
}

}  // namespace

class TranscodeSession : public testing::Test {
protected:
    std::string flashAndBeep(const std::string& name, int sampleRate, const std::vector<std::string>& options) {
        std::vector<std::string> arguments{
            "-f", "lavfi",
            "-i", "color=c=black:s=160x64:r=25:d=10,geq=lum='if(lt(mod(N,25),2),235,16)':cb=128:cr=128",
            "-f", "lavfi",
            "-i", "aevalsrc='if(lt(mod(t,1),0.08),0.8*cos(2*PI*1000*t),0)':d=10:s=" + std::to_string(sampleRate)};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }

    std::unique_ptr<SegmentSession> open(const std::string& path) {
        file_ = std::make_unique<Film>(path);
        auto session = SegmentSession::open(std::move(file_->source()));
        EXPECT_TRUE(session) << session.error().text;
        return session ? std::move(*session) : nullptr;
    }

    std::string make(SegmentSession& session, const SegmentSpec& spec) {
        auto made = session.segment(spec);
        EXPECT_TRUE(made) << made.error().text << " (" << made.error().detail << ")";
        return made ? *made : std::string();
    }

    std::string whole(SegmentSession& session, const std::vector<TrackSpec>& tracks, SegmentFormat format,
                      const std::vector<Cut>& cuts) {
        std::string out;
        SegmentSpec spec{tracks, format};
        if (format == SegmentFormat::Mp4)
            out = make(session, spec);
        for (const Cut& cut : cuts) {
            ++spec.number;
            spec.from = cut.from;
            spec.to = cut.to;
            out += make(session, spec);
        }
        return out;
    }

    void expectInSync(const std::vector<double>& seen, const std::vector<double>& heard, const std::string& what) {
        ASSERT_GE(seen.size(), 9U) << what;
        ASSERT_GE(heard.size(), 9U) << what;
        for (std::size_t i = 1; i < 9; ++i) {
            // Half a picture: those of the source may lie between those of the grid.
            EXPECT_NEAR(seen[i], heard[i], 0.021) << what;
            EXPECT_NEAR(heard[i], static_cast<double>(i), 0.03) << what;
        }
    }

    Folder folder_;
    std::unique_ptr<Film> file_;
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(TranscodeSession, PictureAndSoundStayTogether) {
    struct Case {
        const char* name;
        int sampleRate;
        std::vector<std::string> options;
    };
    const Case cases[] = {{"a.mp4", 48'000, {"-c:v", "libx264", "-bf", "3", "-c:a", "aac"}},
                          {"a.mkv", 44'100, {"-c:v", "libx264", "-bf", "3", "-c:a", "aac"}},
                          {"a.ts", 44'100, {"-c:v", "libx264", "-bf", "2", "-g", "50", "-c:a", "mp2"}},
                          {"b.mkv", 48'000, {"-c:v", "libx264", "-c:a", "ac3"}},
                          {"a.webm", 48'000, {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"}}};
    for (const Case& c : cases) {
        const auto path = flashAndBeep(c.name, c.sampleRate, c.options);
        SKIP_WITHOUT(path);
        const auto session = open(path);
        ASSERT_TRUE(session);
        const auto video =
            whole(*session, {{0, videoOf({25, 1})}}, SegmentFormat::Mp4, unitGrid({25, 1}, 10 * kTicksPerSecond));
        const auto audio = whole(*session, {{1, audioOf()}}, SegmentFormat::Mp4,
                                 unitGrid(audioFrameRate("aac", 48'000), 10 * kTicksPerSecond));
        writeFile(folder_ / "v.mp4", video);
        writeFile(folder_ / "a.mp4.out.mp4", audio);
        expectInSync(flashes(folder_ / "v.mp4", 25), beeps(samplesOf(folder_ / "a.mp4.out.mp4")), c.name);
    }
}

TEST_F(TranscodeSession, TransportStreamHasBothTracksInStep) {
    const auto path = flashAndBeep("a.mkv", 48'000, {"-c:v", "libx264", "-bf", "3", "-g", "50", "-c:a", "flac"});
    SKIP_WITHOUT(path);
    const auto session = open(path);
    ASSERT_TRUE(session);
    const auto cuts = unitGrid({25, 1}, 10 * kTicksPerSecond);
    writeFile(folder_ / "out.ts",
              whole(*session, {{0, videoOf({25, 1})}, {1, audioOf()}}, SegmentFormat::MpegTs, cuts));
    const auto video = packetsOf(folder_ / "out.ts", "v"), audio = packetsOf(folder_ / "out.ts", "a");
    ASSERT_EQ(video.size(), 250U);
    ASSERT_GE(audio.size(), 468U);
    EXPECT_NEAR(video.front().pts, audio.front().pts + 0.0213, 0.001);  // AAC has a frame before the start
    EXPECT_NEAR(video.back().pts - video.front().pts, 9.96, 0.001);
    expectInSync(flashes(folder_ / "out.ts", 25), beeps(samplesOf(folder_ / "out.ts")), "ts");
}

TEST_F(TranscodeSession, ACopiedPictureAndEncodedSound) {
    const auto path = flashAndBeep("a.mp4", 44'100, {"-c:v", "libx264", "-bf", "2", "-g", "50", "-c:a", "aac"});
    SKIP_WITHOUT(path);
    const auto session = open(path);
    ASSERT_TRUE(session);
    const auto index = session->index();
    ASSERT_TRUE(index);
    const auto cuts = keyframeGrid(index->tracks[0].keyframes, index->tracks[0].end);
    writeFile(folder_ / "out.ts", whole(*session, {{0, CopyEncoding{}}, {1, audioOf()}}, SegmentFormat::MpegTs, cuts));
    EXPECT_EQ(packetsOf(folder_ / "out.ts", "v").size(), 250U);
    expectInSync(flashes(folder_ / "out.ts", 25), beeps(samplesOf(folder_ / "out.ts")), "copy and aac");
}

// Real files: every segment is made, and has the pictures and frames of its grid.
TEST_F(TranscodeSession, RealFilms) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media)
        GTEST_SKIP() << "MAREA_TEST_MEDIA is not set";
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(media) / "video")) {
        const std::string name = entry.path().filename();
        // Long, or with nothing inside that ffmpeg decodes.
        if (name.starts_with("long-") || name.starts_with("bbb-1080p24") || name.starts_with("vvc-") ||
            name == "bear-360p-no-editlist.mp4")
            continue;
        SCOPED_TRACE(name);
        const auto session = open(entry.path());
        if (!session)
            continue;
        const auto index = session->index();
        ASSERT_TRUE(index) << index.error().text;
        for (const TrackIndex& track : index->tracks) {
            const bool isVideo = track.kind == marea::core::StreamKind::Video;
            const Ticks end = std::min<Ticks>(std::max<Ticks>(track.end, kTicksPerSecond / 5), 3 * kTicksPerSecond);
            const TrackSpec spec =
                isVideo ? TrackSpec{track.stream, videoOf({25, 1})} : TrackSpec{track.stream, audioOf()};
            const Rational rate = isVideo ? Rational{25, 1} : audioFrameRate("aac", 48'000);
            writeFile(folder_ / "out.mp4", whole(*session, {spec}, SegmentFormat::Mp4, unitGrid(rate, end)));
            // AAC has a frame before the title's start.
            EXPECT_EQ(packetsOf(folder_ / "out.mp4", isVideo ? "v" : "a").size(),
                      static_cast<std::size_t>(firstUnit(end, rate) + (isVideo ? 0 : 1)))
                << track.stream;
        }
        ++seen;
    }
    EXPECT_GT(seen, 20);
}

// Called off after each of its first packets in turn, and asked for again.
TEST_F(TranscodeSession, WhatWasCalledOffLeavesTheSessionAsItWas) {
    const std::string path = flashAndBeep("film.mkv", 48'000, {"-c:v", "mpeg4", "-g", "25", "-c:a", "flac"});
    if (path.empty())
        GTEST_SKIP() << "no ffmpeg command";
    const SegmentSpec video{{{0, videoOf({25, 1})}}, SegmentFormat::Mp4, 2, 2 * kTicksPerSecond, 4 * kTicksPerSecond};
    const SegmentSpec audio{{{1, audioOf()}}, SegmentFormat::Mp4, 2, 2 * kTicksPerSecond, 4 * kTicksPerSecond};
    const auto fresh = open(path);
    ASSERT_TRUE(fresh);
    const std::string picture = make(*fresh, video), sound = make(*fresh, audio);
    const auto whole = std::move(file_);

    int left = 1 << 30, calledOff = 0;
    file_ = std::make_unique<Film>(path);
    file_->source().setUnwanted([&left] { return left-- <= 0; });
    auto session = SegmentSession::open(std::move(file_->source()));
    ASSERT_TRUE(session);
    for (const SegmentSpec& spec : {video, audio}) {
        for (int packets = 0; packets < 60; packets += 7) {
            left = packets;
            const auto cut = (*session)->segment(spec);
            if (cut)
                break;  // it needs no more
            EXPECT_EQ(cut.error().code, marea::core::ErrorCode::Cancelled);
            ++calledOff;
            left = 1 << 30;
            EXPECT_TRUE(make(**session, spec) == (spec.tracks[0].stream == 0 ? picture : sound));
        }
    }
    EXPECT_GT(calledOff, 8);
}
