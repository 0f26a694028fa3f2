#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "sync/merge/hybridclock.h"
#include "sync/merge/position.h"

namespace marea::sync {

// Nothing, yes or no, a number, text, or a place in an order (nothing: not in it).
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, Position>;

struct Version {
    Dot dot;
    Stamp stamp;
    Value value;
    auto operator<=>(const Version&) const = default;
};

// A value that several replicas write: all writes that no later one knew of, at most one a replica. A multi-value
// register with the causal context of a dotted version vector set (DAIS 2014, see sync/merge/causality.h). Its merge is
// the join of a lattice: commutative, associative, idempotent.
class Register {
public:
    // Every version must be covered by `seen`; versions are sorted and given once.
    static bool isSound(const VersionVector& seen, const std::vector<Version>& versions);
    Register() = default;
    Register(VersionVector seen, std::vector<Version> versions);

    // Replaces all that is there. `dot` is new. What it replaced is appended to `replaced`.
    void write(const Dot& dot, const Stamp& stamp, Value value, std::vector<Version>* replaced = nullptr);
    // Versions that `anew` gives another, new dot replace what they were. Whether there was any.
    bool rewrite(const std::function<bool(Version&)>& anew);
    // Leaves out what it claims to know of changes that are not believed, and the versions that are such. Whether there
    // was any.
    bool doubt(const std::function<bool(const Dot&)>& believed);
    // What is here and no longer in the result is appended to `dropped`.
    void merge(const Register& other, std::vector<Version>* dropped = nullptr);

    const VersionVector& seen() const { return seen_; }
    const std::vector<Version>& versions() const { return versions_; }  // sorted by dot
    bool isEmpty() const { return versions_.empty(); }
    bool isContested() const;       // more than one value
    const Version* latest() const;  // by stamp, then dot; null when empty
    bool operator==(const Register&) const = default;

private:
    VersionVector seen_;
    std::vector<Version> versions_;
};

}  // namespace marea::sync
