// Index and segments of every file of the corpus, as it is and damaged, by workers under their real limits: good bytes
// or an error in words, never a crash or a hang.
#include <gtest/gtest.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "server/packaging/mp4boxes.h"
#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::ErrorCode;
using core::StreamKind;
using Urgency = SegmentMaker::Urgency;

namespace {

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Whole boxes to the last byte, one of them of this type.
bool hasBoxes(const std::string& bytes, std::string_view type) {
    const auto boxes = boxesIn(bytes, 0, bytes.size());
    return !boxes.empty() && boxes.back().end == bytes.size() &&
           std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) { return box.type == type; });
}

bool isTransportStream(const std::string& bytes) {
    constexpr std::size_t packet = 188;
    if (bytes.size() % packet != 0)
        return false;
    for (std::size_t at = 0; at < bytes.size(); at += packet) {
        if (bytes[at] != 0x47)
            return false;
    }
    return true;
}

class SegmentCorpus : public testing::Test {
protected:
    void SetUp() override {
        const char* media = std::getenv("MAREA_TEST_MEDIA");
        if (!media)
            GTEST_SKIP() << "MAREA_TEST_MEDIA names no folder of test media";
        for (const char* folder : {"audio", "video", "broken", "drm"}) {
            for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(media) / folder))
                files_.push_back(entry.path());
        }
        std::sort(files_.begin(), files_.end());
        ASSERT_FALSE(files_.empty());
    }
    void TearDown() override {
        const WorkerPoolStatus status = test_.pool.status();
        EXPECT_EQ(status.deaths, 0U);
        EXPECT_EQ(status.timeouts, 0U);
        RecordProperty("segments", std::to_string(made_));
        RecordProperty("refusals", std::to_string(refused_));
    }

    template <class T>
    void expectInWords(const core::Result<T>& result) {
        if (result)
            return;
        ++refused_;
        EXPECT_FALSE(result.error().text.empty());
        EXPECT_NE(result.error().code, ErrorCode::Unavailable) << result.error().detail;
        EXPECT_NE(result.error().code, ErrorCode::Timeout) << result.error().detail;
        EXPECT_NE(result.error().code, ErrorCode::Internal) << result.error().text << ": " << result.error().detail;
    }
    core::Result<std::string> make(const core::FileHandle& file, const std::string& name, const SegmentSpec& spec) {
        Waiter<std::string> waiter;
        test_.pool.segment({std::move(*file.duplicate()), name, name}, spec, Urgency::Requested, waiter.done());
        auto made = waiter.wait();
        expectInWords(made);
        made_ += made.has_value();
        return made;
    }
    // The first, one from the middle, and the last.
    void makeThree(const core::FileHandle& file, const std::string& name, SegmentSpec spec, Ticks duration) {
        const Ticks cuts[][2] = {
            {0, kTicksPerSecond}, {duration / 2, duration / 2 + kTicksPerSecond}, {duration - 2, duration + 2}};
        spec.number = 0;
        for (const auto& [from, to] : cuts) {
            spec.from = std::max<Ticks>(from, 0);
            spec.to = std::max(to, spec.from + 1);
            if (const auto made = make(file, name, spec)) {
                EXPECT_TRUE(spec.format == SegmentFormat::Mp4 ? hasBoxes(*made, "moof") && hasBoxes(*made, "mdat")
                                                              : isTransportStream(*made));
            }
            ++spec.number;
        }
    }
    void tryFile(const core::FileHandle& file, const std::string& name) {
        SCOPED_TRACE(name);
        Waiter<MediaIndex> waiter;
        test_.pool.index({std::move(*file.duplicate()), name, name}, IndexDepth::Whole, Urgency::Requested,
                         waiter.done());
        const auto index = waiter.wait();
        expectInWords(index);
        if (!index)
            return;
        std::vector<TrackSpec> muxed;
        for (const TrackIndex& track : index->tracks) {
            EXPECT_GE(track.end, track.start);
            SegmentSpec spec;
            spec.tracks = {{track.stream, CopyEncoding{}}};
            if (const auto init = make(file, name, spec)) {
                EXPECT_TRUE(hasBoxes(*init, "moov"));
            }
            makeThree(file, name, spec, index->duration);
            const StreamKind wanted = muxed.empty() ? StreamKind::Video : StreamKind::Audio;
            if (muxed.size() < 2 && track.kind == wanted)
                muxed.push_back(spec.tracks.front());
        }
        SegmentSpec spec;
        spec.tracks = std::move(muxed);
        spec.format = SegmentFormat::MpegTs;
        if (!spec.tracks.empty())
            makeThree(file, name, spec, index->duration);
    }

    void damageAll(std::mt19937& random) {
        for (const auto& path : files_) {
            const std::string whole = bytesOf(path);
            if (whole.size() >= (1U << 20))
                continue;
            // Few everywhere, and more where headers are.
            for (const std::size_t reach : {whole.size(), std::min<std::size_t>(whole.size(), 4096)}) {
                std::string bytes = whole;
                for (int i = 0; i < 24; ++i)
                    bytes[random() % reach] = static_cast<char>(random());
                tryFile(fileWith(bytes), path.filename().string());
            }
        }
    }

    std::vector<std::filesystem::path> files_;
    PoolUnderTest test_{1};
    std::size_t made_ = 0, refused_ = 0;
};

}  // namespace

TEST_F(SegmentCorpus, AsItIs) {
    for (const auto& path : files_)
        tryFile(openFile(path.string()), path.filename().string());
    EXPECT_GT(made_, 300U);
}

TEST_F(SegmentCorpus, CutOff) {
    for (const auto& path : files_) {
        const std::string bytes = bytesOf(path);
        if (bytes.size() < (1U << 20))
            tryFile(fileWith(std::string_view(bytes).substr(0, bytes.size() / 2)), path.filename().string());
    }
}

// MAREA_FUZZ_ROUNDS: how often, each time with other bytes.
TEST_F(SegmentCorpus, WithWrongBytes) {
    const char* rounds = std::getenv("MAREA_FUZZ_ROUNDS");
    std::mt19937 random(4711);
    for (int round = rounds ? std::atoi(rounds) : 1; round > 0 && !HasFailure(); --round)
        damageAll(random);
}
