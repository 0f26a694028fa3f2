#include "sync/merge/strategy.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace marea::sync {

namespace {

struct Named {
    Strategy strategy;
    const char* name;
};
constexpr std::array<Named, 4> kNames{{{Strategy::LastWriteWins, "last_write_wins"},
                                       {Strategy::AskMe, "ask_me"},
                                       {Strategy::MergeMetadata, "merge_metadata"},
                                       {Strategy::KeepBoth, "keep_both"}}};

bool isEmptyValue(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return std::holds_alternative<std::monostate>(value) || (text && text->empty());
}

bool isFalse(const Value& value) {
    return std::holds_alternative<std::monostate>(value) || value == Value(false);
}

// Sets never ask: what one added and another took out without knowing is in (an add-wins set), at its latest place.
bool isOfASet(std::string_view cell) {
    return isEntryCell(cell) || cell.substr(0, kTagPrefix.size()) == kTagPrefix;
}

bool isAbout(std::string_view cell) {
    return cell == kAboutCell || cell.substr(0, kAboutPrefix.size()) == kAboutPrefix;
}

// All versions, the one to show first.
std::vector<Version> ranked(std::string_view cell, const Register& versions, Strategy strategy) {
    const bool isSet = isOfASet(cell);
    const bool fills = strategy == Strategy::MergeMetadata;
    const auto rank = [&](const Version& one) {
        const bool isWanted = isSet ? !isFalse(one.value) : !fills || !isEmptyValue(one.value);
        return std::tuple(isWanted, one.stamp, one.dot);
    };
    std::vector<Version> sorted = versions.versions();
    std::sort(sorted.begin(), sorted.end(), [&](const Version& a, const Version& b) { return rank(a) > rank(b); });
    return sorted;
}

void keepOneOfEachValue(std::vector<Version>& versions) {
    for (auto one = versions.begin(); one != versions.end();) {
        const bool isKnown =
            std::any_of(versions.begin(), one, [&](const Version& earlier) { return earlier.value == one->value; });
        one = isKnown ? versions.erase(one) : one + 1;
    }
}

}  // namespace

Strategy Policy::of(std::string_view kind) const {
    const auto found = byKind.find(kind);
    return found == byKind.end() ? Strategy::LastWriteWins : found->second;
}

const char* name(Strategy strategy) {
    return kNames[static_cast<std::size_t>(strategy)].name;
}

std::optional<Strategy> strategyByName(std::string_view name) {
    for (const Named& one : kNames) {
        if (name == one.name) {
            return one.strategy;
        }
    }
    return std::nullopt;
}

bool isEntryCell(std::string_view cell) {
    return cell.substr(0, kEntryPrefix.size()) == kEntryPrefix;
}

Settled settle(std::string_view cell, const Register& versions, Strategy strategy) {
    Settled settled;
    settled.others = ranked(cell, versions, strategy);
    keepOneOfEachValue(settled.others);
    if (settled.others.empty()) {
        return settled;
    }
    settled.value = std::move(settled.others.front().value);
    settled.others.erase(settled.others.begin());
    settled.asks = strategy == Strategy::AskMe && !settled.others.empty() && !isOfASet(cell) && !isAbout(cell);
    return settled;
}

LifeState lifeOf(const Record& record, Strategy strategy) {
    if (!record.life.isContested()) {
        const Version* only = record.life.latest();
        return {only && only->value == Value(true), false};
    }
    if (strategy == Strategy::LastWriteWins) {
        return {record.life.latest()->value == Value(true), false};
    }
    return {true, strategy == Strategy::AskMe};
}

std::vector<Copy> copiesOf(const Record& record, Strategy strategy,
                           const std::function<std::string(const ReplicaId&)>& deviceName) {
    std::vector<Copy> copies;
    const auto cell = record.cells.find("name");
    if (strategy != Strategy::KeepBoth || record.key.kind != "playlist" || cell == record.cells.end() ||
        !lifeOf(record, strategy).isThere) {
        return copies;
    }
    for (const Version& other : settle("name", cell->second, strategy).others) {
        const auto* name = std::get_if<std::string>(&other.value);
        if (name && !name->empty()) {
            const std::string origin = core::idText(other.dot.replica) + "." + std::to_string(other.dot.number);
            copies.push_back(
                {{record.key.kind, record.key.id + "~" + origin}, *name + " (" + deviceName(other.dot.replica) + ")"});
        }
    }
    return copies;
}

}  // namespace marea::sync
