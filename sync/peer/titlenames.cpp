#include "sync/peer/titlenames.h"

#include <array>
#include <map>

#include "core/base/json.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "sync/merge/wire.h"

namespace marea::sync {

namespace {

namespace json = core::json;

constexpr std::size_t kLongestName = 500;
constexpr std::int64_t kMostNumber = 1'000'000;

struct TextField {
    const char* name;
    std::string TitleAbout::*member;
};
constexpr std::array<TextField, 5> kTexts{{{"kind", &TitleAbout::kind},
                                           {"title", &TitleAbout::title},
                                           {"artist", &TitleAbout::artist},
                                           {"album", &TitleAbout::album},
                                           {"series", &TitleAbout::series}}};
struct NumberField {
    const char* name;
    std::int64_t TitleAbout::*member;
};
constexpr std::array<NumberField, 5> kNumbers{{{"year", &TitleAbout::year},
                                               {"season", &TitleAbout::season},
                                               {"episode", &TitleAbout::episode},
                                               {"track", &TitleAbout::track},
                                               {"seconds", &TitleAbout::seconds}}};

// "<title>" or "<title>~<entry>" of a cell with that prefix.
std::string_view titleOf(std::string_view cell, std::string_view prefix) {
    const std::string_view name = cell.substr(prefix.size());
    return name.substr(0, name.find('~'));
}

// What the record says of a title; nothing where it is here, or is not told.
std::optional<TitleAbout> told(const Record& record, std::string_view cell) {
    const auto found = record.cells.find(cell);
    const Version* latest = found == record.cells.end() ? nullptr : found->second.latest();
    const auto* text = latest ? std::get_if<std::string>(&latest->value) : nullptr;
    return text ? aboutFromText(*text) : std::nullopt;
}

std::optional<std::string> idHere(const Record& record, const std::string& id, std::string_view aboutCell,
                                  const Titles& titles) {
    if (titles.about(id)) {
        return std::nullopt;
    }
    const auto about = told(record, aboutCell);
    auto same = about ? titles.sameAs(*about) : std::nullopt;
    return same && *same != id ? same : std::nullopt;
}

// Two cells that turn out to be one merge as any two of one name.
void moveCell(Record& into, const std::string& name, Register cell) {
    const auto [place, isNew] = into.cells.emplace(name, cell);
    if (!isNew) {
        place->second.merge(cell);
    }
}

using Names = std::map<std::string, std::string, std::less<>>;  // of titles, there → here

// What a cell is called here. A name that would be longer than is kept, or told to others, stays as it came.
std::string nameHere(const std::string& cell, const Names& names) {
    const std::string_view prefix = isEntryCell(cell) ? kEntryPrefix : kAboutPrefix;
    const auto other = cell.starts_with(prefix) ? names.find(titleOf(cell, prefix)) : names.end();
    if (other == names.end()) {
        return cell;
    }
    std::string here = std::string(prefix) + other->second + cell.substr(prefix.size() + other->first.size());
    return here.size() <= WireLimits::name ? here : cell;
}

Record localisedList(const Record& record, const Titles& titles) {
    Names names;
    for (auto cell = record.cells.lower_bound(kAboutPrefix);
         cell != record.cells.end() && cell->first.substr(0, kAboutPrefix.size()) == kAboutPrefix; ++cell) {
        const std::string id(titleOf(cell->first, kAboutPrefix));
        if (auto here = idHere(record, id, cell->first, titles)) {
            names.emplace(id, std::move(*here));
        }
    }
    if (names.empty()) {
        return record;
    }
    Record local{record.key, record.life, {}, record.counters};
    for (const auto& [name, cell] : record.cells) {
        moveCell(local, nameHere(name, names), cell);
    }
    return local;
}

}  // namespace

std::string aboutText(const TitleAbout& about) {
    json::object object;
    for (const TextField& field : kTexts) {
        if (const std::string& text = about.*field.member; !text.empty()) {
            object[field.name] = core::cleanText(text, kLongestName);
        }
    }
    for (const NumberField& field : kNumbers) {
        if (about.*field.member != 0) {
            object[field.name] = about.*field.member;
        }
    }
    std::string text = json::serialize(object);
    return text.size() <= WireLimits::text ? text : std::string();
}

std::optional<TitleAbout> aboutFromText(std::string_view text) {
    const auto value = core::parseJson(text);
    const json::object* object = value ? value->if_object() : nullptr;
    if (!object) {
        return std::nullopt;
    }
    TitleAbout about;
    for (const TextField& field : kTexts) {
        const json::value* one = object->if_contains(field.name);
        if (one && one->is_string() && one->get_string().size() <= kLongestName) {
            about.*field.member = std::string(one->get_string());
        }
    }
    for (const NumberField& field : kNumbers) {
        const json::value* one = object->if_contains(field.name);
        const std::int64_t* number = one ? one->if_int64() : nullptr;
        about.*field.member = number && *number >= 0 && *number <= kMostNumber ? *number : 0;
    }
    return about.kind.empty() || about.title.empty() ? std::nullopt : std::optional(std::move(about));
}

std::vector<CellWrite> described(const Record& record, const Titles& titles) {
    std::vector<CellWrite> writes;
    const auto describe = [&](std::string cell, const std::string& id) {
        const auto about = titles.about(id);
        std::string text = about ? aboutText(*about) : std::string();
        if (!text.empty()) {
            writes.push_back({std::move(cell), std::move(text)});
        }
    };
    // Writing says that the record is there: what is deleted, or is asked about, stays so.
    if (record.life.isContested() || !lifeOf(record, Strategy::LastWriteWins).isThere) {
        return writes;
    }
    if (record.key.kind == "item" && record.cells.count(kAboutCell) == 0) {
        describe(std::string(kAboutCell), record.key.id);
    }
    if (record.key.kind != "playlist") {
        return writes;
    }
    std::string last;
    for (const auto& [name, cell] : record.cells) {
        const bool isThere =
            isEntryCell(name) && cell.latest() && !std::holds_alternative<std::monostate>(cell.latest()->value);
        std::string title(isThere ? titleOf(name, kEntryPrefix) : std::string_view());
        const std::string about = std::string(kAboutPrefix) + title;
        if (title.empty() || title == last || record.cells.count(about) > 0) {
            continue;
        }
        describe(about, title);
        last = std::move(title);
    }
    return writes;
}

Record localised(const Record& record, const Titles& titles) {
    if (record.key.kind == "playlist") {
        return localisedList(record, titles);
    }
    Record local = record;
    if (record.key.kind == "item") {
        local.key.id = idHere(record, record.key.id, kAboutCell, titles).value_or(record.key.id);
    }
    return local;
}

}  // namespace marea::sync
