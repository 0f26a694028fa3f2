#include "server/protection/outsidesystems.h"

#include <algorithm>

#include "server/protection/keytext.h"

namespace marea::server {
namespace {

struct Known {
    const char* name;
    const char* keySystem;
    const char* keyFormat;  // in HLS
    const char* dashValue;  // of the element in DASH
    Key128 id;
};

// Ids as registered with DASH-IF; the third is FairPlay's, which documents have though no box does.
constexpr Known knownSystems[] = {
    {"widevine",
     "com.widevine.alpha",
     "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",
     "Widevine",
     {0xed, 0xef, 0x8b, 0xa9, 0x79, 0xd6, 0x4a, 0xce, 0xa3, 0xc8, 0x27, 0xdc, 0xd5, 0x1d, 0x21, 0xed}},
    {"playready",
     "com.microsoft.playready",
     "com.microsoft.playready",
     "MSPR 2.0",
     {0x9a, 0x04, 0xf0, 0x79, 0x98, 0x40, 0x42, 0x86, 0xab, 0x92, 0xe6, 0x5b, 0xe0, 0x88, 0x5f, 0x95}},
    {"fairplay",
     "com.apple.fps",
     "com.apple.streamingkeydelivery",
     "",
     {0x94, 0xce, 0x86, 0xfb, 0x07, 0xff, 0x4f, 0x43, 0xad, 0xb8, 0x93, 0xd2, 0xfa, 0x96, 0x8c, 0xa2}}};

const Known& known(OutsideSystem system) {
    return knownSystems[static_cast<std::size_t>(system)];
}

constexpr std::uint32_t fourCc(const char (&text)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(text[i]);
    return value;
}

void putVarint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>((value & 0x7F) | 0x80);
    out += static_cast<char>(value);
}

void putBytes(std::string& out, unsigned field, std::string_view bytes) {
    putVarint(out, field << 3 | 2);
    putVarint(out, bytes.size());
    out += bytes;
}

void putLittle(std::string& out, std::size_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i));
}

// PlayReady writes ids as Microsoft's GUIDs: the first three parts with their last byte first.
Key128 guidOf(Key128 id) {
    std::reverse(id.begin(), id.begin() + 4);
    std::reverse(id.begin() + 4, id.begin() + 6);
    std::reverse(id.begin() + 6, id.begin() + 8);
    return id;
}

std::string headerOf(const OutsideKey& key) {
    const char* algorithm = key.scheme == ProtectionScheme::Cbcs ? "AESCBC" : "AESCTR";
    return R"(<WRMHEADER xmlns="http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader" version="4.3.0.0"><DATA>)"
           R"(<PROTECTINFO><KIDS><KID ALGID=")" +
           std::string(algorithm) + "\" VALUE=\"" + base64Text(bytesView(guidOf(key.id))) +
           R"("></KID></KIDS></PROTECTINFO></DATA></WRMHEADER>)";
}

std::string boxText(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    return base64Text(protectionBox(*protectionSystem(system, key, provider)));
}

std::string uriOf(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    switch (system) {
        case OutsideSystem::Widevine:
            return "data:text/plain;base64," + boxText(system, key, provider);
        case OutsideSystem::PlayReady:
            return "data:text/plain;charset=UTF-16;base64," + base64Text(playReadyObject(key));
        case OutsideSystem::FairPlay:
            break;
    }
    return "skd://" + uuidText(key.id);
}

}  // namespace

const char* name(OutsideSystem system) {
    return known(system).name;
}

const char* keySystem(OutsideSystem system) {
    return known(system).keySystem;
}

const Key128& systemId(OutsideSystem system) {
    return known(system).id;
}

std::optional<OutsideSystem> outsideSystem(std::string_view text) {
    for (const OutsideSystem system : kOutsideSystems) {
        if (text == name(system))
            return system;
    }
    return std::nullopt;
}

std::vector<OutsideSystem> OutsideSystems::of(ProtectionScheme scheme) const {
    std::vector<OutsideSystem> list;
    for (const OutsideSystem system : systems) {
        const bool takes =
            scheme == ProtectionScheme::Cbcs || (scheme == ProtectionScheme::Cenc && system != OutsideSystem::FairPlay);
        if (takes)
            list.push_back(system);
    }
    return list;
}

bool isInDash(OutsideSystem system) {
    return system != OutsideSystem::FairPlay;
}

std::string widevineData(const OutsideKey& key, std::string_view provider) {
    std::string out;
    putBytes(out, 2, bytesView(key.id));
    if (!provider.empty())
        putBytes(out, 3, provider);
    if (!key.content.empty())
        putBytes(out, 4, key.content);
    if (key.scheme == ProtectionScheme::Cbcs) {
        putVarint(out, 9U << 3);
        putVarint(out, fourCc("cbcs"));
    }
    return out;
}

std::string playReadyObject(const OutsideKey& key) {
    constexpr std::size_t head = 4 + 2, recordHead = 2 + 2, oneRecord = 1, ofHeader = 1;
    const std::string text = headerOf(key);  // ASCII
    std::string out;
    putLittle(out, head + recordHead + 2 * text.size(), 4);
    putLittle(out, oneRecord, 2);
    putLittle(out, ofHeader, 2);
    putLittle(out, 2 * text.size(), 2);
    for (const char c : text)
        putLittle(out, static_cast<std::uint8_t>(c), 2);
    return out;
}

std::optional<ProtectionSystem> protectionSystem(OutsideSystem system, const OutsideKey& key,
                                                 std::string_view provider) {
    switch (system) {
        case OutsideSystem::Widevine:
            return ProtectionSystem{systemId(system), widevineData(key, provider), {}};
        case OutsideSystem::PlayReady:
            return ProtectionSystem{systemId(system), playReadyObject(key), {}};
        case OutsideSystem::FairPlay:
            break;
    }
    return std::nullopt;
}

std::vector<ProtectionSystem> outsideBoxes(const OutsideSystems& outside, const OutsideKey& key) {
    std::vector<ProtectionSystem> boxes;
    for (const OutsideSystem system : outside.of(key.scheme)) {
        if (auto box = protectionSystem(system, key, outside.widevineProvider))
            boxes.push_back(std::move(*box));
    }
    return boxes;
}

std::string hlsAttributes(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    const char* method = key.scheme == ProtectionScheme::Cbcs ? "SAMPLE-AES" : "SAMPLE-AES-CTR";
    const std::string id = system == OutsideSystem::FairPlay ? "" : ",KEYID=0x" + hexText(key.id);
    return "METHOD=" + std::string(method) + ",URI=\"" + uriOf(system, key, provider) + "\"" + id + ",KEYFORMAT=\"" +
           known(system).keyFormat + "\",KEYFORMATVERSIONS=\"1\"";
}

std::string dashContent(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    if (!isInDash(system))
        return {};
    const std::string box =
        "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + boxText(system, key, provider) + "</cenc:pssh>";
    return system != OutsideSystem::PlayReady ? box
                                              : box + "<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">" +
                                                    base64Text(playReadyObject(key)) + "</mspr:pro>";
}

std::string dashElement(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    if (!isInDash(system))
        return {};
    return "<ContentProtection schemeIdUri=\"urn:uuid:" + uuidText(systemId(system)) + "\" value=\"" +
           known(system).dashValue + "\">" + dashContent(system, key, provider) + "</ContentProtection>";
}

}  // namespace marea::server
