#include "sync/merge/forgotten.h"

#include <algorithm>

#include "sync/merge/strategy.h"

namespace marea::sync {

namespace {

bool isAboutCell(std::string_view name) {
    return name.substr(0, kAboutPrefix.size()) == kAboutPrefix;
}

bool isForgettable(std::string_view name) {
    return isEntryCell(name) || isAboutCell(name);
}

bool isOut(const Register& entry) {
    return std::none_of(entry.versions().begin(), entry.versions().end(),
                        [](const Version& one) { return std::holds_alternative<Position>(one.value); });
}

// An entry of the title, or one more of it, is in the list.
bool hasTitle(const Record& list, std::string_view title) {
    const std::string name = std::string(kEntryPrefix) + std::string(title);
    for (auto cell = list.cells.lower_bound(name); cell != list.cells.end() && cell->first.starts_with(name); ++cell) {
        const bool isOfTitle = cell->first.size() == name.size() || cell->first[name.size()] == '~';
        if (isOfTitle && !isOut(cell->second)) {
            return true;
        }
    }
    return false;
}

bool isRemoved(const Record& list, const std::string& name, const Register& cell) {
    return isEntryCell(name) ? isOut(cell)
                             : isAboutCell(name) && !hasTitle(list, std::string_view(name).substr(kAboutPrefix.size()));
}

const Register* forgotten(const Record& record) {
    const auto found = record.cells.find(kForgottenCell);
    return found == record.cells.end() ? nullptr : &found->second;
}

void forget(Record& record, const Record& other, const Register& known) {
    for (auto cell = record.cells.begin(); cell != record.cells.end();) {
        if (!isForgettable(cell->first) || other.cells.count(cell->first) > 0) {
            ++cell;
            continue;
        }
        cell->second.merge(known);
        cell = cell->second.isEmpty() ? record.cells.erase(cell) : std::next(cell);
    }
}

}  // namespace

bool forgetRemoved(Record& record, std::size_t most) {
    if (record.key.kind != "playlist" || record.cells.size() <= most) {
        return false;
    }
    std::vector<std::string> gone;
    for (const auto& [name, cell] : record.cells) {
        if (isRemoved(record, name, cell)) {
            gone.push_back(name);
        }
    }
    if (gone.size() <= most) {
        return false;
    }
    VersionVector seen;
    for (const std::string& name : gone) {
        const auto cell = record.cells.find(name);
        seen.join(cell->second.seen());
        record.cells.erase(cell);
    }
    record.cells[std::string(kForgottenCell)].merge(Register(std::move(seen), {}));
    return true;
}

void rememberForgotten(const Record& record, std::string_view name, Register& cell) {
    const Register* known = isForgettable(name) ? forgotten(record) : nullptr;
    if (known) {
        cell.merge(*known);
    }
}

void forgetWithout(Record& into, Record& from) {
    const Register* const here = forgotten(into);
    const Register* const there = forgotten(from);
    if (!here && !there) {
        return;
    }
    const Record before = into;
    if (there) {
        forget(into, from, *there);
    }
    if (here) {
        forget(from, before, *here);
    }
}

}  // namespace marea::sync
