#include "server/apps/webdav/davxml.h"

#include <algorithm>
#include <array>
#include <QDateTime>
#include <QXmlStreamReader>
#include <utility>

#include "core/base/markup.h"
#include "server/gateway/conditional.h"
#include "server/gateway/text.h"

namespace marea::server::webdav {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::string_view kSpace = "DAV:", kXmlSpace = "http://www.w3.org/XML/1998/namespace";

Result<Propfind> wrong() {
    return fail(ErrorCode::Invalid, "The question about properties is malformed.");
}

std::string lengthOf(const Resource& resource) {
    return resource.folder ? std::string() : std::to_string(resource.size);
}
std::string modifiedOf(const Resource& resource) {
    return resource.modified > 0 ? httpDate(resource.modified) : std::string();
}
// RFC 3339.
std::string madeOf(const Resource& resource) {
    return resource.made > 0
               ? QDateTime::fromMSecsSinceEpoch(resource.made, Qt::UTC).toString(Qt::ISODate).toStdString()
               : std::string();
}
std::string nameOf(const Resource& resource) {
    return core::escapedMarkup(resource.name);
}
std::string typeOf(const Resource& resource) {
    return core::escapedMarkup(resource.type);
}
std::string etagOf(const Resource& resource) {
    return core::escapedMarkup(resource.etag);
}

// What there is, of those that have it. Values are XML; empty: this resource has none.
struct Known {
    std::string_view name;
    std::string (*value)(const Resource&);
};
constexpr std::array<Known, 6> kKnown = {{{"displayname", nameOf},
                                          {"getcontentlength", lengthOf},
                                          {"getcontenttype", typeOf},
                                          {"getetag", etagOf},
                                          {"getlastmodified", modifiedOf},
                                          {"creationdate", madeOf}}};
constexpr std::string_view kResourceType = "resourcetype";

void appendElement(std::string& out, std::string_view name, std::string_view value) {
    out.append("<D:").append(name);
    if (value.empty()) {
        out.append("/>");
        return;
    }
    out.append(">").append(value).append("</D:").append(name).append(">");
}

void appendKnown(std::string& out, const Resource& resource, bool values) {
    appendElement(out, kResourceType, values && resource.folder ? "<D:collection/>" : "");
    for (const Known& known : kKnown) {
        if (const std::string value = known.value(resource); !value.empty()) {
            appendElement(out, known.name, values ? value : "");
        }
    }
}

// False: it is not there.
bool appendWanted(std::string& out, const Resource& resource, const Property& wanted) {
    if (wanted.space != kSpace) {
        return false;
    }
    if (wanted.name == kResourceType) {
        appendElement(out, kResourceType, resource.folder ? "<D:collection/>" : "");
        return true;
    }
    const auto* known =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& one) { return one.name == wanted.name; });
    const std::string value = known == kKnown.end() ? std::string() : known->value(resource);
    if (!value.empty()) {
        appendElement(out, wanted.name, value);
    }
    return !value.empty();
}

void appendMissing(std::string& out, const Property& wanted) {
    if (wanted.space == kXmlSpace) {  // "must not be declared as the default" (Namespaces in XML, section 3)
        out.append("<xml:").append(core::escapedMarkup(wanted.name)).append("/>");
        return;
    }
    out.append("<")
        .append(core::escapedMarkup(wanted.name))
        .append(" xmlns=\"")
        .append(core::escapedMarkup(wanted.space))
        .append("\"/>");
}

void appendStatus(std::string& out, std::string_view properties, std::string_view status) {
    out.append("<D:propstat><D:prop>").append(properties).append("</D:prop><D:status>HTTP/1.1 ");
    out.append(status).append("</D:status></D:propstat>");
}

bool isElement(const QXmlStreamReader& xml, QLatin1String name) {
    return xml.name() == name && xml.namespaceUri() == QLatin1String("DAV:");
}

// The children of <prop>, each with whatever is in it.
bool readProperties(QXmlStreamReader& xml, Propfind& wish) {
    wish.kind = Propfind::Kind::Some;
    while (xml.readNextStartElement()) {
        if (wish.properties.size() >= kMostProperties) {
            return false;
        }
        wish.properties.push_back({xml.namespaceUri().toString().toStdString(), xml.name().toString().toStdString()});
        xml.skipCurrentElement();
    }
    return true;
}

// The children of <propfind>, of which one says what is wanted; others are for the future (section 17).
bool readWish(QXmlStreamReader& xml, Propfind& wish) {
    bool told = false;
    while (xml.readNextStartElement()) {
        const bool all = isElement(xml, QLatin1String("allprop")), names = isElement(xml, QLatin1String("propname"));
        const bool some = isElement(xml, QLatin1String("prop"));
        if ((all || names || some) && std::exchange(told, true)) {
            return false;
        }
        if (some && !readProperties(xml, wish)) {
            return false;
        }
        if (!some) {
            wish.kind = names ? Propfind::Kind::Names : wish.kind;
            xml.skipCurrentElement();
        }
    }
    return told;
}

// The root element; a DTD is refused, and with it every entity but XML's own.
bool readRoot(QXmlStreamReader& xml) {
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::DTD) {
            return false;
        }
        if (token == QXmlStreamReader::StartElement) {
            return isElement(xml, QLatin1String("propfind"));
        }
    }
    return false;
}

}  // namespace

std::optional<Depth> depthOf(std::optional<std::string_view> field) {
    const std::string_view text = field ? trimmed(*field) : "infinity";
    if (text == "0" || text == "1") {
        return text == "0" ? Depth::Itself : Depth::Children;
    }
    return sameText(text, "infinity") ? std::optional(Depth::Everything) : std::nullopt;
}

Result<Propfind> parsePropfind(std::string_view body) {
    Propfind wish;
    if (trimmed(body).empty()) {
        return wish;
    }
    QXmlStreamReader xml(QByteArray(body.data(), static_cast<qsizetype>(body.size())));
    if (!readRoot(xml) || !readWish(xml, wish)) {
        return wrong();
    }
    while (!xml.atEnd()) {  // what stands behind the root
        xml.readNext();
    }
    return xml.hasError() ? wrong() : wish;
}

std::string_view multistatusBegin() {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">\n";
}
std::string_view multistatusEnd() {
    return "</D:multistatus>\n";
}
std::string_view finiteDepthError() {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:error "
           "xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>\n";
}

void appendResponse(std::string& out, const Resource& resource, const Propfind& wish) {
    std::string there, missing;
    if (wish.kind != Propfind::Kind::Some) {
        appendKnown(there, resource, wish.kind == Propfind::Kind::All);
    }
    for (const Property& wanted : wish.properties) {
        if (!appendWanted(there, resource, wanted)) {
            appendMissing(missing, wanted);
        }
    }
    out.append("<D:response><D:href>").append(core::escapedMarkup(resource.href)).append("</D:href>");
    if (!there.empty() || missing.empty()) {
        appendStatus(out, there, "200 OK");
    }
    if (!missing.empty()) {
        appendStatus(out, missing, "404 Not Found");
    }
    out.append("</D:response>\n");
}

}  // namespace marea::server::webdav
