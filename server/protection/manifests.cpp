#include "server/protection/manifests.h"

#include <sodium.h>

namespace marea::server {
namespace {

std::string hex(const Key128& key) {
    std::string text(2 * key.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
    text.pop_back();  // libsodium ends it with NUL
    return text;
}

std::string base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
    text.pop_back();
    return text;
}

std::string uuid(const Key128& key) {
    std::string text = hex(key);
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        text.insert(at, "-");
    return text;
}

const char* method(ProtectionScheme scheme) {
    return scheme == ProtectionScheme::Aes128 ? "AES-128"
           : scheme == ProtectionScheme::Cenc ? "SAMPLE-AES-CTR"
                                              : "SAMPLE-AES";
}

// hls.js knows the key by KEYID, before it has seen a segment; that the URI is the licence's is for people.
std::string attributes(const ProtectionKind& kind, const Key128& keyId) {
    std::string text = "METHOD=" + std::string(method(kind.scheme));
    if (!kind.licence)
        return text + ",URI=\"../../../key\"";
    return text + ",URI=\"../../../clearkey\",KEYID=0x" + hex(keyId) +
           R"(,KEYFORMAT="org.w3.clearkey",KEYFORMATVERSIONS="1")";
}

}  // namespace

std::string hlsKey(const ProtectionKind& kind, const Key128& keyId) {
    return "#EXT-X-KEY:" + attributes(kind, keyId) + "\n";
}

std::string hlsSessionKey(const ProtectionKind& kind, const Key128& keyId) {
    // Shaka Player would give a key that it knows from here alone to the id 0.
    const bool identity = kind.scheme != ProtectionScheme::Aes128 && !kind.licence;
    return identity ? "" : "#EXT-X-SESSION-KEY:" + attributes(kind, keyId) + "\n";
}

std::string dashProtection(const ProtectionKind& kind, const Key128& keyId) {
    const std::string_view open = "      <ContentProtection xmlns:cenc=\"urn:mpeg:cenc:2013\" schemeIdUri=\"urn:";
    return std::string(open) + "mpeg:dash:mp4protection:2011\" value=\"" + name(kind.scheme) +
           "\" cenc:default_KID=\"" + uuid(keyId) + "\"/>\n" + std::string(open) +
           "uuid:e2719d58-a985-b3c9-781a-b030af78d30e\" value=\"ClearKey1.0\"><cenc:pssh>" +
           base64(protectionBox(commonSystem({keyId}))) + "</cenc:pssh></ContentProtection>\n";
}

}  // namespace marea::server
