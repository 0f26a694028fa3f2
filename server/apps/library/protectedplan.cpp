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

// DASH has no place for a key's address, nor for FairPlay, and Common Encryption is of MP4.
std::vector<std::string> protocolsFor(const ProtectionKind& kind, const Capabilities& client,
                                      const OutsideSystems& outside) {
    const bool whole = kind.scheme == ProtectionScheme::Aes128;
    const auto systems = outside.of(kind.scheme);
    const bool inDash = kind.outside ? std::any_of(systems.begin(), systems.end(), isInDash) : kind.licence;
    std::vector<std::string> list;
    if (kind.outside && systems.empty()) {
        return list;
    }
    if (!whole && (client.anything || !contains(client.containers, "mp4"))) {
        return list;
    }
    for (const std::string& protocol : client.protocols) {
        if (protocol == "hls" || (protocol == "dash" && inDash)) {
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

std::vector<ProtectionKind> candidates(const Capabilities& client, const ProtectionSchemes& schemes,
                                       const OutsideSystems& outside) {
    std::vector<ProtectionKind> list;
    for (const std::string& named : client.protection) {
        const auto kind = protectionKind(named);
        if (kind && contains(schemes, kind->scheme) && !protocolsFor(*kind, client, outside).empty()) {
            list.push_back(*kind);
        }
    }
    return list;
}

}  // namespace

core::Result<ProtectedPlan> planProtected(const ItemDetail& item, const Capabilities& client,
                                          const ProtectionSchemes& schemes, const OutsideSystems& outside) {
    const auto list = candidates(client, schemes, outside);
    if (list.empty()) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "This title is protected, and your player takes none of the ways in which it goes out.");
    }
    const auto cheap = std::find_if(list.begin(), list.end(),
                                    [&](const ProtectionKind& kind) { return takesPictures(item, kind.scheme); });
    ProtectedPlan plan{cheap == list.end() ? list.front() : *cheap, client};
    plan.client.protocols = protocolsFor(plan.kind, client, outside);
    std::erase(plan.client.containers, "webm");  // nothing is encrypted in it here
    plan.client.notWhole = reasons::isProtected().text;
    std::erase_if(plan.client.video, [&](const core::VideoCapability& video) {
        return video.codec != "*" && !protects(plan.kind.scheme, video.codec);
    });
    return plan;
}

}  // namespace marea::server
