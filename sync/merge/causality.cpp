#include "sync/merge/causality.h"

#include <algorithm>

namespace marea::sync {

namespace {

bool isBefore(const VersionVector::Entry& entry, const ReplicaId& replica) {
    return entry.first < replica;
}

}  // namespace

std::uint64_t VersionVector::at(const ReplicaId& replica) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), replica, isBefore);
    return found != entries_.end() && found->first == replica ? found->second : 0;
}

bool VersionVector::covers(const VersionVector& other) const {
    return std::all_of(other.entries_.begin(), other.entries_.end(),
                       [this](const Entry& entry) { return entry.second <= at(entry.first); });
}

void VersionVector::raise(const Dot& dot) {
    if (dot.number == 0) {
        return;
    }
    const auto place = std::lower_bound(entries_.begin(), entries_.end(), dot.replica, isBefore);
    if (place != entries_.end() && place->first == dot.replica) {
        place->second = std::max(place->second, dot.number);
    } else {
        entries_.insert(place, {dot.replica, dot.number});
    }
}

void VersionVector::join(const VersionVector& other) {
    for (const Entry& entry : other.entries_) {
        raise({entry.first, entry.second});
    }
}

}  // namespace marea::sync
