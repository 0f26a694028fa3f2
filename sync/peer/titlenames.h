#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/merge/strategy.h"

// Two libraries know one title by different ids. So records say what their titles are called: an item has a cell
// "about", a playlist one "about:<title>" for each of its entries. Who gets such a record puts it under the id that the
// title has here; what is not here stays as it came, until it is. Pure.
namespace marea::sync {

struct TitleAbout {
    std::string kind, title, artist, album, series;
    std::int64_t year = 0, season = 0, episode = 0, track = 0;
    std::int64_t seconds = 0;
    bool operator==(const TitleAbout&) const = default;
};
std::string aboutText(const TitleAbout& about);                  // empty: it is too long to be told
std::optional<TitleAbout> aboutFromText(std::string_view text);  // nothing: it names no title

// The titles that are here.
class Titles {
public:
    virtual ~Titles() = default;
    virtual std::optional<TitleAbout> about(const std::string& id) const = 0;      // nothing: not here
    virtual std::optional<std::string> sameAs(const TitleAbout& about) const = 0;  // its id here
};

// What a record of this library lacks, so that others know its titles.
std::vector<CellWrite> described(const Record& record, const Titles& titles);

// The record under the ids that are used here. Changes are the same changes: nothing is written anew.
Record localised(const Record& record, const Titles& titles);

}  // namespace marea::sync
