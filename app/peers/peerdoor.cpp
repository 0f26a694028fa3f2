#include "app/peers/peerdoor.h"

namespace marea::app {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::chrono::milliseconds kHandshake{5000};  // the next one waits for it
constexpr std::chrono::milliseconds kPause{100};       // after one who was not let in

Result<std::unique_ptr<sync::PeerListener>> listenAt(const std::string& address, std::uint16_t port,
                                                     const sync::PeerKeys& keys) {
    auto listener = sync::PeerListener::open(address.empty() ? "::" : address, port, keys);
    return listener || !address.empty() ? std::move(listener) : sync::PeerListener::open("0.0.0.0", port, keys);
}

}  // namespace

Result<std::uint16_t> PeerDoor::open(const std::string& address, std::uint16_t port, const sync::PeerKeys& keys) {
    close();
    auto listener = listenAt(address, port, keys);
    if (!listener && port != 0)
        listener = listenAt(address, 0, keys);
    if (!listener)
        return tl::make_unexpected(listener.error());
    listener_ = std::move(*listener);
    open_ = std::make_shared<std::atomic<bool>>(true);
    thread_ = std::thread([this, open = open_] { acceptAll(open); });
    return listener_->port();
}

void PeerDoor::close() {
    if (!listener_)
        return;
    *open_ = false;
    listener_->stop();
    thread_.join();
    listener_.reset();
}

void PeerDoor::acceptAll(const std::shared_ptr<std::atomic<bool>>& open) {
    while (*open) {
        auto channel = listener_->accept(guests_->known, kHandshake);
        if (channel)
            talk(std::move(*channel), open);
        else if (channel.error().code == ErrorCode::Cancelled)
            return;
        else
            std::this_thread::sleep_for(kPause);
    }
}

// Who comes while too many are inside is sent away.
void PeerDoor::talk(std::unique_ptr<sync::PeerChannel> channel, const std::shared_ptr<std::atomic<bool>>& open) {
    {
        const std::lock_guard lock(room_->mutex);
        if (room_->inside == kMost)
            return;
        ++room_->inside;
    }
    std::thread([guests = guests_, room = room_, open, channel = std::move(channel)]() mutable {
        guests->talk(*channel, *open);
        channel.reset();
        const std::lock_guard lock(room->mutex);
        --room->inside;
        room->left.notify_all();
    }).detach();
}

bool PeerDoor::waitUntilEmpty(std::chrono::milliseconds patience) {
    std::unique_lock lock(room_->mutex);
    return room_->left.wait_for(lock, patience, [this] { return room_->inside == 0; });
}

}  // namespace marea::app
