#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/io/filehandle.h"

namespace marea::server {

// What of a folder's files is kept within a bound of bytes: names and sizes, what was not used for longest going
// first. What is held never goes, and counts by itself, beside the bound. Not thread-safe; touches no file.
class LeastUsed {
public:
    explicit LeastUsed(std::int64_t maxBytes) : maxBytes_(maxBytes) {}

    void used(const std::string& name, std::int64_t size);   // just now; it may be new
    void found(const std::string& name, std::int64_t size);  // was there before: behind all that was used since
    void drop(const std::string& name);                      // it is gone
    // As often as it is held it has to be let go; what nobody holds any more is the first to go. Also of names that
    // are not there yet.
    void hold(const std::string& name);
    void letGo(const std::string& name);
    bool holds(const std::string& name) const { return held_.contains(name); }

    // Bytes that are spoken for before their file is there, so that several at once stay within the bound together.
    void reserve(std::int64_t bytes) { bytes_ += bytes; }
    void unreserve(std::int64_t bytes) { bytes_ -= bytes; }
    // What has to go so that so many more bytes fit, no longer listed here; `stays` makes exceptions.
    std::vector<std::string> makeRoom(std::int64_t needed, const std::function<bool(const std::string&)>& stays = {});

    std::int64_t maxBytes() const { return maxBytes_; }
    std::int64_t bytes() const { return bytes_; }  // that count for the bound
    std::int64_t files() const { return static_cast<std::int64_t>(order_.size()); }
    std::int64_t heldBytes() const { return heldBytes_; }
    std::int64_t heldFiles() const { return heldFiles_; }

private:
    struct Node {
        std::string name;
        std::int64_t size = 0;
    };
    using Order = std::list<Node>;  // the most recently used first
    struct Held {
        int times = 0;
        std::int64_t size = 0;  // 0: not there
    };
    void add(Order::const_iterator before, const std::string& name, std::int64_t size);
    void setHeldSize(Held& held, std::int64_t size);

    const std::int64_t maxBytes_;
    std::int64_t bytes_ = 0, heldBytes_ = 0, heldFiles_ = 0;
    Order order_;
    std::unordered_map<std::string, Order::iterator> known_;
    std::unordered_map<std::string, Held> held_;
};

// A file of ours, opened as one that is used now: its access time is set by hand, for the order after a restart, so
// that mounts without such times keep it too. nullopt: not there, or empty.
struct UsedFile {
    core::FileHandle file;
    std::int64_t size = 0;
};
std::optional<UsedFile> openUsed(const std::string& path);

// Regular files below a folder, the most recently used first.
struct ListedFile {
    std::string path, name;
    std::int64_t size = 0, used = 0;
};
// `wanted` looks at each, and may remove it; it ends the list early by `stop`.
std::vector<ListedFile> filesByUse(const std::string& folder, const std::function<bool(const ListedFile&)>& wanted,
                                   const std::function<bool()>& stop = {});

}  // namespace marea::server
