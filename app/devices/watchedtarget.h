#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "sync/engine/target.h"

namespace marea::app {

// Since when a device has been asked without a sign of life. Written by the thread that waits for it, read by others.
class Pulse {
public:
    void asked() { since_ = now(); }
    void answered() { since_ = 0; }
    // Counts from now on, where somebody waits.
    void waitAnew() {
        std::int64_t since = since_;
        if (since != 0) {
            since_.compare_exchange_strong(since, now());
        }
    }
    std::chrono::milliseconds silentFor() const {
        const std::int64_t since = since_;
        return std::chrono::milliseconds(since == 0 ? 0 : now() - since);
    }

private:
    static std::int64_t now() {
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    }
    std::atomic<std::int64_t> since_{0};
};

// A device whose calls are watched: while one waits for the device the pulse tells since when. Each block that is
// written or read is a sign of life, as is each look while it is listed; what gives or takes the blocks may take its
// time.
class WatchedTarget final : public sync::Target {
public:
    WatchedTarget(std::unique_ptr<sync::Target> target, std::shared_ptr<Pulse> pulse)
        : target_(std::move(target)), pulse_(std::move(pulse)) {}
    ~WatchedTarget() override;

    sync::TargetAbilities abilities() const override;
    core::Result<std::vector<sync::ListedFile>> list(const Look& look) override;
    std::vector<std::string> partlyListed() const override { return target_->partlyListed(); }
    std::vector<std::string> doubled() const override { return target_->doubled(); }
    core::Result<sync::ListedFile> about(const std::string& path) override;
    core::Result<std::int64_t> freeBytes() override;
    core::Result<std::int64_t> totalBytes() override;
    core::Result<void> write(const std::string& path, sync::ByteStream& content) override;
    core::Result<void> complete(const std::string& path, sync::ByteStream& content) override;
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override;
    core::Result<void> rename(const std::string& from, const std::string& to) override;
    core::Result<void> remove(const std::string& path) override;
    core::Result<void> describe(const std::string& path, const sync::LibraryItem& item) override;
    core::Result<sync::ListedFile> putList(const std::string& path, const std::vector<std::string>& titles) override;
    core::Result<std::vector<std::string>> titlesOf(const std::string& path) override;
    core::Result<void> flush() override;

private:
    std::unique_ptr<sync::Target> target_;
    std::shared_ptr<Pulse> pulse_;
};

}  // namespace marea::app
