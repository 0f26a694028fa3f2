#include "server/apps/library/protectedplan.h"

#include <algorithm>

#include "server/video/decision.h"

namespace marea::server {

namespace {

using core::Capabilities;

template <class List, class T>
bool contains(const List& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

// DASH has no place for a key's address, and Common Encryption is of MP4.
std::vector<std::string> protocolsFor(const ProtectionKind& kind, const Capabilities& client) {
    const bool whole = kind.scheme == ProtectionScheme::Aes128;
    std::vector<std::string> list;
    if (!whole && (client.anything || !contains(client.containers, "mp4"))) {
        return list;
    }
    for (const std::string& protocol : client.protocols) {
        if (protocol == "hls" || (protocol == "dash" && kind.licence)) {
            list.push_back(protocol);
        }
    }
    return list;
}

bool takesPictures(const ItemDetail& item, ProtectionScheme scheme) {
    return std::all_of(item.files.begin(), item.files.end(), [&](const ItemFile& file) {
        const auto video = defaultVideo(file.info);
        return file.status != "ok" || !video || protects(scheme, file.info.streams[*video].codec);
    });
}

std::vector<ProtectionKind> candidates(const Capabilities& client, const ProtectionSchemes& schemes) {
    std::vector<ProtectionKind> list;
    for (const std::string& named : client.protection) {
        const auto kind = protectionKind(named);
        if (kind && contains(schemes, kind->scheme) && !protocolsFor(*kind, client).empty()) {
            list.push_back(*kind);
        }
    }
    return list;
}

}  // namespace

core::Result<ProtectedPlan> planProtected(const ItemDetail& item, const Capabilities& client,
                                          const ProtectionSchemes& schemes) {
    const auto list = candidates(client, schemes);
    if (list.empty()) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "This title is protected, and your player takes none of the ways in which it goes out.");
    }
    const auto cheap = std::find_if(list.begin(), list.end(),
                                    [&](const ProtectionKind& kind) { return takesPictures(item, kind.scheme); });
    ProtectedPlan plan{cheap == list.end() ? list.front() : *cheap, client};
    plan.client.protocols = protocolsFor(plan.kind, client);
    std::erase(plan.client.containers, "webm");  // nothing is encrypted in it here
    plan.client.notWhole = reasons::isProtected().text;
    std::erase_if(plan.client.video, [&](const core::VideoCapability& video) {
        return video.codec != "*" && !protects(plan.kind.scheme, video.codec);
    });
    return plan;
}

}  // namespace marea::server
