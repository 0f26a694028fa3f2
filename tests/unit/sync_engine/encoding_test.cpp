// Encodings made side by side.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/id.h"
#include "lab.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kShort{200};

// Each making waits until so many are under way at once; where they never are, for as long as that.
class MeetingEncoder final : public DeviceEncoder {
public:
    MeetingEncoder(std::size_t wanted, std::chrono::milliseconds patience) : wanted_(wanted), patience_(patience) {}

    std::size_t atOnce() const override { return wanted_; }
    core::Result<void> encode(const LibraryItem& item, const Encoding&, const std::string& path,
                              SyncControl&) override {
        std::unique_lock lock(mutex_);
        ++encoded;
        most = std::max(most, ++inside_);
        changed_.notify_all();
        changed_.wait_for(lock, patience_, [this] { return most >= wanted_; });
        --inside_;
        std::ofstream(path) << "made of " << item.fingerprint;
        return {};
    }
    int encoded = 0;
    std::size_t most = 0;

private:
    const std::size_t wanted_;
    const std::chrono::milliseconds patience_;
    std::size_t inside_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
};

// Makes nothing before it is let go.
class HeldEncoder final : public DeviceEncoder {
public:
    core::Result<void> encode(const LibraryItem&, const Encoding&, const std::string& path, SyncControl&) override {
        std::unique_lock lock(mutex_);
        isInside_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return isOpen_; });
        std::ofstream(path) << "made";
        return {};
    }
    void waitUntilInside() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return isInside_; });
    }
    void letGo() {
        const std::lock_guard lock(mutex_);
        isOpen_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool isInside_ = false, isOpen_ = false;
};

struct Encodings : Lab {
    const std::string folder = (std::filesystem::temp_directory_path() / ("marea-encodings-" + core::newId())).string();
    EncodeCache cache{folder, 1'000'000};
    const Encoding mp3{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0};
    ~Encodings() override { std::filesystem::remove_all(folder); }
};

}  // namespace

TEST_F(Encodings, AreMadeAsManyAtOnceAsTheEncoderTakes) {
    MeetingEncoder encoder(3, kPatience);
    encoding = {&encoder, &cache};
    profile.audioEncoding = mp3;
    for (int i = 0; i < 9; ++i) {
        source.all.push_back(song("s" + std::to_string(i), "c" + std::to_string(i)));
        source.all.back().format.audioCodec = "flac";
    }
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 9u);
    EXPECT_EQ(encoder.most, 3u);
    EXPECT_EQ(encoder.encoded, 9);
    EXPECT_EQ(target.files["Music/s8.mp3"], "made of c8");
}

TEST_F(Encodings, AreNotBegunWhilePaused) {
    struct Watching : DeviceEncoder {
        std::atomic<bool> mayBegin{false};
        std::atomic<int> early{0}, encoded{0};
        core::Result<void> encode(const LibraryItem&, const Encoding&, const std::string& path, SyncControl&) override {
            early += mayBegin ? 0 : 1;
            ++encoded;
            std::ofstream(path) << "made";
            return {};
        }
    } encoder;
    const LibraryItem first = song("a", "A"), second = song("b", "B");
    SyncControl control;
    control.pause();
    {
        EncodeAhead ahead({{0, &first, &mp3}, {1, &second, &mp3}}, encoder, cache, control);
        encoder.mayBegin = true;
        control.resume();
        EXPECT_TRUE(ahead.take(0));
        EXPECT_TRUE(ahead.take(1));
    }
    EXPECT_EQ(encoder.encoded, 2);
    encoder.mayBegin = false;
    control.pause();
    const LibraryItem third = song("c", "C");
    EncodeAhead ahead({{0, &third, &mp3}}, encoder, cache, control);
    control.cancel();
    const auto none = ahead.take(0);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(encoder.encoded, 2);
    EXPECT_EQ(encoder.early, 0);
}

TEST_F(Encodings, OfOneFileAreMadeOnceHoweverManyAskAtOnce) {
    MeetingEncoder encoder(2, kShort);
    const LibraryItem item = song("s", "c");
    std::vector<std::thread> threads;
    std::atomic<int> got{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            SyncControl own;
            got += cache.get(item, mp3, encoder, own).has_value();
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(got, 4);
    EXPECT_EQ(encoder.encoded, 1);
}

TEST_F(Encodings, WhoeverWaitsForAnothersMayBeCancelled) {
    HeldEncoder encoder;
    const LibraryItem item = song("s", "c");
    std::thread other([&] {
        SyncControl own;
        EXPECT_TRUE(cache.get(item, mp3, encoder, own));
    });
    encoder.waitUntilInside();
    SyncControl own;
    own.cancel();
    const auto waited = cache.get(item, mp3, encoder, own);
    encoder.letGo();
    other.join();
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().code, core::ErrorCode::Cancelled);
}
