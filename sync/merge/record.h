#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sync/merge/counter.h"
#include "sync/merge/register.h"

namespace marea::sync {

struct RecordKey {
    std::string kind;  // "item", "playlist"; others are carried along
    std::string id;
    auto operator<=>(const RecordKey&) const = default;
};

// What is known of one thing, as a set of cells that merge apart: "rating", "name", "tag:live", "entry:<item>". `life`
// is written by every change (true) and by the deletion (false), so that a change made elsewhere without knowing of a
// deletion is seen. A deleted record keeps its cells until its tombstone goes.
struct Record {
    RecordKey key;
    Register life;
    std::map<std::string, Register, std::less<>> cells;
    std::map<std::string, Counter, std::less<>> counters;
    bool operator==(const Record&) const = default;
};

inline constexpr std::string_view kLifeCell = "life";  // its name in lists of what was discarded

// A value that is no longer part of a record: for the history, from which it comes back.
struct Discarded {
    RecordKey key;
    std::string cell;
    Version version;
    bool operator==(const Discarded&) const = default;
};

// Joins `from` into `into` (of the same key), and says which values of `into` are gone.
std::vector<Discarded> merge(Record& into, const Record& from);

// Where a replica's dots and stamps come from. Kept with the library and written before a change is acknowledged.
struct Writer {
    ReplicaId replica{};
    std::uint64_t last = 0;  // number of its last change
    HybridClock clock;
    Dot nextDot() { return {replica, ++last}; }
};

struct CellWrite {
    std::string cell;
    Value value;
};

// Changes made here. They bring a deleted record back to life, as who makes them sees it.
std::vector<Discarded> edit(Record& record, const std::vector<CellWrite>& writes, Writer& writer, core::TimeMs now);
void count(Record& record, std::string_view counter, std::int64_t amount, Writer& writer, core::TimeMs now);
void remove(Record& record, Writer& writer, core::TimeMs now);

// As Register::doubt; cells of which nothing is left go.
bool doubt(Record& record, const std::function<bool(const Dot&)>& believed);

// The part of a record that a filter lets through; its life always goes along.
Record part(const Record& record, const std::function<bool(std::string_view cell)>& wanted);

Stamp newestStamp(const Record& record);

}  // namespace marea::sync
