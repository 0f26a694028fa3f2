#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "sync/merge/replica.h"

// Changes as JSON, version 1. Replicas are listed once and named by their place in that list:
//   {"version":1,"sender":ID,"after":N,"up_to":N,"horizon":N,"more":B,"resync":B,"replicas":[ID…],"records":[
//     {"kind":"item","id":"…","life":R,"cells":{"rating":R…},"counts":{"plays":[[replica,plus,minus]…]}}]}
//   R = {"seen":[[replica,number]…],"values":[[replica,number,ms,count,value]…]}
// A value is null, a boolean, an integer, a text, or {"at":"…"}: a position, 24 hex digits a step.
namespace marea::sync {

inline constexpr std::int64_t kWireVersion = 1;

struct WireLimits {
    static constexpr std::size_t bytes = 16 * 1024 * 1024, records = 1000, replicas = 1024, cells = 50'000;
    static constexpr std::size_t versions = 256, text = 4096, name = 300, kind = 40;
    static constexpr std::int64_t number = (std::int64_t{1} << 53) - 1;  // what every JSON reader holds exactly
    static constexpr std::int64_t latest = std::int64_t{1} << 47;        // ms: the 65th century
};

// What a record, a cell or a count may be called. Under another name nobody reads it: not who keeps it either.
bool isWireName(std::string_view text, std::size_t most = WireLimits::name);
// Which replicas a record names.
void addReplicas(const Record& record, std::set<ReplicaId>& to);
// Whether others take a record at all: each part of it may, and they together may not.
bool fitsWire(const Record& record);

std::string wireText(const Changes& changes);

// Invalid, with words that name the place, for what is malformed, out of bounds or not sound; Unprocessable for a newer
// version. What is accepted can be merged without harm to what is here.
core::Result<Changes> changesFromWire(std::string_view text);
// What this program has written itself, which may be of a time with other bounds: twenty times as many cells.
core::Result<Changes> changesFromOwn(std::string_view text);

std::string positionText(const Position& position);
std::optional<Position> positionFromText(std::string_view text);

}  // namespace marea::sync
