#include "app/peers/peerdoor.h"

#include <algorithm>

namespace marea::app {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::chrono::milliseconds kPause{100};  // after the system has let nobody come

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
    room_->hangUpOnAll();
    listener_.reset();
}

void PeerDoor::acceptAll(const Open& open) {
    while (*open) {
        auto caller = listener_->accept();
        if (caller)
            receive(std::move(*caller), open);
        else if (caller.error().code == ErrorCode::Cancelled)
            return;
        else
            std::this_thread::sleep_for(kPause);
    }
}

void PeerDoor::receive(std::unique_ptr<sync::PeerCaller> caller, const Open& open) {
    sync::PeerCaller& one = *caller;
    room_->knock(std::move(caller));
    std::thread([guests = guests_, room = room_, open, &one] {
        auto channel = one.shake(guests->known, guests->patience);
        const bool isIn = channel && *open && room->letIn(one);
        if (isIn)
            guests->talk(**channel, *open);
        channel = core::fail(ErrorCode::Cancelled, "");  // before anybody hears that it is over
        const std::lock_guard lock(room->mutex);
        if (isIn)
            --room->inside;
        else
            room->forget(one);
        room->left.notify_all();
    }).detach();
}

void PeerDoor::Room::knock(std::unique_ptr<sync::PeerCaller> caller) {
    std::unique_lock lock(mutex);
    std::vector<std::string> addresses;
    for (const auto& one : knocking)
        addresses.push_back(one->address());
    if (const auto place = whoMakesRoom(addresses, caller->address())) {
        sync::PeerCaller* const gone = knocking[*place].get();
        gone->hangUp();
        left.wait(lock, [&] {
            return std::none_of(knocking.begin(), knocking.end(), [&](const auto& one) { return one.get() == gone; });
        });
    }
    knocking.push_back(std::move(caller));
}

void PeerDoor::Room::forget(const sync::PeerCaller& caller) {
    std::erase_if(knocking, [&](const auto& one) { return one.get() == &caller; });
}

bool PeerDoor::Room::letIn(const sync::PeerCaller& caller) {
    const std::lock_guard lock(mutex);
    if (inside == kMost)
        return false;
    ++inside;
    forget(caller);
    left.notify_all();
    return true;
}

void PeerDoor::Room::hangUpOnAll() {
    std::unique_lock lock(mutex);
    for (const auto& one : knocking)
        one->hangUp();
    left.wait(lock, [this] { return knocking.empty(); });
}

bool PeerDoor::waitUntilEmpty(std::chrono::milliseconds patience) {
    std::unique_lock lock(room_->mutex);
    return room_->left.wait_for(lock, patience, [this] { return room_->inside == 0 && room_->knocking.empty(); });
}

std::optional<std::size_t> PeerDoor::whoMakesRoom(const std::vector<std::string>& knocking, const std::string& next) {
    const auto ofOne = [&](const std::string& one) {
        return static_cast<std::size_t>(std::count(knocking.begin(), knocking.end(), one));
    };
    auto gone = knocking.end();
    if (ofOne(next) >= kMostOfOne)
        gone = std::find(knocking.begin(), knocking.end(), next);
    else if (knocking.size() >= kMostKnocking)
        gone = std::max_element(knocking.begin(), knocking.end(),
                                [&](const auto& one, const auto& other) { return ofOne(one) < ofOne(other); });
    return gone == knocking.end() ? std::nullopt : std::optional(static_cast<std::size_t>(gone - knocking.begin()));
}

}  // namespace marea::app
