#include "server/apps/catalog/letterplaces.h"

#include "core/library/text.h"
#include "server/apps/catalog/cursor.h"

namespace marea::server {

// Keys are not below what they begin with: upwards that is the edge of a letter, downwards that of the one before it.
void LetterPlaces::add(std::string_view head, std::int64_t count) {
    const std::string letter = core::library::initialOf(head);
    if (places_.empty() || places_.back().letter != letter) {
        const std::string_view edge = descending_ ? std::string_view(last_) : head;
        places_.push_back({letter, 0, std::string(places_.empty() ? std::string_view() : edge)});
    }
    places_.back().count += count;
    last_ = head;
}

// Before any row of that key: rows have positive numbers.
LetterCursors cursorsOf(const LetterPlace& place, const MediaQuery& query) {
    if (place.edge.empty()) {
        return {};
    }
    constexpr std::int64_t kBeforeRows = -1;
    const Cursor edge{place.edge, kBeforeRows};
    MediaQuery reversed = query;
    reversed.descending = !query.descending;
    return {encodeCursor(edge, query.filterKey()), encodeCursor(edge, reversed.filterKey())};
}

}  // namespace marea::server
