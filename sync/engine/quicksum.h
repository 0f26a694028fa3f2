#pragma once

#include <cstdint>
#include <memory>
#include <span>

struct XXH64_state_s;

namespace marea::sync {

// XXH64 of bytes as they come (xxHash, https://github.com/Cyan4973/xxHash): finds what a cable or a medium changed, at
// the speed of memory, on any processor. Not what somebody changed on purpose; nothing keeps it.
class QuickSum {
public:
    QuickSum();
    void add(std::span<const std::uint8_t> bytes);
    std::uint64_t value() const;

private:
    struct Free {
        void operator()(XXH64_state_s* state) const;
    };
    std::unique_ptr<XXH64_state_s, Free> state_;
};

}  // namespace marea::sync
