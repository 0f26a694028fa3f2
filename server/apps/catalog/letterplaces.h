#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/apps/catalog/mediaquery.h"

namespace marea::server {

// Where a letter begins in a list by names.
struct LetterPlace {
    std::string letter;  // as core::library::initialOf tells it
    std::int64_t count = 0;
    std::string edge;  // no key on its side of the list is on the other side of this one; of the first letter empty
};

// The letters of a list from what its keys begin with (two signs: a letter, with both of Ñ), told in its order.
class LetterPlaces {
public:
    void add(std::string_view head, std::int64_t count);
    std::vector<LetterPlace> take() { return std::move(places_); }

    explicit LetterPlaces(bool descending) : descending_(descending) {}

private:
    bool descending_;
    std::string last_;
    std::vector<LetterPlace> places_;
};

// Cursors of the list from where the letter begins on, and of the same list the other way round from what stands before
// it. Empty for the first letter: the one is the whole list, of the other there is nothing.
struct LetterCursors {
    std::string from, before;
};
LetterCursors cursorsOf(const LetterPlace& place, const MediaQuery& query);

}  // namespace marea::server
