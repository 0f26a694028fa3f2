#include "sync/merge/position.h"

#include <algorithm>
#include <optional>

namespace marea::sync {

namespace {

constexpr std::uint64_t kMaxPlace = 0xFFFFFFFF;
constexpr std::uint64_t kGap = 1024;  // left free beside an entry, so that later insertions stay shallow
constexpr std::uint64_t kRunMask = 0xFFFFFF;

std::uint32_t placeBetween(std::uint64_t low, std::uint64_t high, bool fromTheEnd) {
    if (low == 0 && high == kMaxPlace) {
        return static_cast<std::uint32_t>(high / 2);
    }
    const std::uint64_t distance = std::min(kGap, (high - low) / 2);
    return static_cast<std::uint32_t>(fromTheEnd ? high - distance : low + distance);
}

// Walks down between two positions until a level has room.
class Search {
public:
    Search(const Position* left, const Position* right, std::uint64_t tag)
        : left_(left), right_(right), tag_(tag), hasLeft_(left != nullptr) {}

    Position run() {
        while (!stepHere()) {
        }
        return std::move(made_);
    }

private:
    const PositionStep* at(const Position* position) const {
        return position && made_.steps.size() < position->steps.size() ? &position->steps[made_.steps.size()] : nullptr;
    }

    bool stepHere() {
        const PositionStep* low = at(left_);
        const PositionStep* high = at(right_);
        const std::uint64_t least = low ? low->place : 0;
        const std::uint64_t most = high ? high->place : kMaxPlace;
        if (most >= least + 2) {
            made_.steps.push_back({placeBetween(least, most, !hasLeft_), tag_});
            return true;
        }
        descend(low, high);
        return false;
    }

    // No room on this level: goes on below `low`, or, where nothing limits from the left, before `high`.
    void descend(const PositionStep* low, const PositionStep* high) {
        const PositionStep step = low ? *low : high && high->place == 0 ? *high : PositionStep{0, tag_};
        if (!low || step != *low) {
            left_ = nullptr;
        }
        if (!high || step != *high) {
            right_ = nullptr;
        }
        made_.steps.push_back(step);
    }

    const Position* left_;
    const Position* right_;
    std::uint64_t tag_;
    bool hasLeft_;
    Position made_;
};

// After `left` within the row that it belongs to, where it is one of ours: other rows then come before it or after it
// as a whole.
std::optional<Position> continued(const Position& left, const Position* right, std::uint64_t tag) {
    if (left.steps.empty() || (left.steps.back().tag & ~kRunMask) != (tag & ~kRunMask)) {
        return std::nullopt;
    }
    Position next = left;
    PositionStep& last = next.steps.back();
    const bool isWithin = next.steps.size() > 1 && next.steps[next.steps.size() - 2].tag == last.tag;
    if (!isWithin) {
        next.steps.push_back({static_cast<std::uint32_t>(kGap), last.tag});
    } else if (last.place < kMaxPlace - kGap) {
        last.place += static_cast<std::uint32_t>(kGap);
    } else {
        return std::nullopt;
    }
    return !right || next < *right ? std::optional(std::move(next)) : std::nullopt;
}

}  // namespace

std::uint64_t runTag(const ReplicaId& replica, std::uint64_t run) {
    std::uint64_t tag = 0;
    for (std::size_t i = replica.size() - 5; i < replica.size(); ++i) {  // the random end of a UUIDv7
        tag = (tag << 8) | replica[i];
    }
    return (tag << 24) | (run & kRunMask);
}

Position between(const Position* left, const Position* right, std::uint64_t tag) {
    if (left && right && !(*left < *right)) {
        right = nullptr;
    }
    if (left) {
        if (auto next = continued(*left, right, tag)) {
            return std::move(*next);
        }
    }
    return Search(left, right, tag).run();
}

std::vector<Position> runBetween(const Position* left, const Position* right, std::uint64_t tag, std::size_t count) {
    std::vector<Position> made;
    made.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        made.push_back(between(i == 0 ? left : &made.back(), right, tag));
    }
    return made;
}

}  // namespace marea::sync
