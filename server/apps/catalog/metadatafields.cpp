#include "server/apps/catalog/metadatafields.h"

#include <algorithm>
#include <array>

#include "core/base/id.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "core/library/text.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::ErrorCode;
using core::JsonFields;
using core::Result;

constexpr std::size_t kMaxTitle = 500, kMaxOverview = 8 * 1024, kMaxGenres = 50, kMaxGenre = 100;
constexpr std::int64_t kMaxYear = 9999, kMaxNumber = 99'999;

std::string textOf(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

std::optional<std::int64_t> numberOf(const json::value& value) {
    return value.is_int64() ? std::optional(value.get_int64()) : std::nullopt;
}

json::value jsonOrNull(const std::optional<std::int64_t>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::value linesJson(const std::string& lines) {
    const auto list = splitLines(lines);
    return json::array(list.begin(), list.end());
}

std::string linesOf(const json::value& value) {
    std::string lines;
    for (const json::value& one : value.is_array() ? value.get_array() : json::array()) {
        lines += (lines.empty() ? "" : "\n") + textOf(one);
    }
    return lines;
}

json::value artworkJson(const ItemRow& item) {
    return json::object{{"kind", item.artworkKind}, {"source", item.artworkSource}, {"version", item.artworkVersion}};
}

void setArtworkFrom(const json::value& value, ItemRow& item) {
    const json::object& artwork = value.is_object() ? value.get_object() : json::object();
    const auto part = [&](const char* name) {
        const json::value* found = artwork.if_contains(name);
        return found ? textOf(*found) : std::string();
    };
    item.artworkKind = part("kind");
    item.artworkSource = part("source");
    item.artworkVersion = part("version");
}

// `kind` is a comma list, "": of every one.
struct Field {
    std::string_view name, kind;
    json::value (*get)(const ItemRow&);
    void (*set)(ItemRow&, const json::value&);
    // The value as it is kept; anything that is wrong is remembered by `fields`.
    json::value (*read)(JsonFields& fields, std::string_view name);
};

json::value readTitle(JsonFields& fields, std::string_view name) {
    const std::string title = core::cleanText(fields.text(name, kMaxTitle).value_or(""), kMaxTitle);
    if (title.empty()) {
        fields.wrong(name, "has to have a letter");
    }
    return json::value(title);
}

json::value readOverview(JsonFields& fields, std::string_view name) {
    return json::value(core::cleanText(fields.text(name, kMaxOverview).value_or(""), kMaxOverview, true));
}

json::value readRating(JsonFields& fields, std::string_view name) {
    return json::value(core::cleanText(fields.text(name, kMaxGenre).value_or(""), kMaxGenre));
}

json::value readYear(JsonFields& fields, std::string_view name) {
    return json::value(fields.integer(name, 0, kMaxYear).value_or(0));
}

json::value readNumber(JsonFields& fields, std::string_view name) {
    return json::value(fields.integer(name, 0, kMaxNumber).value_or(0));
}

json::value readGenres(JsonFields& fields, std::string_view name) {
    json::array genres;
    for (const std::string& genre : fields.texts(name, kMaxGenres, kMaxGenre).value_or(std::vector<std::string>())) {
        std::string clean = core::cleanText(genre, kMaxGenre);
        if (!clean.empty()) {
            genres.emplace_back(std::move(clean));
        }
    }
    return genres;
}

json::value readPicture(JsonFields& fields, std::string_view name) {
    const std::string id = fields.text(name, kMaxTitle).value_or("");
    if (!core::isId(id)) {
        fields.wrong(name, "has to be the id of a picture");
    }
    return json::value(id);
}

const std::array<Field, 10> kFields = {{
    {"title", "", [](const ItemRow& i) { return json::value(i.title); },
     [](ItemRow& i, const json::value& v) { i.title = textOf(v); }, readTitle},
    {"sort_title", "", [](const ItemRow& i) { return json::value(i.sortTitle); },
     [](ItemRow& i, const json::value& v) { i.sortTitle = textOf(v); }, readTitle},
    {"year", "", [](const ItemRow& i) { return json::value(std::int64_t{i.year}); },
     [](ItemRow& i, const json::value& v) { i.year = static_cast<int>(numberOf(v).value_or(0)); }, readYear},
    {"genres", "", [](const ItemRow& i) { return linesJson(i.genres); },
     [](ItemRow& i, const json::value& v) { i.genres = linesOf(v); }, readGenres},
    {"overview", "", [](const ItemRow& i) { return json::value(i.overview); },
     [](ItemRow& i, const json::value& v) { i.overview = textOf(v); }, readOverview},
    {"content_rating", "movie,series,episode,video", [](const ItemRow& i) { return json::value(i.contentRating); },
     [](ItemRow& i, const json::value& v) { i.contentRating = textOf(v); }, readRating},
    {"episode", "episode", [](const ItemRow& i) { return jsonOrNull(i.episode); },
     [](ItemRow& i, const json::value& v) { i.episode = numberOf(v); }, readNumber},
    {"disc", "track", [](const ItemRow& i) { return jsonOrNull(i.disc); },
     [](ItemRow& i, const json::value& v) { i.disc = numberOf(v); }, readNumber},
    {"track", "track", [](const ItemRow& i) { return jsonOrNull(i.track); },
     [](ItemRow& i, const json::value& v) { i.track = numberOf(v); }, readNumber},
    {"artwork", "", artworkJson, [](ItemRow& i, const json::value& v) { setArtworkFrom(v, i); }, readPicture},
}};

const Field* fieldNamed(std::string_view name) {
    const auto* found = std::find_if(kFields.begin(), kFields.end(), [&](const Field& f) { return f.name == name; });
    return found == kFields.end() ? nullptr : found;
}

bool fits(const Field& field, std::string_view kind) {
    return field.kind.empty() ||
           ("," + std::string(field.kind) + ",").find("," + std::string(kind) + ",") != std::string::npos;
}

void readLocks(JsonFields& fields, std::string_view kind, MetadataChange& change) {
    change.lock = fields.texts("lock", kFields.size(), kMaxTitle).value_or(std::vector<std::string>());
    for (const std::string& name : change.lock) {
        const Field* field = fieldNamed(name);
        if (!field || !fits(*field, kind)) {
            fields.wrong("lock", "names fields that the item has");
        }
    }
}

}  // namespace

std::vector<std::string_view> editableFields(std::string_view kind) {
    std::vector<std::string_view> names;
    for (const Field& field : kFields) {
        if (fits(field, kind)) {
            names.push_back(field.name);
        }
    }
    return names;
}

MetadataFields fieldsOf(const ItemRow& item, const std::vector<std::string_view>& names) {
    MetadataFields fields;
    for (const std::string_view name : names) {
        if (const Field* field = fieldNamed(name)) {
            fields[name] = field->get(item);
        }
    }
    return fields;
}

std::vector<std::string_view> namesOf(const MetadataFields& fields) {
    std::vector<std::string_view> names;
    for (const auto& field : fields) {
        names.emplace_back(field.key());
    }
    return names;
}

void lay(const MetadataFields& fields, ItemRow& item) {
    for (const auto& value : fields) {
        if (const Field* field = fieldNamed(std::string_view(value.key()))) {
            field->set(item, value.value());
        }
    }
    if (fields.contains("title") && !fields.contains("sort_title")) {
        item.sortTitle = core::library::sortTitle(item.title);
    }
}

MetadataFields covered(const MetadataFields& fields, const ItemRow& item) {
    auto names = namesOf(fields);
    if (fields.contains("title") && !fields.contains("sort_title")) {
        names.emplace_back("sort_title");
    }
    return fieldsOf(item, names);
}

MetadataFields shownFields(const MetadataOverlay& overlay, const ItemRow& own) {
    static const ItemRow kNothing;
    MetadataFields shown = overlay.edited;
    for (const auto& value : overlay.provided) {
        const Field* field = fieldNamed(std::string_view(value.key()));
        if (field && !shown.contains(value.key()) && field->get(own) == field->get(kNothing)) {
            shown[value.key()] = value.value();
        }
    }
    return shown;
}

MetadataFields coveredBy(const MetadataOverlay& overlay, const ItemRow& own) {
    MetadataFields all = overlay.provided;
    for (const auto& value : overlay.edited) {
        all[value.key()] = value.value();
    }
    return covered(all, own);
}

MetadataFields metadataFromText(std::string_view text) {
    boost::system::error_code error;
    json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    return !error && value.is_object() ? std::move(value.get_object()) : MetadataFields();
}

Result<MetadataChange> parseMetadataChange(const std::string& body, std::string_view kind) {
    auto value = core::parseJson(body);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    JsonFields fields(*value, "metadata");
    MetadataChange change;
    for (const Field& field : kFields) {
        if (!fields.has(field.name)) {
            continue;
        }
        if (const json::value* raw = fields.raw(field.name); raw && raw->is_null()) {
            change.reset.emplace_back(field.name);
        } else if (fits(field, kind)) {
            change.set[field.name] = field.read(fields, field.name);
        } else {
            return core::fail(ErrorCode::Unprocessable,
                              "“" + std::string(field.name) + "” is nothing that a " + std::string(kind) + " has.");
        }
    }
    readLocks(fields, kind, change);
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    if (change.set.empty() && change.reset.empty() && change.lock.empty()) {
        return core::fail(ErrorCode::Invalid, "There is nothing to change.");
    }
    return change;
}

}  // namespace marea::server
