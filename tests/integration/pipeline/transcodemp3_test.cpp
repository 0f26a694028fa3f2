#include <fcntl.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "server/audio/mp3file.h"
#include "server/pipeline/segmentsession.h"
#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

// Segments made alone, from the last to the first, behind the header.
std::string mp3Of(const std::string& path, const Mp3File& file, int kbit) {
    std::string bytes(file.size(), '\0');
    const std::string header = file.header();
    std::copy(header.begin(), header.end(), bytes.begin());
    Film film(path);
    SegmentSpec spec;
    AudioEncoding encoding;
    encoding.codec = "mp3";
    encoding.bitrate = kbit * 1000;
    spec.tracks = {{film.stream(AVMEDIA_TYPE_AUDIO), encoding}};
    spec.format = SegmentFormat::Raw;
    for (auto piece = file.pieces().rbegin(); piece != file.pieces().rend(); ++piece) {
        const marea::core::FileHandle own(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        auto session = SegmentSession::open(std::move(*MediaSource::open(own.get(), path)));
        spec.number = piece->number;
        spec.from = piece->time.from;
        spec.to = piece->time.to;
        const auto made = (*session)->segment(spec);
        EXPECT_TRUE(made) << made.error().detail;
        EXPECT_EQ(made.value_or("").size(), piece->size) << piece->number;
        std::copy(made->begin(), made->end(), bytes.begin() + static_cast<std::ptrdiff_t>(piece->offset));
    }
    return bytes;
}

class Mp3Transcode : public testing::Test {
protected:
    Folder folder_;
};

}  // namespace

TEST_F(Mp3Transcode, IsAFileOfExactlyTheLengthSaidBeforeAndOfTheMusicAlone) {
    const std::string path = folder_ / "a.flac";
    if (!makeMedia(path,
                   {"-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*(300+60*t)*t)|0.3*sin(2*PI*440*t)':s=44100:d=9.7"}))
        GTEST_SKIP() << "no ffmpeg command";
    for (const int kbit : {128, 320}) {
        const auto file = Mp3File::of(toTicks(9.7), 2, kbit);
        ASSERT_TRUE(file);
        writeFile(folder_ / "a.mp3", mp3Of(path, *file, kbit));
        EXPECT_EQ(run({"ffmpeg", "-v", "error", "-xerror", "-i", folder_ / "a.mp3", "-f", "null", "-"}).err, "");
        EXPECT_NEAR(std::strtod(streamEntry(folder_ / "a.mp3", "a", "duration").c_str(), nullptr), 9.7,
                    0.05);  // whole frames
        // In step with the source to the sample, from the first to the last, over every seam.
        const auto source = samplesOf(path), made = samplesOf(folder_ / "a.mp3");
        EXPECT_EQ(made.size(), source.size());
        double wrong = 0, whole = 0, worst = 0;
        for (std::size_t i = 0; i < std::min(made.size(), source.size()); ++i) {
            const double off = made[i] - source[i];
            wrong += off * off;
            whole += static_cast<double>(source[i]) * source[i];
            worst = std::max(worst, std::abs(off));
        }
        EXPECT_LT(10 * std::log10(wrong / whole), kbit > 200 ? -30 : -20) << kbit;
        EXPECT_LT(worst, 0.1) << kbit;
    }
}
