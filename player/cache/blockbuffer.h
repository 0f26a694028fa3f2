#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace marea::player {

// Bytes of one title that were fetched, in blocks that fill from their start. Pure; the owner locks.
// Offsets and sizes are in bytes.
class BlockBuffer {
public:
    static constexpr std::int64_t blockSize = 32 << 10;

    // At most `ahead` bytes are held from the reading position on and about `behind` elsewhere.
    BlockBuffer(std::int64_t ahead, std::int64_t behind) : ahead_(ahead), behind_(behind) {}

    // Copies what is held at `offset`, up to the end of one block; returns its size, 0 when nothing is.
    std::size_t copy(std::int64_t offset, std::span<char> out) const;

    // Takes bytes that follow what is held in their block, or begin it. Returns how many; fewer than given only when
    // the block they belong to is not held up to `offset`.
    std::size_t put(std::int64_t offset, std::span<const char> bytes);

    // The first byte from `offset` on that is not held.
    std::int64_t gapAfter(std::int64_t offset) const;

    // Drops what is farthest from `reading` until the limits hold again. The head of the title stays: players return
    // to it after they have read an index at the end.
    void trim(std::int64_t reading);

    std::int64_t held() const { return held_; }
    std::int64_t ahead() const { return ahead_; }
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges() const;  // [begin, end), ascending
    void clear();

private:
    void drop(std::map<std::int64_t, std::vector<char>>::iterator block);

    std::int64_t ahead_, behind_;
    std::int64_t held_ = 0;
    std::map<std::int64_t, std::vector<char>> blocks_;  // by index
};

}  // namespace marea::player
