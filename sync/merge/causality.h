#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/id.h"

// What is known of each other's changes, after
//   N. Preguiça, C. Baquero, P. S. Almeida, V. Fonte, R. Gonçalves: Dotted Version Vectors: Logical Clocks for
//   Optimistic Replication (2010), and
//   P. S. Almeida, R. Gonçalves, C. Baquero, V. Fonte: Scalable and Accurate Causality Tracking for Eventually
//   Consistent Stores (DAIS 2014).
namespace marea::sync {

// One copy of a library: a desktop, a server, a phone. A copy restored from an older backup takes a new id, as it would
// give the same dots twice.
using ReplicaId = core::IdBytes;

// One change: the `number`th that `replica` has made, counted from 1 over its whole library and never used again.
struct Dot {
    ReplicaId replica{};
    std::uint64_t number = 0;
    auto operator<=>(const Dot&) const = default;
};

// For each replica the last of its changes that is known here; it stands for those before as well. Values are exchanged
// one register at a time and whole, so that no gaps arise, whichever registers an exchange leaves out.
class VersionVector {
public:
    using Entry = std::pair<ReplicaId, std::uint64_t>;

    std::uint64_t at(const ReplicaId& replica) const;  // 0 when nothing of it is known
    bool covers(const Dot& dot) const { return dot.number <= at(dot.replica); }
    bool covers(const VersionVector& other) const;
    void raise(const Dot& dot);
    void join(const VersionVector& other);

    const std::vector<Entry>& entries() const { return entries_; }  // sorted by replica
    bool operator==(const VersionVector&) const = default;

private:
    std::vector<Entry> entries_;
};

}  // namespace marea::sync
