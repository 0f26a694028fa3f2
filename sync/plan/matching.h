#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sync/plan/forms.h"
#include "sync/plan/plan.h"

namespace marea::sync {

// Which files of ours are still on a device as they were left there, and to which item of the library each belongs.
// Pure.
class Matching {
public:
    using Ours = std::size_t;  // place in the device's library file

    // All that it is given outlives it. `taken` has what is listed on the device.
    Matching(const DeviceState& device, const std::vector<LibraryItem>& items, const std::vector<Form>& forms,
             const TakenPaths& taken);

    // By id, then by content: a file that was renamed has another id in a library of folders, and the same content.
    // What was encoded of an older content belongs to its item as long as nothing here encodes the new one.
    void match(const std::vector<std::size_t>& wanted);

    std::size_t count() const { return state_.size(); }
    const DeviceFile& file(Ours ours) const { return device_.library.files[ours]; }
    bool isThere(Ours ours) const { return state_[ours].isThere; }      // as it was left
    bool isForeign(Ours ours) const { return state_[ours].isForeign; }  // somebody changed it: it is not ours any more
    bool isMatched(Ours ours) const { return state_[ours].isMatched; }
    std::optional<Ours> withItem(std::string_view item) const;

    std::optional<Ours> of(std::size_t item) const { return matches_[item]; }
    const DeviceFile* fileOf(std::size_t item) const;  // null: none, or it is gone from the device
    // Whether the file of ours for an item stays what it is, though perhaps not where it is.
    bool stays(std::size_t item) const;

private:
    struct State {
        bool isThere = false, isForeign = false, isMatched = false;
    };
    bool isTheSame(const DeviceFile& file, std::size_t item) const;
    void matchById(const std::vector<std::size_t>& wanted);
    void matchByContent(const std::vector<std::size_t>& wanted);
    void matchOlder(const std::vector<std::size_t>& wanted);

    const DeviceState& device_;
    const std::vector<LibraryItem>& items_;
    const std::vector<Form>& forms_;
    std::vector<State> state_;
    std::unordered_map<std::string_view, Ours> byItem_;
    std::vector<std::optional<Ours>> matches_;
};

}  // namespace marea::sync
