#include <algorithm>
#include <set>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "sync/merge/wire.h"

namespace marea::sync {

namespace {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Result;

core::unexpected<core::Error> wrong(const std::string& where, const char* problem) {
    return fail(ErrorCode::Invalid, where + " " + problem + ".");
}

std::optional<std::uint64_t> hexNumber(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char c : digits) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) {
            return std::nullopt;
        }
        number = (number << 4) | static_cast<std::uint64_t>(digit);
    }
    return number;
}

// An integer within bounds, at a place of a tuple.
std::optional<std::int64_t> integerAt(const json::array& tuple, std::size_t place, std::int64_t least,
                                      std::int64_t most) {
    const std::int64_t* number = tuple[place].if_int64();
    return number && *number >= least && *number <= most ? std::optional(*number) : std::nullopt;
}

bool readPosition(const json::value& value, Value& into) {
    const json::object* object = value.if_object();
    const json::value* at = object && object->size() == 1 ? object->if_contains("at") : nullptr;
    const json::string* text = at ? at->if_string() : nullptr;
    auto position = text ? positionFromText({text->data(), text->size()}) : std::nullopt;
    if (!position) {
        return false;
    }
    into = std::move(*position);
    return true;
}

bool readText(const json::string& text, Value& into) {
    if (text.size() > WireLimits::text || !core::isUtf8({text.data(), text.size()})) {
        return false;
    }
    into = std::string(text.data(), text.size());
    return true;
}

bool readValue(const json::value& value, Value& into) {
    switch (value.kind()) {
        case json::kind::null:
            return true;  // `into` is nothing
        case json::kind::bool_:
            into = value.get_bool();
            return true;
        case json::kind::int64:
            into = value.get_int64();
            return true;
        case json::kind::string:
            return readText(value.get_string(), into);
        default:
            return readPosition(value, into);
    }
}

class WireReader {
public:
    explicit WireReader(std::size_t mostCells) : mostCells_(mostCells) {}

    Result<void> takeReplicas(const json::array& list) {
        for (const json::value& one : list) {
            const json::string* text = one.if_string();
            const auto id = text ? core::idBytes({text->data(), text->size()}) : std::nullopt;
            if (!id || !known_.insert(*id).second) {
                return wrong("replicas", "must be ids, each once");
            }
            replicas_.push_back(*id);
        }
        return {};
    }

    Result<Record> record(const json::value& value, const std::string& where) {
        core::JsonFields fields(value, where);
        Record record;
        record.key.kind = fields.text("kind", WireLimits::kind).value_or("");
        record.key.id = fields.text("id", WireLimits::name).value_or("");
        const json::value* life = fields.raw("life");
        const json::value* cells = fields.raw("cells");
        const json::value* counts = fields.raw("counts");
        for (const char* field : {"kind", "id", "life", "cells", "counts"}) {
            fields.require(field);
        }
        if (auto done = fields.finish(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        if (!isWireName(record.key.kind, WireLimits::kind) || !isWireName(record.key.id)) {
            return wrong(where, "has no proper kind and id");
        }
        return fill(record, *life, *cells, *counts, where);
    }

private:
    Result<Record> fill(Record& record, const json::value& life, const json::value& cells, const json::value& counts,
                        const std::string& where) {
        auto alive = versions(life, where + ".life");
        if (!alive) {
            return core::unexpected<core::Error>(alive.error());
        }
        record.life = std::move(*alive);
        if (!isLife(record.life)) {
            return wrong(where + ".life", "must be true or false, and there");
        }
        auto done = fillCells(record, cells, where + ".cells");
        if (done) {
            done = fillCounts(record, counts, where + ".counts");
        }
        return done ? Result<Record>(std::move(record)) : core::unexpected<core::Error>(done.error());
    }

    static bool isLife(const Register& life) {
        return !life.isEmpty() && std::all_of(life.versions().begin(), life.versions().end(), [](const Version& one) {
            return std::holds_alternative<bool>(one.value);
        });
    }

    Result<void> fillCells(Record& record, const json::value& value, const std::string& where) {
        const json::object* cells = value.if_object();
        if (!cells || cells->size() > mostCells_) {
            return wrong(where, "must be an object of a reasonable size");
        }
        for (const auto& [name, cell] : *cells) {
            if (!isWireName(name) || name == kLifeCell) {
                return wrong(where, "has a name that is not allowed");
            }
            auto read = versions(cell, where + "." + std::string(name));
            if (!read) {
                return core::unexpected<core::Error>(read.error());
            }
            record.cells.emplace(name, std::move(*read));
        }
        return {};
    }

    Result<void> fillCounts(Record& record, const json::value& value, const std::string& where) {
        const json::object* counts = value.if_object();
        if (!counts || counts->size() > WireLimits::versions) {
            return wrong(where, "must be an object of a reasonable size");
        }
        for (const auto& [name, list] : *counts) {
            auto read = shares(list);
            if (!isWireName(name) || !read) {
                return wrong(where, "must hold lists of [replica, plus, minus]");
            }
            record.counters.emplace(name, std::move(*read));
        }
        return {};
    }

    std::optional<ReplicaId> replicaAt(const json::array& tuple) const {
        const auto place = integerAt(tuple, 0, 0, static_cast<std::int64_t>(replicas_.size()) - 1);
        return place ? std::optional(replicas_[static_cast<std::size_t>(*place)]) : std::nullopt;
    }

    std::optional<Counter> shares(const json::value& value) const {
        const json::array* list = value.if_array();
        if (!list || list->size() > WireLimits::replicas) {
            return std::nullopt;
        }
        std::vector<Counter::Share> shares;
        for (const json::value& one : *list) {
            const json::array* tuple = one.if_array();
            if (!tuple || tuple->size() != 3) {
                return std::nullopt;
            }
            const auto replica = replicaAt(*tuple);
            const auto plus = integerAt(*tuple, 1, 0, Counter::kMost), minus = integerAt(*tuple, 2, 0, Counter::kMost);
            if (!replica || !plus || !minus) {
                return std::nullopt;
            }
            shares.push_back({*replica, static_cast<std::uint64_t>(*plus), static_cast<std::uint64_t>(*minus)});
        }
        return Counter(std::move(shares));
    }

    std::optional<VersionVector> seen(const json::array& list) const {
        VersionVector seen;
        for (const json::value& one : list) {
            const json::array* tuple = one.if_array();
            if (!tuple || tuple->size() != 2) {
                return std::nullopt;
            }
            const auto replica = replicaAt(*tuple);
            const auto number = integerAt(*tuple, 1, 1, WireLimits::number);
            if (!replica || !number) {
                return std::nullopt;
            }
            seen.raise({*replica, static_cast<std::uint64_t>(*number)});
        }
        return seen;
    }

    bool readVersion(const json::value& value, Version& into) const {
        const json::array* tuple = value.if_array();
        if (!tuple || tuple->size() != 5) {
            return false;
        }
        const auto replica = replicaAt(*tuple);
        const auto number = integerAt(*tuple, 1, 1, WireLimits::number);
        const auto ms = integerAt(*tuple, 2, 0, WireLimits::latest), count = integerAt(*tuple, 3, 0, 0xFFFF);
        if (!replica || !number || !ms || !count) {
            return false;
        }
        into.dot = {*replica, static_cast<std::uint64_t>(*number)};
        into.stamp = {*ms, static_cast<std::uint16_t>(*count)};
        return readValue((*tuple)[4], into.value);
    }

    Result<Register> versions(const json::value& value, const std::string& where) const {
        core::JsonFields fields(value, where);
        const json::array* known = fields.array("seen", WireLimits::replicas);
        const json::array* list = fields.array("values", WireLimits::versions);
        fields.require("seen");
        fields.require("values");
        if (auto done = fields.finish(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        const auto context = seen(*known);
        std::vector<Version> versions;
        for (const json::value& one : *list) {
            if (!readVersion(one, versions.emplace_back())) {
                return wrong(where + ".values", "must hold [replica, number, ms, count, value]");
            }
        }
        std::sort(versions.begin(), versions.end());
        if (!context || !Register::isSound(*context, versions)) {
            return wrong(where, "has values that it has not seen, or one twice");
        }
        return Register(*context, std::move(versions));
    }

    const std::size_t mostCells_;
    std::vector<ReplicaId> replicas_;
    std::set<ReplicaId> known_;
};

// The version first, so that a newer one is told from a broken one.
Result<void> checkVersion(const json::value& body) {
    const json::object* object = body.if_object();
    const json::value* version = object ? object->if_contains("version") : nullptr;
    const std::int64_t* number = version ? version->if_int64() : nullptr;
    if (!number || *number < 1) {
        return wrong("version", "must be a number");
    }
    if (*number > kWireVersion) {
        return fail(ErrorCode::Unprocessable, "The other device has a newer Marea. Update this one, then sync again.");
    }
    return {};
}

Result<Changes> readBody(const json::value& body, std::size_t mostCells) {
    core::JsonFields fields(body, "changes");
    Changes changes;
    const auto count = [&](const char* name) {
        fields.require(name);
        return static_cast<std::uint64_t>(fields.integer(name, 0, WireLimits::number).value_or(0));
    };
    static_cast<void>(fields.raw("version"));
    const auto sender = core::idBytes(fields.text("sender", 36).value_or(""));
    if (!sender) {
        fields.wrong("sender", "must be an id");
    }
    changes.after = count("after");
    changes.upTo = count("up_to");
    changes.horizon = count("horizon");
    changes.more = fields.boolean("more").value_or(false);
    changes.resync = fields.boolean("resync").value_or(false);
    const json::array* replicas = fields.array("replicas", WireLimits::replicas);
    const json::array* records = fields.array("records", WireLimits::records);
    fields.require("replicas");
    fields.require("records");
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    changes.sender = *sender;
    WireReader reader(mostCells);
    if (auto done = reader.takeReplicas(*replicas); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    for (std::size_t i = 0; i < records->size(); ++i) {
        auto record = reader.record((*records)[i], "records[" + std::to_string(i) + "]");
        if (!record) {
            return core::unexpected<core::Error>(record.error());
        }
        changes.records.push_back(std::move(*record));
    }
    return changes;
}

}  // namespace

bool isWireName(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && core::isUtf8(text) &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::optional<Position> positionFromText(std::string_view text) {
    if (text.empty() || text.size() % 24 != 0 || text.size() / 24 > kMaxPositionDepth) {
        return std::nullopt;
    }
    Position position;
    for (std::size_t at = 0; at < text.size(); at += 24) {
        const auto place = hexNumber(text.substr(at, 8)), tag = hexNumber(text.substr(at + 8, 16));
        if (!place || !tag) {
            return std::nullopt;
        }
        position.steps.push_back({static_cast<std::uint32_t>(*place), *tag});
    }
    return position.steps.back().place > 0 ? std::optional(std::move(position)) : std::nullopt;
}

namespace {

Result<Changes> changesFrom(std::string_view text, std::size_t mostCells) {
    const auto body = core::parseJson(text);
    if (!body) {
        return core::unexpected<core::Error>(body.error());
    }
    if (auto done = checkVersion(*body); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    return readBody(*body, mostCells);
}

}  // namespace

Result<Changes> changesFromWire(std::string_view text) {
    return text.size() > WireLimits::bytes ? fail(ErrorCode::TooLarge, "The changes are too many for one message.")
                                           : changesFrom(text, WireLimits::cells);
}

Result<Changes> changesFromOwn(std::string_view text) {
    return changesFrom(text, 20 * WireLimits::cells);
}

}  // namespace marea::sync
