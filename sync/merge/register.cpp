#include "sync/merge/register.h"

#include <algorithm>
#include <tuple>

namespace marea::sync {

namespace {

bool byDot(const Version& a, const Version& b) {
    return a.dot < b.dot;
}

bool isEarlier(const Version& a, const Version& b) {
    return std::tie(a.stamp, a.dot) < std::tie(b.stamp, b.dot);
}

void note(std::vector<Version>* list, const Version& version) {
    if (list) {
        list->push_back(version);
    }
}

}  // namespace

bool Register::isSound(const VersionVector& seen, const std::vector<Version>& versions) {
    const auto isTwice = [](const Version& a, const Version& b) { return !(a.dot < b.dot); };
    return std::adjacent_find(versions.begin(), versions.end(), isTwice) == versions.end() &&
           std::all_of(versions.begin(), versions.end(),
                       [&](const Version& one) { return one.dot.number > 0 && seen.covers(one.dot); });
}

Register::Register(VersionVector seen, std::vector<Version> versions)
    : seen_(std::move(seen)), versions_(std::move(versions)) {}

void Register::write(const Dot& dot, const Stamp& stamp, Value value, std::vector<Version>* replaced) {
    for (const Version& version : versions_) {
        note(replaced, version);
    }
    versions_.clear();
    seen_.raise(dot);
    versions_.push_back({dot, stamp, std::move(value)});
}

bool Register::rewrite(const std::function<bool(Version&)>& anew) {
    bool any = false;
    for (Version& version : versions_) {
        if (anew(version)) {
            seen_.raise(version.dot);
            any = true;
        }
    }
    std::sort(versions_.begin(), versions_.end(), byDot);
    return any;
}

bool Register::doubt(const std::function<bool(const Dot&)>& believed) {
    VersionVector seen;
    for (const VersionVector::Entry& entry : seen_.entries()) {
        const Dot last{entry.first, entry.second};
        seen.raise(believed(last) ? last : Dot{});
    }
    if (seen == seen_) {
        return false;
    }
    std::erase_if(versions_, [&](const Version& one) { return !believed(one.dot); });
    for (const Version& version : versions_) {
        seen.raise(version.dot);
    }
    seen_ = std::move(seen);
    return true;
}

void Register::merge(const Register& other, std::vector<Version>* dropped) {
    std::vector<Version> merged;
    auto mine = versions_.begin();
    auto theirs = other.versions_.begin();
    while (mine != versions_.end() || theirs != other.versions_.end()) {
        if (theirs == other.versions_.end() || (mine != versions_.end() && byDot(*mine, *theirs))) {
            if (!other.seen_.covers(mine->dot)) {
                merged.push_back(*mine);
            } else {
                note(dropped, *mine);
            }
            ++mine;
        } else if (mine == versions_.end() || byDot(*theirs, *mine)) {
            if (!seen_.covers(theirs->dot)) {
                merged.push_back(*theirs);
            }
            ++theirs;
        } else {
            // One dot has one value. Where a replica broke that (a backup put back), all agree on the greater.
            const bool keepsMine = !(*mine < *theirs);
            merged.push_back(keepsMine ? *mine : *theirs);
            if (*mine != *theirs) {
                note(dropped, keepsMine ? *theirs : *mine);
            }
            ++mine;
            ++theirs;
        }
    }
    versions_ = std::move(merged);
    seen_.join(other.seen_);
}

bool Register::isContested() const {
    return std::any_of(versions_.begin(), versions_.end(),
                       [this](const Version& one) { return one.value != versions_.front().value; });
}

const Version* Register::latest() const {
    const auto found = std::max_element(versions_.begin(), versions_.end(), isEarlier);
    return found == versions_.end() ? nullptr : &*found;
}

}  // namespace marea::sync
