#include "sync/merge/record.h"

#include <algorithm>

#include "sync/merge/forgotten.h"

namespace marea::sync {

namespace {

void note(std::vector<Discarded>& list, const RecordKey& key, std::string_view cell, std::vector<Version>& versions) {
    for (Version& version : versions) {
        list.push_back({key, std::string(cell), std::move(version)});
    }
    versions.clear();
}

// That somebody changed the record is no value of its own; that somebody deleted it is.
bool isTouch(const Version& version) {
    const bool* flag = std::get_if<bool>(&version.value);
    return flag && *flag;
}

Stamp newest(const Register& cell) {
    const Version* latest = cell.latest();
    return latest ? latest->stamp : Stamp{};
}

}  // namespace

namespace {

std::vector<Discarded> join(Record& into, const Record& from) {
    std::vector<Discarded> gone;
    std::vector<Version> dropped;
    into.life.merge(from.life, &dropped);
    std::erase_if(dropped, isTouch);
    note(gone, into.key, kLifeCell, dropped);
    for (const auto& [name, cell] : from.cells) {
        into.cells[name].merge(cell, &dropped);
        note(gone, into.key, name, dropped);
    }
    for (const auto& [name, counter] : from.counters) {
        into.counters[name].merge(counter);
    }
    return gone;
}

}  // namespace

std::vector<Discarded> merge(Record& into, const Record& from) {
    if (into.cells.count(kForgottenCell) == 0 && from.cells.count(kForgottenCell) == 0) {
        return join(into, from);
    }
    Record rest = from;
    forgetWithout(into, rest);
    return join(into, rest);
}

std::vector<Discarded> edit(Record& record, const std::vector<CellWrite>& writes, Writer& writer, core::TimeMs now) {
    std::vector<Discarded> gone;
    std::vector<Version> replaced;
    const Stamp stamp = writer.clock.next(now);
    for (const CellWrite& write : writes) {
        const auto [cell, isNew] = record.cells.try_emplace(write.cell);
        if (isNew) {
            rememberForgotten(record, cell->first, cell->second);
        }
        cell->second.write(writer.nextDot(), stamp, write.value, &replaced);
        note(gone, record.key, write.cell, replaced);
    }
    record.life.write(writer.nextDot(), stamp, true, &replaced);
    std::erase_if(replaced, isTouch);
    note(gone, record.key, kLifeCell, replaced);
    return gone;
}

void count(Record& record, std::string_view counter, std::int64_t amount, Writer& writer, core::TimeMs now) {
    record.counters[std::string(counter)].add(writer.replica, amount);
    edit(record, {}, writer, now);
}

void remove(Record& record, Writer& writer, core::TimeMs now) {
    record.life.write(writer.nextDot(), writer.clock.next(now), false);
}

bool doubt(Record& record, const std::function<bool(const Dot&)>& believed) {
    bool any = record.life.doubt(believed);
    for (auto cell = record.cells.begin(); cell != record.cells.end();) {
        const bool isLess = cell->second.doubt(believed);
        any |= isLess;
        cell = isLess && cell->second.seen().entries().empty() ? record.cells.erase(cell) : std::next(cell);
    }
    return any;
}

Record part(const Record& record, const std::function<bool(std::string_view cell)>& wanted) {
    Record result{record.key, record.life, {}, {}};
    for (const auto& [name, cell] : record.cells) {
        if (name != kForgottenCell && wanted(name)) {  // a part says nothing of the whole
            result.cells.emplace(name, cell);
        }
    }
    for (const auto& [name, counter] : record.counters) {
        if (wanted(name)) {
            result.counters.emplace(name, counter);
        }
    }
    return result;
}

Stamp newestStamp(const Record& record) {
    Stamp stamp = newest(record.life);
    for (const auto& [name, cell] : record.cells) {
        stamp = std::max(stamp, newest(cell));
    }
    return stamp;
}

}  // namespace marea::sync
