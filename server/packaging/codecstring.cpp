#include "server/packaging/codecstring.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/packaging/bitreader.h"

namespace marea::server {

namespace {

using Bytes = std::span<const std::uint8_t>;

template <class... Arguments>
std::string printed(const char* format, Arguments... arguments) {
    char text[64];
    std::snprintf(text, sizeof text, format, arguments...);
    return text;
}

bool isAnnexB(Bytes data) {
    return data.size() > 4 && data[0] == 0 && data[1] == 0 && (data[2] == 1 || (data[2] == 0 && data[3] == 1));
}

// The first NAL unit for which `wanted` holds, without its emulation prevention bytes (H.264 7.4.1, H.265 7.4.2).
template <class Wanted>
std::vector<std::uint8_t> nalUnit(Bytes data, Wanted wanted) {
    for (std::size_t i = 0; i + 3 < data.size(); ++i) {
        if (data[i] != 0 || data[i + 1] != 0 || data[i + 2] != 1 || !wanted(data[i + 3])) {
            continue;
        }
        std::vector<std::uint8_t> unit;
        constexpr std::size_t enough = 64;
        int zeros = 0;
        for (std::size_t at = i + 3; at < data.size() && unit.size() < enough; ++at) {
            if (zeros >= 2 && data[at] == 1) {
                break;  // the next one begins
            }
            const bool prevention = zeros >= 2 && data[at] == 3;
            zeros = data[at] == 0 ? zeros + 1 : 0;
            if (!prevention) {
                unit.push_back(data[at]);
            }
        }
        return unit;
    }
    return {};
}

std::string avc(int profile, int flags, int level) {
    return printed("avc1.%02X%02X%02X", profile & 0xFF, flags & 0xFF, level & 0xFF);
}

// RFC 6381 section 3.4; ISO/IEC 14496-15 section 5.3.3.1 (avcC).
std::string avcString(const CopiedCodec& stream) {
    const Bytes data = stream.extradata;
    if (isAnnexB(data)) {
        const auto sps = nalUnit(data, [](std::uint8_t head) { return (head & 0x1F) == 7; });
        return sps.size() >= 4 ? avc(sps[1], sps[2], sps[3]) : "";
    }
    if (data.size() >= 7 && data[0] == 1) {
        return avc(data[1], data[2], data[3]);
    }
    // FFmpeg's profile has constraint flags above the number: 1 << 9 constrained, 1 << 11 intra.
    const int flags = (stream.profile & 1 << 9 ? 0x40 : 0) | (stream.profile & 1 << 11 ? 0x10 : 0);
    return stream.profile > 0 && stream.level > 0 ? avc(stream.profile, flags, stream.level) : "";
}

struct HevcProfile {
    std::uint32_t space, tier, profile, compatibility, level;
    std::array<std::uint32_t, 6> constraints;
};

// general_profile_space … general_level_idc: H.265 section 7.3.3, and the same bits in hvcC.
HevcProfile readHevcProfile(BitReader& bits) {
    HevcProfile p{};
    p.space = bits.read(2);
    p.tier = bits.read(1);
    p.profile = bits.read(5);
    p.compatibility = bits.read(32);
    for (std::uint32_t& byte : p.constraints) {
        byte = bits.read(8);
    }
    p.level = bits.read(8);
    return p;
}

// ISO/IEC 14496-15 annex E.3: the compatibility bits in reverse, the constraint bytes without the zeros at their end.
std::string hevc(const HevcProfile& p) {
    std::uint32_t reversed = 0;
    for (int bit = 0; bit < 32; ++bit) {
        reversed |= (p.compatibility >> bit & 1u) << (31 - bit);
    }
    const char* spaces[] = {"", "A", "B", "C"};
    std::string text =
        printed("hvc1.%s%u.%X.%c%u", spaces[p.space & 3], p.profile, reversed, p.tier ? 'H' : 'L', p.level);
    std::size_t used = p.constraints.size();
    while (used > 0 && p.constraints[used - 1] == 0) {
        --used;
    }
    for (std::size_t i = 0; i < used; ++i) {
        text += printed(".%X", p.constraints[i]);
    }
    return text;
}

std::string hevcString(const CopiedCodec& stream) {
    const Bytes data = stream.extradata;
    std::vector<std::uint8_t> sps;
    std::optional<BitReader> bits;
    if (isAnnexB(data)) {
        sps = nalUnit(data, [](std::uint8_t head) { return (head >> 1 & 0x3F) == 33; });
        bits.emplace(sps);
        bits->read(24);                              // the NAL unit's header, then ids that are of no use here
    } else if (data.size() >= 23 && data[0] <= 1) {  // writers before the standard was ready said version 0
        bits.emplace(data);
        bits->read(8);
    }
    if (bits) {
        const HevcProfile profile = readHevcProfile(*bits);
        return bits->overrun() || profile.level == 0 ? "" : hevc(profile);
    }
    if (stream.level <= 0 || (stream.profile != 1 && stream.profile != 2)) {
        return {};
    }
    return printed(stream.profile == 1 ? "hvc1.1.6.L%d.B0" : "hvc1.2.4.L%d.B0", stream.level);
}

constexpr int pq = 16, hlg = 18, bt2020 = 9, unspecified = 2;

bool isHdr(int transfer) {
    return transfer == pq || transfer == hlg;
}

// Primaries, transfer and matrix; what a stream in HDR does not say is BT.2020's.
std::string colourNumbers(const CodedColours& colours) {
    const auto known = [](int number) { return number == unspecified ? bt2020 : number & 0xFF; };
    return printed("%02d.%02d.%02d", known(colours.primaries), colours.transfer, known(colours.matrix));
}

// What follows the depth are chroma's place and colours: left out, they are BT.709's (VP Codec ISO Media File Format
// Binding, section 4; AV1 in ISO BMFF, section 5). `chroma` in the form of each.
std::string vp9Colours(int chroma, const CodedColours& colours) {
    return isHdr(colours.transfer)
               ? printed(".%02d.", chroma & 7) + colourNumbers(colours) + printed(".%02d", int{colours.fullRange})
               : "";
}

std::string av1Colours(const std::string& chroma, const CodedColours& colours) {
    return isHdr(colours.transfer)
               ? "." + chroma + "." + colourNumbers(colours) + printed(".%d", int{colours.fullRange})
               : "";
}

// AV1 in ISO BMFF, sections 2.3 (av1C) and 5.
std::string av1String(const CopiedCodec& stream) {
    const Bytes data = stream.extradata;
    if (data.size() >= 4 && data[0] == 0x81) {
        const bool high = data[2] & 0x40, twelve = data[2] & 0x20;
        const int place = (data[2] & 0x0C) == 0x0C ? data[2] & 3 : 0;  // of 4:2:0 alone
        return printed("av01.%d.%02d%c.%02d", data[1] >> 5, data[1] & 0x1F, data[2] & 0x80 ? 'H' : 'M',
                       high ? (twelve ? 12 : 10) : 8) +
               av1Colours(printed("%d.%d%d%d", data[2] >> 4 & 1, data[2] >> 3 & 1, data[2] >> 2 & 1, place),
                          stream.colours);
    }
    if (stream.profile < 0 || stream.level < 0) {
        return {};
    }
    return printed("av01.%d.%02dM.%02d", stream.profile & 7, stream.level & 0x1F,
                   stream.bitDepth > 0 ? stream.bitDepth : 8) +
           av1Colours("0.110", stream.colours);
}

std::string vp9(int profile, int level, int depth) {
    return printed("vp09.%02d.%02d.%02d", profile & 3, level % 100, depth % 100);
}

int vp9Level(const CopiedCodec& stream) {
    VideoEncoding like;
    like.codec = "vp9";
    like.width = std::clamp(stream.width, 0, 65'536);
    like.height = std::clamp(stream.height, 0, 65'536);
    const bool known = stream.frameRate > 0 && stream.frameRate < 1000;
    like.frameRate = {static_cast<std::int32_t>(known ? stream.frameRate * 1000 : 30'000), 1000};
    return encodedLevel(like);
}

// VP Codec ISO Media File Format Binding, section 2.2 (vpcC); or WebM's list of features: id, length, value.
std::string vp9String(const CopiedCodec& stream) {
    int profile = std::max(stream.profile, 0), level = stream.level, depth = stream.bitDepth;
    CodedColours colours = stream.colours;
    int chroma = colours.chromaPlace;
    const Bytes data = stream.extradata;
    if (data.size() >= 8 && data[0] == 1 && data[1] == 0 && data[2] == 0) {
        profile = data[4];
        level = data[5];
        depth = data[6] >> 4;
        chroma = data[6] >> 1 & 7;
        if (data.size() >= 10 && data[8] != unspecified) {
            colours = {data[7], data[8], data[9], (data[6] & 1) != 0, chroma};
        }
    } else {
        for (std::size_t i = 0; i + 2 < data.size() && data[i + 1] == 1; i += 3) {
            (data[i] == 1   ? profile
             : data[i] == 2 ? level
             : data[i] == 3 ? depth
                            : chroma) = data[i] <= 4 ? data[i + 2] : chroma;
        }
    }
    return vp9(profile, level > 0 ? level : vp9Level(stream),
               depth > 0      ? depth
               : profile >= 2 ? 10
                              : 8) +
           vp9Colours(chroma, colours);
}

// The length of an expandable descriptor: ISO/IEC 14496-1 section 8.3.3.
std::uint32_t descriptorLength(BitReader& bits) {
    std::uint32_t length = 0;
    for (int i = 0; i < 4; ++i) {
        const std::uint32_t byte = bits.read(8);
        length = length << 7 | (byte & 0x7F);
        if (!(byte & 0x80)) {
            break;
        }
    }
    return length;
}

// Past the descriptors of an esds to the AudioSpecificConfig: ISO/IEC 14496-1 section 7.2.6.
bool enterEsds(BitReader& bits) {
    bits.read(8);  // ES_DescrTag
    descriptorLength(bits);
    bits.read(16);
    const std::uint32_t flags = bits.read(8);
    bits.read(flags & 0x80 ? 16 : 0);
    for (std::uint32_t skip = flags & 0x40 ? bits.read(8) : 0; skip > 0; --skip) {
        bits.read(8);
    }
    bits.read(flags & 0x20 ? 16 : 0);
    const bool config = bits.read(8) == 4;
    descriptorLength(bits);
    const bool aac = bits.read(8) == 0x40;
    for (int i = 0; i < 3; ++i) {
        bits.read(32);
    }
    const bool specific = bits.read(8) == 5;
    descriptorLength(bits);
    return config && aac && specific;
}

std::uint32_t audioObjectType(BitReader& bits) {
    const std::uint32_t type = bits.read(5);
    return type == 31 ? 32 + bits.read(6) : type;
}

void skipFrequency(BitReader& bits) {
    if (bits.read(4) == 15) {
        bits.read(24);
    }
}

// The extension that a plain AAC-LC configuration may have behind it: ISO/IEC 14496-3 section 1.6.5.2. 0: none.
std::uint32_t extensionType(BitReader& bits) {
    skipFrequency(bits);
    const bool ownLayout = bits.read(4) == 0;
    bits.read(1);
    bits.read(bits.read(1) ? 14 : 0);
    const bool extended = bits.read(1);
    if (ownLayout || extended || bits.read(11) != 0x2B7 || audioObjectType(bits) != 5 || !bits.read(1)) {
        return 0;
    }
    skipFrequency(bits);
    return bits.read(11) == 0x548 && bits.read(1) ? 29 : 5;
}

std::string aacString(const CopiedCodec& stream) {
    const Bytes data = stream.extradata;
    // FFmpeg's profiles are object types less one.
    std::uint32_t type =
        stream.profile >= 0 && stream.profile < 95 ? static_cast<std::uint32_t>(stream.profile) + 1 : 2;
    if (data.size() >= 2) {
        BitReader bits(data);
        if (data[0] == 3 && !enterEsds(bits)) {
            return {};
        }
        const std::uint32_t said = audioObjectType(bits);
        const std::uint32_t extension = said == 2 ? extensionType(bits) : 0;
        const bool profileKnowsMore = said == 2 && (type == 5 || type == 29);  // libav saw it in the frames
        type = extension ? extension : profileKnowsMore ? type : said;
    }
    return type > 0 ? printed("mp4a.40.%u", type) : "";
}

}  // namespace

std::string codecString(const CopiedCodec& stream) {
    constexpr std::pair<std::string_view, std::string_view> plain[] = {
        {"ac3", "ac-3"}, {"eac3", "ec-3"}, {"flac", "fLaC"}, {"opus", "Opus"}, {"mp3", "mp4a.6B"}};
    constexpr std::pair<std::string_view, std::string (*)(const CopiedCodec&)> read[] = {
        {"h264", avcString}, {"hevc", hevcString}, {"av1", av1String}, {"vp9", vp9String}, {"aac", aacString}};
    for (const auto& [codec, text] : plain) {
        if (codec == stream.codec) {
            return std::string(text);
        }
    }
    for (const auto& [codec, reader] : read) {
        if (codec == stream.codec) {
            return reader(stream);
        }
    }
    return {};
}

std::string withRange(std::string codecs, core::HdrKind range) {
    const bool bare = std::count(codecs.begin(), codecs.end(), '.') == 3;
    if (!bare || range == core::HdrKind::None) {
        return codecs;
    }
    const CodedColours usual{bt2020, range == core::HdrKind::Hlg ? hlg : pq, bt2020};
    return codecs.starts_with("vp09.")   ? codecs + vp9Colours(usual.chromaPlace, usual)
           : codecs.starts_with("av01.") ? codecs + av1Colours("0.110", usual)
                                         : codecs;
}

std::string codecString(const VideoEncoding& encoding, core::HdrKind range) {
    const int level = encodedLevel(encoding);
    const bool tenBit = range != core::HdrKind::None;
    const CodedColours colours{bt2020, range == core::HdrKind::Hlg ? hlg : pq, bt2020};
    if (encoding.codec == "hevc") {
        // x265 says progressive and frames only.
        return printed(tenBit ? "hvc1.2.4.L%d.90" : "hvc1.1.6.L%d.90", level);
    }
    if (encoding.codec == "vp9") {
        return tenBit ? vp9(2, level, 10) + vp9Colours(0, colours) : vp9(0, level, 8);
    }
    if (encoding.codec == "av1") {
        return tenBit ? printed("av01.0.%02dM.10", level) + av1Colours("0.110", colours)
                      : printed("av01.0.%02dM.08", level);
    }
    return encoding.codec == "h264" ? avc(100, 0, level) : "";
}

std::string codecString(const AudioEncoding& encoding) {
    CopiedCodec like;
    like.codec = encoding.codec;
    return codecString(like);
}

}  // namespace marea::server
