#pragma once

#include <cstdint>
#include <vector>

#include "sync/merge/causality.h"

namespace marea::sync {

// A count that adds up over replicas: a PN-counter (M. Shapiro, N. Preguiça, C. Baquero, M. Zawirski: A Comprehensive
// Study of Convergent and Commutative Replicated Data Types, 2011). Each replica only ever raises its own two numbers.
class Counter {
public:
    struct Share {
        ReplicaId replica{};
        std::uint64_t plus = 0, minus = 0;
        bool operator==(const Share&) const = default;
    };
    static constexpr std::uint64_t kMost = std::uint64_t{1} << 40;

    Counter() = default;
    explicit Counter(std::vector<Share> shares);  // in any order; of doubles the larger numbers

    void add(const ReplicaId& replica, std::int64_t amount);
    void merge(const Counter& other);
    std::int64_t total() const;  // never below 0

    const std::vector<Share>& shares() const { return shares_; }  // sorted by replica
    bool operator==(const Counter&) const = default;

private:
    Share& shareOf(const ReplicaId& replica);
    std::vector<Share> shares_;
};

}  // namespace marea::sync
