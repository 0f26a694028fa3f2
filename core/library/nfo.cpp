#include "core/library/nfo.h"

#include <algorithm>
#include <QXmlStreamReader>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/library/text.h"

namespace marea::core::library {

namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;
constexpr std::size_t kMaxList = 50;
constexpr std::size_t kMaxText = 512, kMaxPlot = 8 * 1024;  // bytes: every list of items carries these

std::string plain(const QString& text, std::size_t most = kMaxText) {
    return cleanText(text.toStdString(), most, true);
}

bool isPlot(std::string_view tag) {
    return tag == "plot" || tag == "review" || tag == "biography" || tag == "outline";
}

void addTo(std::vector<std::string>& list, std::string value) {
    if (!value.empty() && list.size() < kMaxList && std::find(list.begin(), list.end(), value) == list.end()) {
        list.push_back(std::move(value));
    }
}

// "<actor><name>…</name><role>…</role></actor>"
std::string actorName(QXmlStreamReader& xml) {
    std::string name;
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("name")) {
            name = plain(xml.readElementText(QXmlStreamReader::SkipChildElements));
        } else {
            xml.skipCurrentElement();
        }
    }
    return name;
}

// "<set><name>…</name><overview>…</overview></set>", or its name alone.
void readSet(Nfo& nfo, QXmlStreamReader& xml) {
    QString bare;
    while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::EndElement) {
        if (xml.isCharacters()) {
            bare += xml.text();
        } else if (xml.isStartElement() && xml.name() == QLatin1String("name")) {
            nfo.set = plain(xml.readElementText(QXmlStreamReader::SkipChildElements));
        } else if (xml.isStartElement() && xml.name() == QLatin1String("overview")) {
            nfo.setOverview = plain(xml.readElementText(QXmlStreamReader::SkipChildElements), kMaxPlot);
        } else if (xml.isStartElement()) {
            xml.skipCurrentElement();
        }
    }
    nfo.set = nfo.set.empty() ? plain(bare) : nfo.set;
}

int yearOf(const std::string& date) {
    const int year = QString::fromStdString(date.substr(0, 4)).toInt();
    return year >= 1870 && year <= 2200 ? year : 0;
}

int numberOr(const std::string& text, int otherwise) {
    bool ok = false;
    const int value = QString::fromStdString(text).toInt(&ok);
    return ok && value >= 0 && value < 100'000 ? value : otherwise;
}

void readText(Nfo& nfo, const std::string& tag, std::string text) {
    if (tag == "title") {
        nfo.title = std::move(text);
    } else if (tag == "originaltitle") {
        nfo.originalTitle = std::move(text);
    } else if (tag == "sorttitle") {
        nfo.sortTitle = std::move(text);
    } else if (tag == "showtitle") {
        nfo.show = std::move(text);
    } else if (tag == "plot" || tag == "review" || tag == "biography" || (tag == "outline" && nfo.plot.empty())) {
        nfo.plot = text.empty() ? nfo.plot : std::move(text);
    } else if (tag == "year") {
        nfo.year = yearOf(text);
    } else if ((tag == "premiered" || tag == "aired") && nfo.year == 0) {
        nfo.year = yearOf(text);
    } else if (tag == "season") {
        nfo.season = numberOr(text, -1);
    } else if (tag == "episode") {
        nfo.episode = numberOr(text, -1);
    } else if (tag == "genre") {
        addTo(nfo.genres, std::move(text));
    } else if (tag == "director") {
        addTo(nfo.directors, std::move(text));
    } else if (tag == "mpaa" || (tag == "certification" && nfo.contentRating.empty())) {
        nfo.contentRating = text.empty() ? nfo.contentRating : std::move(text);
    } else if (tag == "imdbid" || tag == "tmdbid" || tag == "tvdbid") {
        nfo.ids[tag.substr(0, tag.size() - 2)] = std::move(text);
    }
}

void readElement(Nfo& nfo, QXmlStreamReader& xml) {
    const std::string tag = fold(xml.name().toString().toStdString());
    if (tag == "actor") {
        addTo(nfo.actors, actorName(xml));
    } else if (tag == "set") {
        readSet(nfo, xml);
    } else if (tag == "uniqueid") {
        const std::string type = fold(plain(xml.attributes().value(QLatin1String("type")).toString()));
        std::string value = plain(xml.readElementText(QXmlStreamReader::SkipChildElements));
        if (!type.empty() && !value.empty() && nfo.ids.size() < kMaxList) {
            nfo.ids[type] = std::move(value);
        }
    } else {
        readText(nfo, tag,
                 plain(xml.readElementText(QXmlStreamReader::SkipChildElements), isPlot(tag) ? kMaxPlot : kMaxText));
    }
}

json::array listJson(const std::vector<std::string>& list) {
    return json::array(list.begin(), list.end());
}

std::string textAt(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

int numberAt(const json::object& object, const char* key, int otherwise) {
    const json::value* value = object.if_contains(key);
    return value && value->is_int64() ? static_cast<int>(value->get_int64()) : otherwise;
}

std::vector<std::string> listAt(const json::object& object, const char* key) {
    std::vector<std::string> list;
    if (const json::value* value = object.if_contains(key); value && value->is_array()) {
        for (const json::value& entry : value->get_array()) {
            if (entry.is_string()) {
                list.emplace_back(entry.get_string());
            }
        }
    }
    return list;
}

}  // namespace

std::optional<Nfo> parseNfo(std::string_view bytes) {
    if (bytes.size() > kMaxBytes) {
        return std::nullopt;
    }
    QXmlStreamReader xml(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    xml.setEntityExpansionLimit(0);
    Nfo nfo;
    while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::StartElement) {
        if (xml.tokenType() == QXmlStreamReader::DTD) {
            return std::nullopt;
        }
    }
    if (xml.hasError() || !xml.isStartElement()) {
        return std::nullopt;
    }
    nfo.root = fold(xml.name().toString().toStdString());
    while (xml.readNextStartElement()) {
        readElement(nfo, xml);
    }
    const bool known = nfo.root == "movie" || nfo.root == "tvshow" || nfo.root == "episodedetails" ||
                       nfo.root == "album" || nfo.root == "artist" || nfo.root == "musicvideo";
    return known && !xml.hasError() ? std::optional(std::move(nfo)) : std::nullopt;
}

std::string toText(const Nfo& nfo) {
    json::object ids;
    for (const auto& [type, value] : nfo.ids) {
        ids[type] = value;
    }
    return json::serialize(json::object{{"root", nfo.root},
                                        {"title", nfo.title},
                                        {"original_title", nfo.originalTitle},
                                        {"sort_title", nfo.sortTitle},
                                        {"plot", nfo.plot},
                                        {"show", nfo.show},
                                        {"year", nfo.year},
                                        {"season", nfo.season},
                                        {"episode", nfo.episode},
                                        {"genres", listJson(nfo.genres)},
                                        {"directors", listJson(nfo.directors)},
                                        {"actors", listJson(nfo.actors)},
                                        {"content_rating", nfo.contentRating},
                                        {"set", nfo.set},
                                        {"set_overview", nfo.setOverview},
                                        {"ids", std::move(ids)}});
}

std::optional<Nfo> nfoFromText(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    const json::object& object = value.get_object();
    Nfo nfo{textAt(object, "root"),
            textAt(object, "title"),
            textAt(object, "original_title"),
            textAt(object, "sort_title"),
            textAt(object, "plot"),
            textAt(object, "show"),
            numberAt(object, "year", 0),
            numberAt(object, "season", -1),
            numberAt(object, "episode", -1),
            listAt(object, "genres"),
            listAt(object, "directors"),
            listAt(object, "actors"),
            {},
            textAt(object, "content_rating"),
            {},
            {}};
    nfo.set = textAt(object, "set");
    nfo.setOverview = textAt(object, "set_overview");
    if (const json::value* ids = object.if_contains("ids"); ids && ids->is_object()) {
        for (const auto& entry : ids->get_object()) {
            if (entry.value().is_string()) {
                nfo.ids[std::string(entry.key())] = std::string(entry.value().get_string());
            }
        }
    }
    return nfo;
}

}  // namespace marea::core::library
