#include <algorithm>
#include <map>

#include "core/base/json.h"
#include "sync/merge/wire.h"

namespace marea::sync {

namespace {

namespace json = core::json;

void appendHex(std::string& text, std::uint64_t number, int digits) {
    constexpr char kHex[] = "0123456789abcdef";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        text.push_back(kHex[(number >> shift) & 0xF]);
    }
}

class ToJson {
public:
    json::value operator()(std::monostate) const { return nullptr; }
    json::value operator()(bool value) const { return value; }
    json::value operator()(std::int64_t value) const { return value; }
    json::value operator()(const std::string& value) const { return json::value(value); }
    json::value operator()(const Position& value) const { return json::object{{"at", positionText(value)}}; }
};

class WireWriter {
public:
    json::object record(const Record& record) {
        json::object cells, counts;
        for (const auto& [name, cell] : record.cells) {
            cells.emplace(name, versions(cell));
        }
        for (const auto& [name, counter] : record.counters) {
            counts.emplace(name, shares(counter));
        }
        return {{"kind", record.key.kind},
                {"id", record.key.id},
                {"life", versions(record.life)},
                {"cells", std::move(cells)},
                {"counts", std::move(counts)}};
    }
    json::array replicas() const { return list_; }

private:
    std::int64_t place(const ReplicaId& replica) {
        const auto [known, isNew] = places_.emplace(replica, static_cast<std::int64_t>(list_.size()));
        if (isNew) {
            list_.emplace_back(core::idText(replica));
        }
        return known->second;
    }

    json::object versions(const Register& cell) {
        json::array seen, values;
        for (const auto& [replica, number] : cell.seen().entries()) {
            seen.push_back(json::array{place(replica), static_cast<std::int64_t>(number)});
        }
        for (const Version& one : cell.versions()) {
            values.push_back(json::array{place(one.dot.replica), static_cast<std::int64_t>(one.dot.number),
                                         one.stamp.ms, one.stamp.count, std::visit(ToJson(), one.value)});
        }
        return {{"seen", std::move(seen)}, {"values", std::move(values)}};
    }

    json::array shares(const Counter& counter) {
        json::array list;
        for (const Counter::Share& share : counter.shares()) {
            list.push_back(json::array{place(share.replica), static_cast<std::int64_t>(share.plus),
                                       static_cast<std::int64_t>(share.minus)});
        }
        return list;
    }

    std::map<ReplicaId, std::int64_t> places_;
    json::array list_;
};

}  // namespace

void addReplicas(const Record& record, std::set<ReplicaId>& to) {
    const auto add = [&](const Register& cell) {
        for (const auto& [replica, number] : cell.seen().entries()) {  // its versions are among those
            to.insert(replica);
        }
    };
    add(record.life);
    for (const auto& [name, cell] : record.cells) {
        add(cell);
    }
    for (const auto& [name, counter] : record.counters) {
        for (const Counter::Share& share : counter.shares()) {
            to.insert(share.replica);
        }
    }
}

bool fitsWire(const Record& record) {
    const auto isLong = [](const Register& cell) { return cell.versions().size() > WireLimits::versions; };
    const auto isNamed = [](const auto& one) { return isWireName(one.first); };
    std::set<ReplicaId> replicas;
    addReplicas(record, replicas);
    return replicas.size() <= WireLimits::replicas && record.cells.size() <= WireLimits::cells &&
           record.counters.size() <= WireLimits::versions && !isLong(record.life) &&
           isWireName(record.key.kind, WireLimits::kind) && isWireName(record.key.id) &&
           std::all_of(record.cells.begin(), record.cells.end(), isNamed) &&
           std::all_of(record.counters.begin(), record.counters.end(), isNamed) &&
           std::none_of(record.cells.begin(), record.cells.end(),
                        [&](const auto& cell) { return isLong(cell.second); });
}

std::string positionText(const Position& position) {
    std::string text;
    text.reserve(position.steps.size() * 24);
    for (const PositionStep& step : position.steps) {
        appendHex(text, step.place, 8);
        appendHex(text, step.tag, 16);
    }
    return text;
}

std::string wireText(const Changes& changes) {
    WireWriter writer;
    json::array records;
    for (const Record& record : changes.records) {
        records.push_back(writer.record(record));
    }
    return json::serialize(json::object{{"version", kWireVersion},
                                        {"sender", core::idText(changes.sender)},
                                        {"after", static_cast<std::int64_t>(changes.after)},
                                        {"up_to", static_cast<std::int64_t>(changes.upTo)},
                                        {"horizon", static_cast<std::int64_t>(changes.horizon)},
                                        {"more", changes.more},
                                        {"resync", changes.resync},
                                        {"replicas", writer.replicas()},
                                        {"records", std::move(records)}});
}

}  // namespace marea::sync
