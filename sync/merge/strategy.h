#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/merge/record.h"

// What a record is for people, where replicas wrote different things without knowing of each other. Nothing is written
// for it: the versions stay side by side until somebody writes the next one, and every replica with the same versions
// and the same choice of strategy shows the same. So a strategy can be changed at any time, and never undoes a merge.
namespace marea::sync {

enum class Strategy {
    LastWriteWins,  // the latest by stamp; the others go to the history
    AskMe,          // the latest until somebody has chosen: the inbox has all of them
    MergeMetadata,  // joined by the kind of cell: filled before empty, the rest as LastWriteWins; changes before
                    // deletions
    KeepBoth        // a second playlist under the other name; changes before deletions
};

// The user's choice for each kind of record.
struct Policy {
    std::map<std::string, Strategy, std::less<>> byKind;
    Strategy of(std::string_view kind) const;  // LastWriteWins where nothing was chosen
};

const char* name(Strategy strategy);
std::optional<Strategy> strategyByName(std::string_view name);

inline constexpr std::string_view kTagPrefix = "tag:", kEntryPrefix = "entry:";
// What a title is called, for libraries that know it under another id. Never a question.
inline constexpr std::string_view kAboutCell = "about", kAboutPrefix = "about:";
bool isEntryCell(std::string_view cell);

struct Settled {
    Value value;                  // nothing when the cell is empty
    std::vector<Version> others;  // what else was written, latest first; the same value counts once
    bool asks = false;            // belongs into the inbox
};

Settled settle(std::string_view cell, const Register& versions, Strategy strategy);

struct LifeState {
    bool isThere = false;
    bool asks = false;  // deleted here, changed there: in the inbox, and there until somebody has chosen
};
LifeState lifeOf(const Record& record, Strategy strategy);

// What KeepBoth makes beside a playlist of which two names were given: the entries are the same. The id follows from
// the version, so that all replicas name it alike.
struct Copy {
    RecordKey key;
    std::string name;
};
// `deviceName` tells people's name of a replica; it goes behind the name in brackets.
std::vector<Copy> copiesOf(const Record& record, Strategy strategy,
                           const std::function<std::string(const ReplicaId&)>& deviceName);

}  // namespace marea::sync
