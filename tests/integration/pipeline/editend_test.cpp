// An MP4 whose edit list ends before its media does is as long as the edit list says: when it is told, copied and
// encoded.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "tests/integration/pipeline/cutfile.h"
#include "tests/integration/pipeline/judge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr double kMedia = 8, kShown = 5.3;  // s
constexpr double kPicture = 0.04;

std::string bytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void put32(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i)
        bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (24 - 8 * i));
}

// Every box of that type in the file, by where its type stands; `offset` from there is the duration in 1/1000 s.
void shorten(std::string& bytes, const char* type, std::size_t offset) {
    for (std::size_t at = bytes.find(type); at != std::string::npos; at = bytes.find(type, at + 4))
        put32(bytes, at + offset, static_cast<std::uint32_t>(kShown * 1000));
}

}  // namespace

class EditEnd : public testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        const std::string whole = folder_.at("whole.mp4");
        if (!make(whole, {"-f",       "lavfi",   "-i",      "testsrc2=s=320x180:r=25:d=8",
                          "-f",       "lavfi",   "-i",      "aevalsrc='0.2*sin(900*t)':d=8:s=48000",
                          "-c:v",     "libx264", "-bf",     "2",
                          "-g",       "50",      "-preset", "ultrafast",
                          "-pix_fmt", "yuv420p", "-c:a",    "aac"}))
            GTEST_SKIP() << "no ffmpeg command, or no libx264";
        std::string bytes = bytesOf(whole);
        shorten(bytes, "elst", 12);
        if (GetParam()) {  // as the standard wants it; some editors leave these as they were
            shorten(bytes, "mvhd", 20);
            shorten(bytes, "tkhd", 24);
        }
        path_ = folder_.write("film.mp4", bytes);
    }

    static double seconds(Ticks at) { return static_cast<double>(at) / kTicksPerSecond; }

    // The whole rendition, as a player gets it.
    std::string joined(OpenSession& film, const TrackSpec& track, const core::MediaInfo& info,
                       const MediaIndex& index) {
        std::string bytes;
        for (const SegmentSpec& spec : specsOf({track}, info, index)) {
            const auto made = film->segment(spec);
            EXPECT_TRUE(made) << (made ? "" : made.error().text + " " + made.error().detail);
            bytes += made.value_or("");
        }
        return folder_.write("joined.mp4", bytes);
    }

    ScratchFolder folder_;
    std::string path_;
};

TEST_P(EditEnd, IsToldAsLongAsItIs) {
    const auto info = infoOf(path_);
    ASSERT_TRUE(info);
    EXPECT_NEAR(info->duration, kShown, 0.001);
    OpenSession film(path_);
    ASSERT_TRUE(film);
    const auto index = film->index();
    ASSERT_TRUE(index);
    EXPECT_NEAR(seconds(index->duration), kShown, 0.001);
    for (const TrackIndex& track : index->tracks)
        EXPECT_NEAR(seconds(track.end), kShown, 0.001) << track.codec;
    ASSERT_EQ(index->tracks[0].keyframes.size(), 3U) << "what begins behind the end is not there";
}

TEST_P(EditEnd, CopiesEndThere) {
    const auto info = infoOf(path_);
    OpenSession film(path_);
    ASSERT_TRUE(info && film);
    const auto index = film->index();
    ASSERT_TRUE(index);
    double last = 0;
    const auto pictures = packetsOf(joined(film, copyOf(0), *info, *index), "v:0");
    for (const JudgedPacket& packet : pictures)
        last = std::max(last, packet.pts - pictures.front().pts);
    // A picture that is shown later may be needed by those before it.
    EXPECT_GE(last + kPicture, kShown - 0.001);
    EXPECT_LE(last, kShown + 2 * kPicture);
    const auto sound = packetsOf(joined(film, copyOf(1), *info, *index), "a:0");
    ASSERT_FALSE(sound.empty());
    EXPECT_NEAR(sound.back().pts - sound.front().pts, kShown, 0.045);
}

TEST_P(EditEnd, EncodingsEndThere) {
    const auto info = infoOf(path_);
    OpenSession film(path_);
    ASSERT_TRUE(info && film);
    const auto index = film->index();
    ASSERT_TRUE(index);
    VideoEncoding video;
    video.width = 320;
    video.height = 180;
    video.frameRate = {25, 1};
    video.bitrate = 500'000;
    const auto pictures = packetsOf(joined(film, {0, video}, *info, *index), "v:0");
    EXPECT_NEAR(static_cast<double>(pictures.size()) * kPicture, kShown, kPicture);
    AudioEncoding flac;
    flac.codec = "flac";
    flac.channels = 1;
    flac.sampleRate = 48'000;
    const std::string sound = joined(film, {1, flac}, *info, *index);
    const std::string samples = outputOf({"ffmpeg", "-v", "error", "-nostdin", "-i", sound, "-f", "s16le", "-"});
    EXPECT_NEAR(static_cast<double>(samples.size()) / 2 / 48'000, kShown, 0.001);
    // And there is no sound after it, where encoders give whole frames.
    float loudest = 0;
    for (std::size_t i = static_cast<std::size_t>(kShown * 48'000) + 1; 2 * i + 1 < samples.size(); ++i) {
        std::int16_t value = 0;
        std::memcpy(&value, samples.data() + 2 * i, 2);
        loudest = std::max(loudest, std::abs(static_cast<float>(value)));
    }
    EXPECT_EQ(loudest, 0);
}

INSTANTIATE_TEST_SUITE_P(Movies, EditEnd, testing::Bool(),
                         [](const auto& param) { return param.param ? "Shortened" : "LeftAsLong"; });
