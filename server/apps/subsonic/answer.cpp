#include "server/apps/subsonic/answer.h"

#include <algorithm>
#include <QByteArray>
#include <QString>
#include <QXmlStreamWriter>

#include "core/base/json.h"

namespace marea::server::subsonic {

namespace json = core::json;

namespace {

constexpr const char* kRoot = "subsonic-response";
constexpr const char* kNamespace = "http://subsonic.org/restapi";
constexpr std::size_t kLongestCallback = 100;

Element root(const ServerName& server, const char* status) {
    Element element;
    element.set("status", std::string(status)).set("version", std::string(kProtocol));
    return std::move(element.set("type", server.type).set("serverVersion", server.version).set("openSubsonic", true));
}

// XML 1.0 section 2.2: what is no character there cannot be written, not even escaped.
bool isXmlCharacter(QChar c) {
    const char16_t unit = c.unicode();
    return unit >= 0x20 ? unit < 0xFFFE : unit == 0x9 || unit == 0xA || unit == 0xD;
}

QString xmlText(const std::string& text) {
    QString converted = QString::fromStdString(text);
    converted.removeIf([](QChar c) { return !isXmlCharacter(c); });
    return converted;
}

QString xmlText(const Scalar& value) {
    return std::visit(
        [](const auto& known) {
            using T = std::decay_t<decltype(known)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return xmlText(known);
            } else if constexpr (std::is_same_v<T, bool>) {
                return QString::fromLatin1(known ? "true" : "false");
            } else {
                return QString::number(known);
            }
        },
        value);
}

void writeXml(QXmlStreamWriter& xml, const std::string& name, const Element& element) {
    xml.writeStartElement(QString::fromStdString(name));
    if (name == kRoot) {
        xml.writeDefaultNamespace(QString::fromLatin1(kNamespace));
    }
    for (const auto& [key, value] : element.values()) {
        xml.writeAttribute(QString::fromStdString(key), xmlText(value));
    }
    if (element.text()) {
        xml.writeCharacters(xmlText(*element.text()));
    }
    for (const Element::Children& children : element.children()) {
        for (const Element& child : children.elements) {
            writeXml(xml, children.name, child);
        }
    }
    xml.writeEndElement();
}

json::value jsonOf(const Scalar& value) {
    return std::visit([](const auto& known) { return json::value(known); }, value);
}

json::value jsonOf(const Element& element) {
    if (element.isBare()) {
        return jsonOf(*element.text());
    }
    json::object object;
    for (const auto& [key, value] : element.values()) {
        object[key] = jsonOf(value);
    }
    if (element.text()) {
        object["value"] = jsonOf(*element.text());
    }
    for (const Element::Children& children : element.children()) {
        if (!children.list) {
            object[children.name] = jsonOf(children.elements.front());
            continue;
        }
        json::array list;
        for (const Element& child : children.elements) {
            list.push_back(jsonOf(child));
        }
        object[children.name] = std::move(list);
    }
    return object;
}

bool isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.';
}

bool isCallback(std::string_view name) {
    return !name.empty() && name.size() <= kLongestCallback && std::all_of(name.begin(), name.end(), isNamePart) &&
           !(name.front() >= '0' && name.front() <= '9');
}

std::string xmlOf(const Element& answer) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument();
    writeXml(xml, kRoot, answer);
    xml.writeEndDocument();
    return bytes.toStdString();
}

}  // namespace

Element Element::of(Scalar text) {
    Element element;
    element.text_ = std::move(text);
    return element;
}

Element& Element::setText(std::string name, std::string value) {
    return value.empty() ? *this : set(std::move(name), std::move(value));
}

Element& Element::content(std::string text) {
    text_ = std::move(text);
    mixed_ = true;
    return *this;
}

Element& Element::one(std::string name, Element child) {
    children_.push_back({std::move(name), false, {}});
    children_.back().elements.push_back(std::move(child));
    return *this;
}

Element& Element::many(std::string name, std::vector<Element> list) {
    children_.push_back({std::move(name), true, std::move(list)});
    return *this;
}

Element good(const ServerName& server) {
    return root(server, "ok");
}

Element failed(const ServerName& server, int code, const std::string& text) {
    Element element = root(server, "failed");
    Element error;
    error.set("code", code).set("message", text);
    return std::move(element.one("error", std::move(error)));
}

std::optional<AnswerFormat> answerFormat(std::string_view f, std::string_view callback) {
    if (f.empty() || f == "xml") {
        return AnswerFormat{};
    }
    if (f == "json") {
        return AnswerFormat{Format::Json, {}};
    }
    return f == "jsonp" && isCallback(callback) ? std::optional(AnswerFormat{Format::Jsonp, std::string(callback)})
                                                : std::nullopt;
}

Written write(const Element& answer, const AnswerFormat& format) {
    if (format.format == Format::Xml) {
        return {"application/xml; charset=utf-8", xmlOf(answer)};
    }
    json::object whole;
    whole[kRoot] = jsonOf(answer);
    std::string text = json::serialize(whole);
    if (format.format == Format::Json) {
        return {"application/json", std::move(text)};
    }
    return {"application/javascript; charset=utf-8", format.callback + "(" + text + ");"};
}

}  // namespace marea::server::subsonic
