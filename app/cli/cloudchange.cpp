#include "app/cli/cloudcommand.h"
#include "core/base/jsonfields.h"
#include "sync/merge/strategy.h"
#include "sync/merge/wire.h"

namespace marea::app {

namespace {

namespace json = core::json;

constexpr std::size_t kMostCells = 100;
constexpr std::int64_t kMostCounted = 1'000'000;

std::optional<sync::Value> valueFrom(const json::value& value) {
    std::optional<sync::Value> read(std::in_place);
    const bool* flag = value.if_bool();
    const std::int64_t* number = value.if_int64();
    const json::string* text = value.if_string();
    if (flag) {
        read->emplace<bool>(*flag);
    } else if (number) {
        read->emplace<std::int64_t>(*number);
    } else if (text && text->size() <= sync::WireLimits::text) {
        read->emplace<std::string>(text->data(), text->size());
    } else if (!value.is_null()) {
        read.reset();
    }
    return read;
}

json::value jsonOf(const sync::Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&value);
    return text ? json::value(*text) : json::value(nullptr);
}

void takeWrites(core::JsonFields& fields, CloudChange& change) {
    const json::value* raw = fields.raw("set");
    const json::object* set = raw ? raw->if_object() : nullptr;
    if (raw && (!set || set->size() > kMostCells)) {
        fields.wrong("set", "must be an object of cells");
    }
    for (const auto& [name, value] : set ? *set : json::object()) {
        auto read = valueFrom(value);
        if (!read || !sync::isWireName(name) || name == sync::kLifeCell) {
            fields.wrong("set", "has a cell that cannot be");
            return;
        }
        change.writes.push_back({std::string(name), std::move(*read)});
    }
}

void takeCounts(core::JsonFields& fields, CloudChange& change) {
    const json::value* raw = fields.raw("count");
    const json::object* counts = raw ? raw->if_object() : nullptr;
    if (raw && (!counts || counts->size() > kMostCells)) {
        fields.wrong("count", "must be an object of numbers");
    }
    for (const auto& [name, value] : counts ? *counts : json::object()) {
        const std::int64_t* number = value.if_int64();
        if (!number || *number < -kMostCounted || *number > kMostCounted || !sync::isWireName(name)) {
            fields.wrong("count", "has what is no number, or a name that cannot be");
            return;
        }
        change.counts.emplace_back(name, *number);
    }
}

}  // namespace

core::Result<CloudChange> cloudChangeFrom(std::string_view line) {
    const auto value = core::parseJson(line);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "change");
    CloudChange change;
    change.key = {fields.text("kind", sync::WireLimits::kind).value_or(""),
                  fields.text("id", sync::WireLimits::name).value_or("")};
    if (!sync::isWireName(change.key.kind, sync::WireLimits::kind) || !sync::isWireName(change.key.id)) {
        fields.wrong("kind", "and id must be there, as plain text");
    }
    takeWrites(fields, change);
    takeCounts(fields, change);
    change.remove = fields.boolean("remove").value_or(false);
    auto done = fields.finish();
    return done ? core::Result<CloudChange>(std::move(change)) : core::unexpected<core::Error>(done.error());
}

std::string recordLine(const sync::RecordKey& key, const sync::Record* record) {
    json::object cells, counts;
    const bool isThere = record && sync::lifeOf(*record, sync::Strategy::LastWriteWins).isThere;
    if (isThere) {
        for (const auto& [name, cell] : record->cells) {
            if (!sync::isEntryCell(name)) {
                cells[name] = jsonOf(sync::settle(name, cell, sync::Strategy::LastWriteWins).value);
            }
        }
        for (const auto& [name, counter] : record->counters) {
            counts[name] = counter.total();
        }
    }
    return json::serialize(json::object{{"event", "changed"},
                                        {"kind", key.kind},
                                        {"id", key.id},
                                        {"there", isThere},
                                        {"cells", std::move(cells)},
                                        {"counts", std::move(counts)}});
}

}  // namespace marea::app
