#include "server/protection/manifests.h"

#include "server/protection/keytext.h"

namespace marea::server {
namespace {

const char* method(ProtectionScheme scheme) {
    return scheme == ProtectionScheme::Aes128 ? "AES-128"
           : scheme == ProtectionScheme::Cenc ? "SAMPLE-AES-CTR"
                                              : "SAMPLE-AES";
}

// hls.js knows the key by KEYID, before it has seen a segment; that the URI is the licence's is for people.
std::string attributes(const SignalledKey& key) {
    std::string text = "METHOD=" + std::string(method(key.kind.scheme));
    if (!key.kind.licence)
        return text + ",URI=\"../../../key\"";
    return text + ",URI=\"../../../clearkey\",KEYID=0x" + hexText(key.id) +
           R"(,KEYFORMAT="org.w3.clearkey",KEYFORMATVERSIONS="1")";
}

OutsideKey outsideKey(const SignalledKey& key) {
    return {key.kind.scheme, key.id, key.content};
}

std::string lines(const char* tag, const SignalledKey& key) {
    if (!key.kind.outside)
        return tag + attributes(key) + "\n";
    std::string text;
    for (const OutsideSystem system : key.outside.of(key.kind.scheme))
        text += tag + hlsAttributes(system, outsideKey(key), key.outside.widevineProvider) + "\n";
    return text;
}

}  // namespace

std::string hlsKey(const SignalledKey& key) {
    return lines("#EXT-X-KEY:", key);
}

std::string hlsSessionKey(const SignalledKey& key) {
    // Shaka Player would give a key that it knows from here alone to the id 0.
    const bool identity = key.kind.scheme != ProtectionScheme::Aes128 && !key.kind.licence;
    return identity ? "" : lines("#EXT-X-SESSION-KEY:", key);
}

std::string dashProtection(const SignalledKey& key) {
    const std::string_view open = "      <ContentProtection xmlns:cenc=\"urn:mpeg:cenc:2013\" schemeIdUri=\"urn:";
    std::string text = std::string(open) + "mpeg:dash:mp4protection:2011\" value=\"" + name(key.kind.scheme) +
                       "\" cenc:default_KID=\"" + uuidText(key.id) + "\"/>\n";
    if (!key.kind.outside) {
        return text + std::string(open) +
               "uuid:e2719d58-a985-b3c9-781a-b030af78d30e\" value=\"ClearKey1.0\"><cenc:pssh>" +
               base64Text(protectionBox(commonSystem({key.id}))) + "</cenc:pssh></ContentProtection>\n";
    }
    for (const OutsideSystem system : key.outside.of(key.kind.scheme)) {
        if (isInDash(system))
            text += "      " + dashElement(system, outsideKey(key), key.outside.widevineProvider) + "\n";
    }
    return text;
}

std::vector<ProtectionSystem> protectionBoxes(const SignalledKey& key) {
    return key.kind.outside ? outsideBoxes(key.outside, outsideKey(key)) : std::vector{commonSystem({key.id})};
}

}  // namespace marea::server
