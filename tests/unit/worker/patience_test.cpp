#include "server/transcode/patience.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr std::int64_t kDisc = 60'000'000'000;  // bytes

TEST(Patience, GrowsWithFilesThatMayBeReadWhole) {
    const WorkerPoolOptions options;
    const auto least = options.fileTimeout;
    EXPECT_EQ(patienceFor(options, SubtitleRequest{}, 0), least);
    EXPECT_GE(patienceFor(options, SubtitleRequest{}, kDisc), least + std::chrono::minutes(15)) << "at 60 MB a second";
    EXPECT_EQ(patienceFor(options, IndexRequest{}, kDisc), patienceFor(options, SubtitleRequest{}, kDisc));
    EXPECT_EQ(patienceFor(options, SubtitleRequest{}, -1), least) << "a size that is not known";
}

TEST(Patience, IsTheSameForPartsOfAFile) {
    const WorkerPoolOptions options;
    EXPECT_EQ(patienceFor(options, SegmentRequest{}, kDisc), options.segmentTimeout);
    EXPECT_EQ(patienceFor(options, SpriteRequest{}, kDisc), options.fileTimeout);
    LadderRequest ladder;
    ladder.spec.tracks.resize(3);
    EXPECT_EQ(patienceFor(options, ladder, kDisc), 3 * options.segmentTimeout);
}

}  // namespace
}  // namespace marea::server
