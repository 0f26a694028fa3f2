#include "history.h"

#include <algorithm>

#include "sync/merge/playlist.h"
#include "sync/merge/strategy.h"
#include "sync/merge/wire.h"

namespace marea::sync::test {

namespace {

const std::vector<RecordKey> kItems{{"item", "a"}, {"item", "b"}, {"item", "c"}};
const std::vector<RecordKey> kLists{{"playlist", "p"}, {"playlist", "q"}};
constexpr std::size_t kEntryNames = 8;

const Register* cellOf(const Record& record, const std::string& name) {
    if (name == kLifeCell) {
        return &record.life;
    }
    const auto found = record.cells.find(name);
    return found == record.cells.end() ? nullptr : &found->second;
}

bool isNote(std::string_view cell) {
    return cell == "note";
}

Filter filterOf(bool takesNoNotes) {
    if (!takesNoNotes) {
        return {};
    }
    return [](const Record& record) { return std::optional(part(record, [](auto cell) { return !isNote(cell); })); };
}

}  // namespace

void Oracle::wrote(Known& known, const Cell& cell, const Dot& dot) {
    std::set<Dot>& here = known[cell];
    replaced_[{cell, dot}] = here;
    here.insert(dot);
}

void Oracle::counted(Known& known, const RecordKey& key, const std::string& counter, const Dot& dot,
                     std::int64_t amount) {
    const Cell cell{key, counter};
    amounts_[{cell, dot}] = amount;
    known[cell].insert(dot);
}

std::set<Dot> Oracle::standing(const Known& known, const Cell& cell) const {
    const auto found = known.find(cell);
    if (found == known.end()) {
        return {};
    }
    std::set<Dot> standing = found->second;
    for (const Dot& dot : found->second) {
        for (const Dot& old : replaced_.at({cell, dot})) {
            standing.erase(old);
        }
    }
    return standing;
}

std::int64_t Oracle::total(const Known& known, const Cell& counter) const {
    std::int64_t sum = 0;
    if (const auto found = known.find(counter); found != known.end()) {
        for (const Dot& dot : found->second) {
            sum += amounts_.at({counter, dot});
        }
    }
    return sum;
}

History::History(std::uint64_t seed) : random_(seed) {
    const std::size_t count = 3 + below(3);
    for (std::size_t i = 0; i < count; ++i) {
        Device device{Replica(replicaId(static_cast<int>(i))),
                      Replica(replicaId(static_cast<int>(i))),
                      {},
                      {},
                      0,
                      {},
                      {},
                      i == 2};
        device.skew = static_cast<core::TimeMs>(below(6 * kDay)) - 3 * kDay;
        devices_.push_back(std::move(device));
    }
}

void History::run(int steps) {
    for (int i = 0; i < steps; ++i) {
        time_ += static_cast<core::TimeMs>(below(60'000));
        step();
    }
}

void History::step() {
    Device& device = devices_[below(devices_.size())];
    const std::size_t what = below(100);
    if (what < 50) {
        change(device);
    } else if (what < 65) {
        save(device);
    } else if (what < 68) {
        crash(device);
    } else if (what < 85) {
        const std::size_t from = below(devices_.size());
        send(from, (from + 1 + below(devices_.size() - 1)) % devices_.size());
    } else if (!underWay_.empty()) {
        const std::size_t chosen = below(underWay_.size());
        const Message message = underWay_[chosen];
        if (what < 96) {  // else it stays, and comes once more
            underWay_.erase(underWay_.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
        if (what < 93 || what >= 96) {
            deliver(message);
        }
    }
}

void History::change(Device& device) {
    if (below(2) == 0) {
        changeItem(device);
    } else {
        changeList(device);
    }
    if (const Record* record = device.live.find(kLists[0]); record && states_.size() < 60 && below(3) == 0) {
        states_.push_back(*record);
    }
}

void History::changeItem(Device& device) {
    const RecordKey& key = kItems[below(kItems.size())];
    const std::size_t what = below(10);
    if (what < 4) {
        write(device, key, {{"rating", static_cast<std::int64_t>(++made_)}});
    } else if (what < 7) {
        count(device, key);
    } else if (what < 9) {
        write(device, key, {{"note", "note " + std::to_string(++made_)}, {"tag:live", below(2) == 0}});
    } else {
        remove(device, key);
    }
}

void History::changeList(Device& device) {
    const RecordKey& key = kLists[below(kLists.size())];
    const Record* known = device.live.find(key);
    const Record record = known ? *known : Record{key, {}, {}, {}};
    const auto entry = [this] { return "song" + std::to_string(below(kEntryNames)); };
    const std::uint64_t tag = runTag(device.live.writer().replica, device.live.writer().last);
    const std::size_t what = below(10);
    if (what < 3) {
        write(device, key, appended(record, {entry(), entry()}, tag));
    } else if (what < 6) {
        write(device, key, placed(record, {entry()}, below(2) == 0 ? std::nullopt : std::optional(entry()), tag));
    } else if (what < 8) {
        write(device, key, removed(record, {entry()}));
    } else if (what < 9) {
        write(device, key, {{"name", "list " + std::to_string(++made_)}});
    } else {
        remove(device, key);
    }
}

// The last number was that of the record's life.
void History::touched(Device& device, const RecordKey& key) {
    const Writer& writer = device.live.writer();
    oracle_.wrote(device.known, {key, std::string(kLifeCell)}, {writer.replica, writer.last});
}

void History::write(Device& device, const RecordKey& key, const std::vector<CellWrite>& writes) {
    std::uint64_t number = device.live.writer().last;
    device.live.edit(key, writes, now(device));
    for (const CellWrite& one : writes) {
        oracle_.wrote(device.known, {key, one.cell}, {device.live.writer().replica, ++number});
    }
    touched(device, key);
}

void History::remove(Device& device, const RecordKey& key) {
    device.live.remove(key, now(device));
    touched(device, key);
}

void History::count(Device& device, const RecordKey& key) {
    const auto amount = static_cast<std::int64_t>(1 + below(3));
    device.live.count(key, "plays", amount, now(device));
    const Writer& writer = device.live.writer();
    oracle_.counted(device.known, key, "plays", {writer.replica, writer.last}, amount);
    touched(device, key);
}

void History::save(Device& device) {
    device.saved = device.live;
    device.savedKnown = device.known;
    device.savedCursors = device.cursors;
}

void History::crash(Device& device) {
    device.live = device.saved;
    device.known = device.savedKnown;
    device.cursors = device.savedCursors;
}

// Only what is saved is acknowledged, and only that leaves a device.
void History::send(std::size_t from, std::size_t to) {
    const Device& sender = devices_[from];
    const Device& receiver = devices_[to];
    const Changes changes =
        sender.saved.changesAfter(receiver.cursors.count(from) > 0 ? receiver.cursors.at(from) : Since{}, 1 + below(4),
                                  filterOf(receiver.takesNoNotes));
    Message message{from, to, wireText(changes), {}};
    for (const auto& [cell, dots] : sender.savedKnown) {
        const bool isIn = std::any_of(changes.records.begin(), changes.records.end(),
                                      [&](const Record& record) { return record.key == cell.first; });
        if (isIn && !(receiver.takesNoNotes && isNote(cell.second))) {
            message.known.emplace(cell, dots);
        }
    }
    underWay_.push_back(std::move(message));
}

void History::deliver(const Message& message) {
    Device& receiver = devices_[message.to];
    const auto changes = changesFromWire(message.text);
    ASSERT_TRUE(changes.has_value()) << changes.error().text;
    ASSERT_TRUE(receiver.live.receive(*changes, now(receiver)).has_value());
    for (const auto& [cell, dots] : message.known) {
        receiver.known[cell].insert(dots.begin(), dots.end());
    }
    Since& cursor = receiver.cursors[message.from];
    if (cursor.after == changes->after && changes->upTo > cursor.after) {
        cursor = {changes->upTo, changes->horizon};
    }
}

bool History::exchangeAll(std::size_t from, std::size_t to) {
    const std::uint64_t before = devices_[to].live.lastPlace();
    while (true) {
        send(from, to);
        const Message message = underWay_.back();
        underWay_.pop_back();
        deliver(message);
        const auto changes = changesFromWire(message.text);
        if (!changes || !changes->more) {
            return devices_[to].live.lastPlace() != before;
        }
    }
}

void History::settle() {
    for (Device& device : devices_) {
        save(device);
        device.cursors = device.takesNoNotes ? std::map<std::size_t, Since>{} : device.cursors;
        device.takesNoNotes = false;
    }
    for (bool isNew = true; isNew;) {
        isNew = false;
        for (std::size_t from = 0; from < devices_.size(); ++from) {
            for (std::size_t to = 0; to < devices_.size(); ++to) {
                if (from != to && exchangeAll(from, to)) {
                    isNew = true;
                    save(devices_[to]);
                }
            }
        }
    }
}

void History::check() {
    for (const Device& device : devices_) {
        ASSERT_EQ(device.live.records().size(), devices_[0].live.records().size());
        for (const auto& [key, held] : device.live.records()) {
            ASSERT_EQ(held.record, *devices_[0].live.find(key)) << key.id;
            std::set<std::string> entries;
            for (const Entry& entry : entriesOf(held.record)) {
                ASSERT_TRUE(entries.insert(entry.id).second) << entry.id << " is there twice";
            }
        }
        ASSERT_EQ(device.known, devices_[0].known);
    }
    for (const auto& [cell, dots] : devices_[0].known) {
        const Record* record = devices_[0].live.find(cell.first);
        ASSERT_NE(record, nullptr);
        if (cell.second == "plays") {
            ASSERT_EQ(record->counters.at("plays").total(), oracle_.total(devices_[0].known, cell));
            continue;
        }
        std::set<Dot> there;
        for (const Version& version : cellOf(*record, cell.second)->versions()) {
            there.insert(version.dot);
        }
        ASSERT_EQ(there, oracle_.standing(devices_[0].known, cell)) << cell.first.id << " " << cell.second;
    }
}

}  // namespace marea::sync::test
