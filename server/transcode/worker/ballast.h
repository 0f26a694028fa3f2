#pragma once

#include <cstddef>

namespace marea::server {

// Address space that is taken and never used, so that small jobs meet the limit on it (sandbox.h) sooner than large
// ones. The limit itself cannot be changed from within.
class Ballast {
public:
    explicit Ballast(std::size_t size) : size_(size) {}
    ~Ballast() { unload(); }
    Ballast(const Ballast&) = delete;
    Ballast& operator=(const Ballast&) = delete;

    bool load();  // false when there is no room: something else has taken it
    void unload();

private:
    std::size_t size_;
    void* taken_ = nullptr;
};

}  // namespace marea::server
