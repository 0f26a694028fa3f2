#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/merge/replica.h"

namespace marea::sync {

// What a paired device may see and change, as a list of "ratings", "plays", "positions", "playlists" and "other";
// empty: everything. Pure.
class PeerScope {
public:
    static std::optional<PeerScope> fromText(std::string_view text);  // nothing: a word that there is not

    std::optional<Record> seen(const Record& record) const;  // the part; nothing where there is none
    Filter filter() const;
    Changes taken(Changes changes) const;  // of what it sends

private:
    bool has(std::string_view word) const;
    std::string words_;  // "|plays|ratings|"; empty: all
};

}  // namespace marea::sync
