#include "sync/plan/matching.h"

namespace marea::sync {

Matching::Matching(const DeviceState& device, const std::vector<LibraryItem>& items, const std::vector<Form>& forms,
                   const TakenPaths& taken)
    : device_(device), items_(items), forms_(forms), state_(device.library.files.size()), matches_(items.size()) {
    byItem_.reserve(state_.size());
    for (Ours i = 0; i < state_.size(); ++i) {
        const auto size = taken.sizeOf(file(i).path);
        state_[i].isThere = size == file(i).size;
        state_[i].isForeign = size && !state_[i].isThere;
        byItem_.emplace(file(i).item, i);
    }
}

void Matching::match(const std::vector<std::size_t>& wanted) {
    matchById(wanted);
    matchByContent(wanted);
    matchOlder(wanted);
}

std::optional<Matching::Ours> Matching::withItem(std::string_view item) const {
    const auto found = byItem_.find(item);
    return found == byItem_.end() ? std::nullopt : std::optional(found->second);
}

const DeviceFile* Matching::fileOf(std::size_t item) const {
    return matches_[item] && isThere(*matches_[item]) ? &file(*matches_[item]) : nullptr;
}

bool Matching::stays(std::size_t item) const {
    const DeviceFile* there = forms_[item].possible || forms_[item].mayStay ? fileOf(item) : nullptr;
    return there && isTheSame(*there, item);
}

bool Matching::isTheSame(const DeviceFile& file, std::size_t item) const {
    const Form& form = forms_[item];
    return file.fingerprint == items_[item].fingerprint && file.encoding == (form.encoding ? form.encoding->name : "");
}

void Matching::matchById(const std::vector<std::size_t>& wanted) {
    for (const std::size_t item : wanted) {
        const auto found = withItem(items_[item].id);
        const Form& form = forms_[item];
        const bool mayBe = found && (form.possible || (form.mayStay && isTheSame(file(*found), item)));
        if (mayBe && !state_[*found].isMatched && !state_[*found].isForeign) {
            matches_[item] = found;
            state_[*found].isMatched = true;
        }
    }
}

void Matching::matchByContent(const std::vector<std::size_t>& wanted) {
    std::unordered_multimap<std::string_view, Ours> free;
    for (Ours i = 0; i < state_.size(); ++i) {
        if (state_[i].isThere && !state_[i].isMatched) {
            free.emplace(file(i).fingerprint, i);
        }
    }
    for (const std::size_t item : wanted) {
        if (matches_[item] || !(forms_[item].possible || forms_[item].mayStay)) {
            continue;
        }
        auto [one, end] = free.equal_range(items_[item].fingerprint);
        while (one != end && !isTheSame(file(one->second), item)) {
            ++one;
        }
        if (one != end) {
            matches_[item] = one->second;
            state_[one->second].isMatched = true;
            free.erase(one);
        }
    }
}

void Matching::matchOlder(const std::vector<std::size_t>& wanted) {
    for (const std::size_t item : wanted) {
        const Form& form = forms_[item];
        const auto found = form.mayStay && !matches_[item] ? withItem(items_[item].id) : std::nullopt;
        if (found && state_[*found].isThere && !state_[*found].isMatched &&
            file(*found).encoding == form.encoding->name) {
            matches_[item] = found;
            state_[*found].isMatched = true;
        }
    }
}

}  // namespace marea::sync
