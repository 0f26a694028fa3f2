#include "sync/merge/counter.h"

#include <algorithm>

namespace marea::sync {

Counter::Counter(std::vector<Share> shares) {
    for (const Share& share : shares) {
        Share& mine = shareOf(share.replica);
        mine.plus = std::min(kMost, std::max(mine.plus, share.plus));
        mine.minus = std::min(kMost, std::max(mine.minus, share.minus));
    }
}

Counter::Share& Counter::shareOf(const ReplicaId& replica) {
    const auto place = std::lower_bound(shares_.begin(), shares_.end(), replica,
                                        [](const Share& share, const ReplicaId& id) { return share.replica < id; });
    if (place != shares_.end() && place->replica == replica) {
        return *place;
    }
    return *shares_.insert(place, Share{replica, 0, 0});
}

void Counter::add(const ReplicaId& replica, std::int64_t amount) {
    Share& share = shareOf(replica);
    std::uint64_t& side = amount < 0 ? share.minus : share.plus;
    const std::uint64_t size =
        amount < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    side += std::min(size, kMost - side);
}

void Counter::merge(const Counter& other) {
    for (const Share& share : other.shares_) {
        Share& mine = shareOf(share.replica);
        mine.plus = std::max(mine.plus, share.plus);
        mine.minus = std::max(mine.minus, share.minus);
    }
}

std::int64_t Counter::total() const {
    std::int64_t sum = 0;
    for (const Share& share : shares_) {
        sum += static_cast<std::int64_t>(share.plus) - static_cast<std::int64_t>(share.minus);
    }
    return std::max<std::int64_t>(sum, 0);
}

}  // namespace marea::sync
