#include "app/devices/watchedtarget.h"

namespace marea::app {

namespace {

class Asking {
public:
    explicit Asking(Pulse& pulse) : pulse_(pulse) { pulse_.asked(); }
    ~Asking() { pulse_.answered(); }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

private:
    Pulse& pulse_;
};

// The device has taken the block before when it asks for the next; while the next is got, nobody waits for the device.
class Given final : public sync::ByteStream {
public:
    Given(sync::ByteStream& content, Pulse& pulse) : content_(content), pulse_(pulse) {}
    std::int64_t size() const override { return content_.size(); }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override {
        pulse_.answered();
        auto count = content_.read(into);
        pulse_.asked();
        return count;
    }

private:
    sync::ByteStream& content_;
    Pulse& pulse_;
};

}  // namespace

WatchedTarget::~WatchedTarget() {
    const Asking asking(*pulse_);
    target_.reset();
}

sync::TargetAbilities WatchedTarget::abilities() const {
    const Asking asking(*pulse_);
    return target_->abilities();
}

core::Result<std::vector<sync::ListedFile>> WatchedTarget::list(const Look& look) {
    const Asking asking(*pulse_);
    return target_->list([&] {
        pulse_->answered();
        auto done = look();
        pulse_->asked();
        return done;
    });
}

core::Result<sync::ListedFile> WatchedTarget::about(const std::string& path) {
    const Asking asking(*pulse_);
    return target_->about(path);
}

core::Result<std::int64_t> WatchedTarget::freeBytes() {
    const Asking asking(*pulse_);
    return target_->freeBytes();
}

core::Result<std::int64_t> WatchedTarget::totalBytes() {
    const Asking asking(*pulse_);
    return target_->totalBytes();
}

core::Result<void> WatchedTarget::write(const std::string& path, sync::ByteStream& content) {
    const Asking asking(*pulse_);
    Given given(content, *pulse_);
    return target_->write(path, given);
}

core::Result<void> WatchedTarget::complete(const std::string& path, sync::ByteStream& content) {
    const Asking asking(*pulse_);
    Given given(content, *pulse_);
    return target_->complete(path, given);
}

core::Result<void> WatchedTarget::read(const std::string& path,
                                       const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) {
    const Asking asking(*pulse_);
    return target_->read(path, [&](std::span<const std::uint8_t> bytes) {
        pulse_->answered();
        auto done = sink(bytes);
        pulse_->asked();
        return done;
    });
}

core::Result<void> WatchedTarget::rename(const std::string& from, const std::string& to) {
    const Asking asking(*pulse_);
    return target_->rename(from, to);
}

core::Result<void> WatchedTarget::remove(const std::string& path) {
    const Asking asking(*pulse_);
    return target_->remove(path);
}

core::Result<void> WatchedTarget::describe(const std::string& path, const sync::LibraryItem& item) {
    const Asking asking(*pulse_);
    return target_->describe(path, item);
}

core::Result<sync::ListedFile> WatchedTarget::putList(const std::string& path, const std::vector<std::string>& titles) {
    const Asking asking(*pulse_);
    return target_->putList(path, titles);
}

core::Result<std::vector<std::string>> WatchedTarget::titlesOf(const std::string& path) {
    const Asking asking(*pulse_);
    return target_->titlesOf(path);
}

core::Result<void> WatchedTarget::flush() {
    const Asking asking(*pulse_);
    return target_->flush();
}

}  // namespace marea::app
