#include "sync/merge/inbox.h"

#include <algorithm>

namespace marea::sync {

namespace {

std::string conflictId(std::string_view cell, const Register& versions) {
    std::string id(cell);
    for (const Version& version : versions.versions()) {
        id += '@' + core::idText(version.dot.replica) + '.' + std::to_string(version.dot.number);
    }
    return id;
}

Conflict conflictAt(const RecordKey& key, std::string_view cell, const Register& versions) {
    std::vector<Version> sorted = versions.versions();
    std::sort(sorted.begin(), sorted.end(),
              [](const Version& a, const Version& b) { return std::tie(a.stamp, a.dot) > std::tie(b.stamp, b.dot); });
    Conflict conflict{conflictId(cell, versions), key, std::string(cell), {}};
    for (const Version& version : sorted) {
        const bool isKnown = std::any_of(conflict.sides.begin(), conflict.sides.end(),
                                         [&](const Conflict::Side& side) { return side.value == version.value; });
        if (!isKnown) {
            conflict.sides.push_back({version.value, version.dot.replica, version.stamp.ms});
        }
    }
    return conflict;
}

std::vector<Discarded> write(Record& record, const Conflict& conflict, const Value& value, Writer& writer,
                             core::TimeMs now) {
    if (conflict.cell != kLifeCell) {
        return edit(record, {{conflict.cell, value}}, writer, now);
    }
    if (value == Value(true)) {
        return edit(record, {}, writer, now);
    }
    remove(record, writer, now);
    return {};
}

}  // namespace

std::vector<Conflict> conflictsOf(const Record& record, Strategy strategy) {
    std::vector<Conflict> conflicts;
    const LifeState life = lifeOf(record, strategy);
    if (life.asks) {
        conflicts.push_back(conflictAt(record.key, kLifeCell, record.life));
    }
    if (!life.isThere) {
        return conflicts;
    }
    for (const auto& [name, cell] : record.cells) {
        if (settle(name, cell, strategy).asks) {
            conflicts.push_back(conflictAt(record.key, name, cell));
        }
    }
    return conflicts;
}

core::Result<std::vector<Discarded>> choose(Record& record, Strategy strategy, std::string_view id, std::size_t side,
                                            Writer& writer, core::TimeMs now) {
    for (const Conflict& conflict : conflictsOf(record, strategy)) {
        if (conflict.id != id) {
            continue;
        }
        if (side >= conflict.sides.size()) {
            return core::fail(core::ErrorCode::Invalid, "There is no such choice.");
        }
        return write(record, conflict, conflict.sides[side].value, writer, now);
    }
    return core::fail(core::ErrorCode::Conflict, "This has been answered, or changed, meanwhile.");
}

}  // namespace marea::sync
