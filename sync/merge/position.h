#pragma once

#include <cstdint>
#include <vector>

#include "sync/merge/causality.h"

// Places in an ordered set that stay in order whoever else inserts, after
//   S. Weiss, P. Urso, P. Molli: Logoot (ICDCS 2009): dense identifiers made of steps, and
//   M. Weidner, M. Kleppmann: The Art of the Fugue: Minimizing Interleaving in Collaborative Text Editing (2023): what
//   one replica adds in a row stays together when another adds in the same place.
// An entry has one position as a register, so that moves that did not know of each other leave it in one place:
//   M. Kleppmann: Moving Elements in List CRDTs (PaPoC 2020).
namespace marea::sync {

struct PositionStep {
    std::uint32_t place = 0;
    std::uint64_t tag = 0;  // who made it; orders equal places
    auto operator<=>(const PositionStep&) const = default;
};

// Compares step by step; a position comes before those that begin with it. The last step's place is never 0, which
// leaves room before every position.
struct Position {
    std::vector<PositionStep> steps;
    auto operator<=>(const Position&) const = default;
};

inline constexpr std::size_t kMaxPositionDepth = 48;

// The tag of a row of insertions: the replica in the upper 40 bits, its `run`th in the lower 24.
std::uint64_t runTag(const ReplicaId& replica, std::uint64_t run);

// A position after `left` and before `right` (null: the begin, the end). It may be deeper than kMaxPositionDepth: the
// caller then gives all entries new positions. With left ≥ right it comes after both.
Position between(const Position* left, const Position* right, std::uint64_t tag);

// `count` positions in order, next to each other, between `left` and `right`.
std::vector<Position> runBetween(const Position* left, const Position* right, std::uint64_t tag, std::size_t count);

}  // namespace marea::sync
