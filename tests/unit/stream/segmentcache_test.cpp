#include "server/stream/segmentcache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "server/stream/titlestore.h"
#include "tests/unit/stream/doubles.h"

namespace marea::server {
namespace {

using Bytes = std::shared_ptr<const std::string>;

Bytes bytes(std::size_t size, char c = 'x') {
    return std::make_shared<const std::string>(size, c);
}

std::string read(const SegmentCache::Entry& entry) {
    if (entry.bytes) {
        return *entry.bytes;
    }
    std::string text(static_cast<std::size_t>(entry.size), '\0');
    EXPECT_EQ(::pread(entry.file.get(), text.data(), text.size(), 0), entry.size);
    return text;
}

CacheKey key(int number) {
    return cacheKey({"test", std::to_string(number)});
}

class SegmentCacheTest : public testing::Test {
protected:
    SegmentCache& open(std::int64_t most = 1000) {
        cache.reset();
        cache = std::make_unique<SegmentCache>(SegmentCacheOptions{folder.path.string(), most}, core::makeNullLogger());
        return *cache;
    }
    std::int64_t onDisk() const {
        std::int64_t total = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path)) {
            total += entry.is_regular_file() ? static_cast<std::int64_t>(entry.file_size()) : 0;
        }
        return total;
    }
    Folder folder;
    std::unique_ptr<SegmentCache> cache;
};

TEST(CacheKeyTest, PartsDoNotRunIntoEachOther) {
    EXPECT_EQ(cacheKey({"a", "b"}), cacheKey({"a", "b"}));
    EXPECT_NE(cacheKey({"a", "b"}), cacheKey({"ab"}));
    EXPECT_NE(cacheKey({"a", "b"}), cacheKey({"", "ab"}));
    EXPECT_EQ(cacheKey({"a"}).size(), 32u);
}

TEST_F(SegmentCacheTest, KeepsAndFinds) {
    SegmentCache& kept = open();
    EXPECT_FALSE(kept.find(key(1)));
    kept.keep(key(1), bytes(10, 'a'));
    auto found = kept.find(key(1));
    ASSERT_TRUE(found);
    EXPECT_EQ(read(*found), std::string(10, 'a'));
    EXPECT_TRUE(found->file);
    EXPECT_EQ(kept.status().bytes, 10);
    EXPECT_EQ(kept.status().hits, 1u);
    EXPECT_EQ(kept.status().misses, 1u);
}

TEST_F(SegmentCacheTest, StaysWithinItsBoundAndForgetsTheLeastUsed) {
    SegmentCache& kept = open(1000);
    for (int i = 0; i < 10; ++i) {
        kept.keep(key(i), bytes(100));
    }
    EXPECT_TRUE(kept.find(key(0)));
    kept.keep(key(10), bytes(150));
    EXPECT_TRUE(kept.find(key(0)));
    EXPECT_FALSE(kept.find(key(1)));
    EXPECT_FALSE(kept.find(key(2)));
    EXPECT_TRUE(kept.find(key(3)));
    EXPECT_LE(onDisk(), 1000);
    EXPECT_EQ(kept.status().bytes, onDisk());
    kept.keep(key(11), bytes(2000));  // larger than the whole cache
    EXPECT_LE(onDisk(), 1000);
}

TEST_F(SegmentCacheTest, WhatIsPinnedOrHandedOutStays) {
    SegmentCache& kept = open(200);
    kept.keep(key(1), bytes(100, 'a'));
    kept.keep(key(2), bytes(100, 'b'));
    auto pin = kept.pin(key(1));
    const auto handed = kept.find(key(2));
    kept.keep(key(3), bytes(100));
    EXPECT_TRUE(kept.find(key(1)));
    EXPECT_FALSE(kept.find(key(2)));
    EXPECT_EQ(read(*handed), std::string(100, 'b'));
    pin.reset();
    kept.keep(key(4), bytes(150));
    EXPECT_FALSE(kept.find(key(1)));
}

TEST_F(SegmentCacheTest, WhatIsHeldStaysBesideTheBoundAlsoAcrossARestart) {
    SegmentCache& kept = open(200);
    kept.keep(key(1), bytes(100));
    kept.hold({key(1), key(2)});
    kept.keep(key(2), bytes(1000));  // larger than the whole bound
    kept.keep(key(3), bytes(150));
    kept.keep(key(4), bytes(150));
    EXPECT_TRUE(kept.contains(key(1)) && kept.contains(key(2)) && kept.contains(key(4)));
    EXPECT_FALSE(kept.contains(key(3)));
    EXPECT_EQ(kept.status().bytes, 150);
    EXPECT_EQ(kept.status().heldBytes, 1100);
    EXPECT_EQ(kept.status().heldFiles, 2);
    cache = nullptr;
    SegmentCacheOptions options{folder.path.string(), 200};
    options.held = {key(1), key(2)};
    cache = std::make_unique<SegmentCache>(options, core::makeNullLogger());
    cache->waitUntilCounted();
    EXPECT_EQ(cache->status().heldBytes, 1100);
    EXPECT_EQ(cache->status().bytes, 150);
    cache->letGo({key(2)});
    EXPECT_FALSE(cache->contains(key(2))) << "it counts for the bound again";
    EXPECT_TRUE(cache->contains(key(1)) && cache->contains(key(4)));
}

TEST_F(SegmentCacheTest, ARestartKeepsTheOrderAndTheBound) {
    {
        SegmentCache& kept = open(1000);
        for (int i = 0; i < 5; ++i) {
            kept.keep(key(i), bytes(200));
            const auto name = folder.path / key(i).substr(0, 2) / key(i);
            const std::array<timespec, 2> times{timespec{1'700'000'000 + i, 0}, timespec{1'600'000'000, 0}};
            ASSERT_EQ(::utimensat(AT_FDCWD, name.c_str(), times.data(), 0), 0);
        }
    }
    SegmentCache& kept = open(600);
    kept.waitUntilCounted();
    EXPECT_EQ(kept.status().bytes, 600);
    EXPECT_FALSE(kept.find(key(0)));
    EXPECT_FALSE(kept.find(key(1)));
    EXPECT_TRUE(kept.find(key(2)));
}

TEST_F(SegmentCacheTest, WhatACrashLeftIsSweptAndNeverServed) {
    const auto below = folder.path / key(1).substr(0, 2);
    std::filesystem::create_directories(below);
    std::ofstream(below / ".new-999999999-2-3") << "half";
    std::ofstream(below / key(1)) << "";
    SegmentCache& kept = open();
    kept.waitUntilCounted();
    EXPECT_FALSE(std::filesystem::exists(below / ".new-999999999-2-3"));
    EXPECT_FALSE(kept.find(key(1)));
}

TEST_F(SegmentCacheTest, ADiskThatRefusesIsNoErrorForTheViewer) {
    SegmentCache& kept = open();
    kept.waitUntilCounted();
    std::filesystem::remove_all(folder.path);
    std::ofstream(folder.path) << "no folder";  // nothing can be made below it
    kept.keep(key(1), bytes(10, 'a'));
    const auto found = kept.find(key(1));
    ASSERT_TRUE(found);
    EXPECT_EQ(read(*found), std::string(10, 'a'));
    EXPECT_EQ(kept.status().unsaved, 1u);
    EXPECT_EQ(kept.status().bytes, 0);
}

TEST_F(SegmentCacheTest, AWipeWhileRunningIsSurvived) {
    SegmentCache& kept = open();
    kept.keep(key(1), bytes(10));
    std::filesystem::remove_all(folder.path);
    EXPECT_FALSE(kept.find(key(1)));
    kept.keep(key(1), bytes(20));
    EXPECT_TRUE(kept.find(key(1)));
    EXPECT_EQ(kept.status().bytes, 20);
}

TEST_F(SegmentCacheTest, ManyThreadsStayWithinTheBound) {
    SegmentCache& kept = open(2000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                kept.keep(key(i * 4 + t), bytes(100));
                (void)kept.find(key(i));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_LE(onDisk(), 2000);
    EXPECT_EQ(kept.status().bytes, onDisk());
}

TEST_F(SegmentCacheTest, SealedItIsTheSameAndNothingOfItIsOnTheDisk) {
    const std::string words = "these very words stand in the segment",
                      clear = words + std::string(150'000, 'y') + words;
    const auto sealed = [&](const std::string& secret) -> SegmentCache& {
        cache.reset();
        SegmentCacheOptions options{folder.path.string(), 1'000'000};
        options.secret = secret;
        cache = std::make_unique<SegmentCache>(options, core::makeNullLogger());
        return *cache;
    };
    const std::string secret(32, 's');
    sealed(secret).keep(key(1), std::make_shared<const std::string>(clear));
    EXPECT_EQ(sealed(secret).sizeOf(key(1)), static_cast<std::int64_t>(clear.size()));
    const auto entry = cache->find(key(1));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->size, static_cast<std::int64_t>(clear.size()));
    EXPECT_EQ(bytesOf(*entry).value_or(""), clear);
    cache->waitUntilCounted();
    EXPECT_EQ(cache->status().bytes, onDisk());
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path)) {
        if (file.is_regular_file()) {
            std::ostringstream text;
            text << std::ifstream(file.path(), std::ios::binary).rdbuf();
            EXPECT_EQ(text.str().find(words), std::string::npos);
        }
    }
    EXPECT_FALSE(sealed(std::string(32, 'o')).find(key(1))) << "with another key it is made anew";
    EXPECT_FALSE(cache->contains(key(1)));
}

}  // namespace
}  // namespace marea::server
