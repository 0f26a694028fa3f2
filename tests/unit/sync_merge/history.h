#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "made.h"

namespace marea::sync::test {

// What happened, told by sets of changes: which change each device knows, and which ones each change replaced. It knows
// nothing of version vectors, so that it can judge them.
class Oracle {
public:
    using Cell = std::pair<RecordKey, std::string>;
    using Known = std::map<Cell, std::set<Dot>>;

    void wrote(Known& known, const Cell& cell, const Dot& dot);
    void counted(Known& known, const RecordKey& key, const std::string& counter, const Dot& dot, std::int64_t amount);
    std::set<Dot> standing(const Known& known, const Cell& cell) const;  // changes that no later one knew
    std::int64_t total(const Known& known, const Cell& counter) const;

private:
    std::map<std::pair<Cell, Dot>, std::set<Dot>> replaced_;
    std::map<std::pair<Cell, Dot>, std::int64_t> amounts_;
};

// One random life of a few devices: changes, exchanges of parts of the library that get lost, doubled and delayed,
// crashes that undo what was not yet acknowledged, clocks that are days off.
class History {
public:
    explicit History(std::uint64_t seed);
    void run(int steps);
    void settle();  // everybody exchanges everything until nothing is new
    void check();
    // States of one record that devices had at some time, for checks of the algebra.
    const std::vector<Record>& states() const { return states_; }
    std::size_t deviceCount() const { return devices_.size(); }
    Replica& replica(std::size_t device) { return devices_[device].live; }

private:
    struct Device {
        Replica live, saved;
        Oracle::Known known, savedKnown;
        core::TimeMs skew = 0;
        std::map<std::size_t, Since> cursors;
        std::map<std::size_t, Since> savedCursors;
        bool takesNoNotes = false;
    };
    struct Message {
        std::size_t from = 0, to = 0;
        std::string text;
        Oracle::Known known;
    };

    std::size_t below(std::size_t bound) { return random_() % bound; }
    core::TimeMs now(const Device& device) const { return time_ + device.skew; }
    void step();
    void change(Device& device);
    void changeItem(Device& device);
    void changeList(Device& device);
    void write(Device& device, const RecordKey& key, const std::vector<CellWrite>& writes);
    void remove(Device& device, const RecordKey& key);
    void count(Device& device, const RecordKey& key);
    void touched(Device& device, const RecordKey& key);
    static void save(Device& device);
    static void crash(Device& device);
    void send(std::size_t from, std::size_t to);
    void deliver(const Message& message);
    bool exchangeAll(std::size_t from, std::size_t to);

    std::mt19937_64 random_;
    core::TimeMs time_ = kNow;
    std::vector<Device> devices_;
    std::vector<Message> underWay_;
    Oracle oracle_;
    std::vector<Record> states_;
    int made_ = 0;
};

}  // namespace marea::sync::test
