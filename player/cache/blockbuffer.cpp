#include "player/cache/blockbuffer.h"

#include <algorithm>
#include <cstring>

namespace marea::player {
namespace {

constexpr std::int64_t headBlocks = 8;

}  // namespace

std::size_t BlockBuffer::copy(std::int64_t offset, std::span<char> out) const {
    const auto block = blocks_.find(offset / blockSize);
    const auto within = static_cast<std::size_t>(offset % blockSize);
    if (block == blocks_.end() || block->second.size() <= within) {
        return 0;
    }
    const std::size_t count = std::min(out.size(), block->second.size() - within);
    std::memcpy(out.data(), block->second.data() + within, count);
    return count;
}

std::size_t BlockBuffer::put(std::int64_t offset, std::span<const char> bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        const std::int64_t at = offset + static_cast<std::int64_t>(taken);
        const auto within = static_cast<std::size_t>(at % blockSize);
        const std::size_t count = std::min(bytes.size() - taken, static_cast<std::size_t>(blockSize) - within);
        const auto known = blocks_.find(at / blockSize);
        if (within > (known == blocks_.end() ? 0 : known->second.size())) {
            break;
        }
        std::vector<char>& block = blocks_[at / blockSize];
        const std::size_t before = block.size();
        if (within + count > before) {
            const char* from = bytes.data() + taken + (before - within);
            block.insert(block.end(), from, bytes.data() + taken + count);
            held_ += static_cast<std::int64_t>(block.size() - before);
        }
        taken += count;
    }
    return taken;
}

std::int64_t BlockBuffer::gapAfter(std::int64_t offset) const {
    std::int64_t index = offset / blockSize;
    for (auto block = blocks_.find(index); block != blocks_.end() && block->first == index; ++block, ++index) {
        const auto size = static_cast<std::int64_t>(block->second.size());
        if (size < blockSize) {
            return std::max(offset, index * blockSize + size);
        }
    }
    return std::max(offset, index * blockSize);
}

void BlockBuffer::drop(std::map<std::int64_t, std::vector<char>>::iterator block) {
    held_ -= static_cast<std::int64_t>(block->second.size());
    blocks_.erase(block);
}

void BlockBuffer::trim(std::int64_t reading) {
    const std::int64_t first = reading / blockSize;
    const std::int64_t last = (reading + ahead_) / blockSize;
    while (held_ > ahead_ + behind_) {
        const auto oldest = blocks_.lower_bound(headBlocks);
        if (oldest != blocks_.end() && oldest->first < first) {
            drop(oldest);
        } else if (!blocks_.empty() && blocks_.rbegin()->first > last) {
            drop(std::prev(blocks_.end()));
        } else {
            return;
        }
    }
}

std::vector<std::pair<std::int64_t, std::int64_t>> BlockBuffer::ranges() const {
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    for (const auto& [index, bytes] : blocks_) {
        const std::int64_t begin = index * blockSize;
        const std::int64_t end = begin + static_cast<std::int64_t>(bytes.size());
        if (!out.empty() && out.back().second == begin) {
            out.back().second = end;
        } else {
            out.emplace_back(begin, end);
        }
    }
    return out;
}

void BlockBuffer::clear() {
    blocks_.clear();
    held_ = 0;
}

}  // namespace marea::player
