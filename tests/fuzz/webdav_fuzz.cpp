// What strangers send to /dav, and what titles make of names: an answer must be XML that reads back, a name one part of
// an address that the gateway takes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <QXmlStreamReader>
#include <string_view>

#include "server/apps/webdav/davlogin.h"
#include "server/apps/webdav/davnames.h"
#include "server/apps/webdav/davxml.h"
#include "server/gateway/target.h"

using namespace marea::server;
using namespace marea::server::webdav;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void lookAtNames(std::string_view text) {
    const std::vector<std::string> parts{"Films", safeText(text)};
    const auto path = decodePath(hrefOf(parts, false));
    demand(path && partsOf(*path) == parts);
}

void lookAtAnswer(const Propfind& wish, std::string_view text) {
    Resource resource;
    resource.name = safeText(text);
    resource.href = hrefOf({resource.name}, false);
    std::string out(multistatusBegin());
    appendResponse(out, resource, wish);
    out += multistatusEnd();
    QXmlStreamReader xml(QByteArray::fromStdString(out));
    while (!xml.atEnd())
        xml.readNext();
    demand(!xml.hasError());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(loginIn(text));
    static_cast<void>(depthOf(text));
    lookAtNames(text);
    if (const auto wish = parsePropfind(text)) {
        demand(wish->properties.size() <= kMostProperties);
        lookAtAnswer(*wish, text);
    }
    return 0;
}
