#include <fcntl.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "server/audio/musicfile.h"
#include "server/pipeline/segmentsession.h"
#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

struct Kind {
    const char* codec;
    int kbit;
    double noise;  // decibels below the signal, at most
};

// Pieces made alone, from the last to the first, and put in their places.
std::string musicOf(const std::string& path, const MusicFile& file, const Kind& kind) {
    Film film(path);
    SegmentSpec spec;
    AudioEncoding encoding;
    encoding.codec = kind.codec;
    encoding.bitrate = kind.kbit * 1000;
    spec.tracks = {{film.stream(AVMEDIA_TYPE_AUDIO), encoding}};
    spec.format = SegmentFormat::Raw;
    std::vector<std::string> parts(file.pieces().size());
    for (std::size_t i = parts.size(); i-- > 0;) {
        const auto& piece = file.pieces()[i];
        const marea::core::FileHandle own(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        auto session = SegmentSession::open(std::move(*MediaSource::open(own.get(), path)));
        spec.number = piece.number;
        spec.from = piece.time.from;
        spec.to = piece.time.to;
        const auto frames = (*session)->segment(spec);
        EXPECT_TRUE(frames) << frames.error().detail;
        const auto made = file.bytes(piece, frames.value_or(""));
        EXPECT_TRUE(made) << made.error().detail;
        parts[i] = made.value_or("");
        EXPECT_TRUE(!file.size() || parts[i].size() == piece.size) << kind.codec << " " << i;
    }
    std::string bytes = file.header();
    for (const std::string& part : parts)
        bytes += part;
    return bytes;
}

MusicFilePtr fileFor(const Kind& kind, double seconds, Ticks from = 0) {
    MusicWish wish;
    wish.codec = kind.codec;
    wish.duration = toTicks(seconds);
    wish.bitrate = kind.kbit * 1000;
    wish.from = from;
    wish.tags.title = "A title";
    return musicFile(wish);
}

// How far `made` is from `source`, whose sample number `from` is its first: in decibels, and at most in one sample.
std::pair<double, double> difference(const std::vector<float>& made, const std::vector<float>& source,
                                     std::size_t from) {
    double wrong = 0, whole = 0, worst = 0;
    for (std::size_t i = 0; i < made.size() && from + i < source.size(); ++i) {
        const double off = made[i] - source[from + i];
        wrong += off * off;
        whole += static_cast<double>(source[from + i]) * source[from + i];
        worst = std::max(worst, std::abs(off));
    }
    return {10 * std::log10(wrong / whole + 1e-12), worst};
}

constexpr Kind kinds[] = {
    {"mp3", 128, -20}, {"mp3", 320, -30}, {"opus", 96, -14}, {"opus", 510, -26}, {"flac", 0, -80}};

class MusicTranscode : public testing::Test {
protected:
    bool makeSweep(const std::string& path, double seconds) {
        return makeMedia(
            path, {"-f", "lavfi", "-i",
                   "aevalsrc='0.3*sin(2*PI*(300+60*t)*t)|0.3*sin(2*PI*440*t)':s=48000:d=" + std::to_string(seconds)});
    }
    Folder folder_;
};

}  // namespace

TEST_F(MusicTranscode, IsAFileOfExactlyTheLengthSaidBeforeAndOfTheMusicAlone) {
    const std::string path = folder_ / "a.flac";
    if (!makeSweep(path, 9.7))
        GTEST_SKIP() << "no ffmpeg command";
    const auto source = samplesOf(path);
    for (const Kind& kind : kinds) {
        const auto file = fileFor(kind, 9.7);
        ASSERT_TRUE(file);
        const std::string made = folder_ / ("a." + std::string(kind.codec));
        const std::string bytes = musicOf(path, *file, kind);
        EXPECT_TRUE(!file->size() || *file->size() == bytes.size()) << kind.codec;
        writeFile(made, bytes);
        EXPECT_EQ(run({"ffmpeg", "-v", "error", "-xerror", "-i", made, "-f", "null", "-"}).err, "") << kind.codec;
        // In step with the source to the sample, from the first to the last, over every seam.
        const auto samples = samplesOf(made);
        EXPECT_EQ(samples.size(), source.size()) << kind.codec << kind.kbit;
        const auto [noise, worst] = difference(samples, source, 0);
        EXPECT_LT(noise, kind.noise) << kind.codec << kind.kbit;
        EXPECT_LT(worst, 0.15) << kind.codec << kind.kbit;
    }
}

TEST_F(MusicTranscode, BeginsWhereItIsAskedTo) {
    const std::string path = folder_ / "a.flac";
    if (!makeSweep(path, 9.7))
        GTEST_SKIP() << "no ffmpeg command";
    const auto source = samplesOf(path);
    const Ticks from = 4 * kTicksPerSecond + 12'345;  // sample 198584
    for (const Kind& kind : kinds) {
        const auto file = fileFor(kind, 9.7, from);
        ASSERT_TRUE(file);
        const std::string made = folder_ / ("from." + std::string(kind.codec));
        writeFile(made, musicOf(path, *file, kind));
        const auto samples = samplesOf(made);
        const std::size_t first = std::string(kind.codec) == "flac" ? 198'584 / 4608 * 4608 : 198'584;
        EXPECT_EQ(samples.size(), source.size() - first) << kind.codec << kind.kbit;
        EXPECT_LT(difference(samples, source, first).first, kind.noise) << kind.codec << kind.kbit;
    }
}

// Four tracks cut from one sound, without regard to frames: joined again nothing is missing, and nothing clicks.
TEST_F(MusicTranscode, AnAlbumJoinsWithoutAGapOrAClick) {
    const std::string whole = folder_ / "album.flac";
    if (!makeSweep(whole, 12))
        GTEST_SKIP() << "no ffmpeg command";
    const auto source = samplesOf(whole);
    const std::size_t cuts[] = {0, 141'113, 290'003, 431'999, 576'000};
    for (const Kind& kind : kinds) {
        std::vector<float> joined;
        for (int track = 0; track < 4; ++track) {
            const std::string path = folder_ / "track.flac",
                              made = folder_ / ("track." + std::string(kind.codec) + "2");
            const std::string range = "atrim=start_sample=" + std::to_string(cuts[track]) +
                                      ":end_sample=" + std::to_string(cuts[track + 1]) + ",asetpts=N/SR/TB";
            ASSERT_TRUE(makeMedia(path, {"-i", whole, "-af", range}));
            const double seconds = static_cast<double>(cuts[track + 1] - cuts[track]) / 48'000;
            writeFile(made, musicOf(path, *fileFor(kind, seconds), kind));
            const auto samples = samplesOf(made);
            EXPECT_EQ(samples.size(), cuts[track + 1] - cuts[track]) << kind.codec << kind.kbit << " " << track;
            joined.insert(joined.end(), samples.begin(), samples.end());
        }
        ASSERT_EQ(joined.size(), source.size()) << kind.codec;
        const auto [noise, worst] = difference(joined, source, 0);
        EXPECT_LT(noise, kind.noise) << kind.codec << kind.kbit;
        EXPECT_LT(worst, 0.15) << kind.codec << kind.kbit;  // a click would be as loud as the music, 0.3
    }
}
