#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/merge/record.h"

// The entries of a playlist: an ordered set, one cell an entry (sync/merge/position.h). What two replicas add is there
// once; of two moves the later one holds; an entry that one moved and another removed stays. The functions tell what to
// write, edit() writes it.
namespace marea::sync {

struct Entry {
    std::string id;  // of the media item
    Position position;
};

std::vector<Entry> entriesOf(const Record& playlist);  // in order

// Puts `ids` in a row after the entry `after`, or first when empty; those that are there already move. An `after` that
// is not there means the end. `tag` is runTag() of the writer.
std::vector<CellWrite> placed(const Record& playlist, const std::vector<std::string>& ids,
                              const std::optional<std::string>& after, std::uint64_t tag);
std::vector<CellWrite> appended(const Record& playlist, const std::vector<std::string>& ids, std::uint64_t tag);
std::vector<CellWrite> removed(const Record& playlist, const std::vector<std::string>& ids);
// Makes the entries `order` and nothing else; as many as can stay where they are.
std::vector<CellWrite> arranged(const Record& playlist, const std::vector<std::string>& order, std::uint64_t tag);

// Which of `places` form the longest row that rises; kNowhere is in none. What is not in it has to move.
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
std::vector<bool> longestRising(const std::vector<std::size_t>& places);

}  // namespace marea::sync
