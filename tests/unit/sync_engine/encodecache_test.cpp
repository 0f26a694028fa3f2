#include "sync/engine/encodecache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/id.h"
#include "faketarget.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;
namespace fs = std::filesystem;

namespace {

struct FakeEncoder final : DeviceEncoder {
    int encoded = 0;
    std::vector<const SyncControl*> asked;  // for whom
    bool cannotBeFlushed = false;
    std::function<void(const std::string& path)> meanwhile;  // once
    core::Result<void> encode(const LibraryItem&, const Encoding&, const std::string& path,
                              SyncControl& control) override {
        ++encoded;
        asked.push_back(&control);
        if (cannotBeFlushed) {
            fs::create_symlink("/dev/null", path);
        } else {
            std::ofstream(path) << "encoded";
        }
        if (const auto work = std::exchange(meanwhile, nullptr)) {
            work(path);
        }
        return {};
    }
};

struct Cache : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("marea-encoded-" + core::newId());
    EncodeCache cache{folder.string(), 1'000'000};
    FakeEncoder encoder;
    SyncControl control;

    ~Cache() override { fs::remove_all(folder); }
    core::Result<std::unique_ptr<ByteStream>> get() { return get(cache, song("a", "A")); }
    core::Result<std::unique_ptr<ByteStream>> get(EncodeCache& from, const LibraryItem& item) {
        return from.get(item, Encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0}, encoder, control);
    }
};

}  // namespace

TEST_F(Cache, WhatIsNotOnTheDiskHasNoName) {
    encoder.cannotBeFlushed = true;
    const auto refused = get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().text, "The encoded file cannot be kept.");
    EXPECT_TRUE(fs::is_empty(folder));
    encoder.cannotBeFlushed = false;
    EXPECT_TRUE(get());
}

TEST_F(Cache, AnEmptyFileIsMadeAnew) {
    ASSERT_TRUE(get());
    fs::resize_file(fs::directory_iterator(folder)->path(), 0);  // as a power cut leaves it
    const auto again = get();
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->size(), 7);
    EXPECT_EQ(encoder.encoded, 2);
    ASSERT_TRUE(get());
    EXPECT_EQ(encoder.encoded, 2) << "the cache has it";
}

TEST_F(Cache, WhoIsPausedBeginsNothingForWhichOthersWait) {
    SyncControl paused;
    paused.pause();
    core::Result<std::unique_ptr<ByteStream>> later = core::fail(core::ErrorCode::Internal, "It has not come.");
    std::thread waiting([&] {
        later = cache.get(song("a", "A"), Encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0}, encoder, paused);
    });
    EXPECT_TRUE(get());
    paused.resume();
    waiting.join();
    EXPECT_TRUE(later);
    EXPECT_EQ(encoder.asked, std::vector<const SyncControl*>{&control});
    paused.pause();
    paused.cancel();
    const auto cancelled =
        cache.get(song("a", "A"), Encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0}, encoder, paused);
    EXPECT_TRUE(cancelled) << "it is there, and nobody waits for ever";
}

// It would be the first to go, as nobody has used it for longer than what was made this moment.
TEST_F(Cache, WhatSomebodyIsAboutToOpenMakesNoRoomForOthers) {
    EncodeCache small(folder.string(), 8);  // bytes: one file
    encoder.meanwhile = [&](const std::string& part) {
        const fs::path whole = fs::path(part).replace_extension().replace_extension();
        std::ofstream(whole) << "made by another program meanwhile";
        EXPECT_TRUE(get(small, song("b", "B")));
        EXPECT_TRUE(fs::exists(whole));
    };
    EXPECT_TRUE(get(small, song("a", "A")));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1) << "afterwards as ever";
}
