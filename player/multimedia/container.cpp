#include "player/multimedia/container.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace marea::player {
namespace {

using std::string_view;
using namespace std::string_view_literals;

constexpr std::size_t kLooked = 64 * 1024;  // media have a zero byte long before

struct Mark {
    std::size_t at;
    string_view bytes;
};

// All marks that the beginning of one format has.
struct Format {
    Mark first;
    Mark second = {};
};

const std::vector<Format>& formats() {
    static const std::vector<Format> all{
        {{0, "\x1a\x45\xdf\xa3"sv}},  // Matroska, WebM
        {{4, "ftyp"sv}},              // ISO base media
        {{4, "moov"sv}},
        {{4, "mdat"sv}},
        {{4, "wide"sv}},
        {{0, "OggS\0"sv}},
        {{0, "fLaC"sv}},
        {{0, "RIFF"sv}, {8, "AVI "sv}},
        {{0, "RIFF"sv}, {8, "WAVE"sv}},
        {{0, "RF64"sv}, {8, "WAVE"sv}},
        {{0, "FORM"sv}, {8, "AIFF"sv}},
        {{0, "FORM"sv}, {8, "AIFC"sv}},
        {{0, "FLV\x01"sv}},
        {{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv}},  // ASF
        {{0, "\0\0\x01\xba"sv}},                      // MPEG programme stream
        {{0, "\0\0\x01\xb3"sv}},                      // MPEG video
        {{0, "\0\0\0\x01"sv}},                        // H.264 and H.265 by themselves
        {{0, "\x47"sv}, {188, "\x47"sv}},             // MPEG transport stream
        {{4, "\x47"sv}, {196, "\x47"sv}},             // the same, as in AVCHD
        {{0, "\x0b\x77"sv}},                          // AC-3
        {{0, "\x7f\xfe\x80\x01"sv}},                  // DTS
        {{0, "MAC "sv}},
        {{0, "wvpk"sv}},
        {{0, "TTA1"sv}},
        {{0, "MPCK"sv}},
        {{0, "MP+"sv}},
        {{0, "caff"sv}},
        {{0, ".snd"sv}},
        {{0, "DSD "sv}},
        {{0, "FRM8"sv}},
        {{0, "#!AMR"sv}},
        {{0, "tBaK"sv}},
        {{0, "DKIF"sv}},  // IVF
    };
    return all;
}

bool has(string_view head, const Mark& mark) {
    return head.size() >= mark.at + mark.bytes.size() && head.substr(mark.at, mark.bytes.size()) == mark.bytes;
}

unsigned byteAt(string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// ISO/IEC 11172-3 2.4.2.3, and 14496-3 for ADTS, whose layer is 0: eleven bits set, and no value that is reserved.
bool isAudioFrame(string_view head) {
    if (head.size() < 4 || byteAt(head, 0) != 0xff || (byteAt(head, 1) & 0xe0) != 0xe0)
        return false;
    const unsigned version = byteAt(head, 1) >> 3 & 3, layer = byteAt(head, 1) >> 1 & 3;
    if (layer == 0)
        return (byteAt(head, 1) & 0xf0) == 0xf0 && (byteAt(head, 2) >> 2 & 15) < 13;
    return version != 1 && byteAt(head, 2) >> 4 != 15 && (byteAt(head, 2) >> 2 & 3) != 3;
}

// libav looks for some of its text formats anywhere in the text at the beginning, which a zero byte ends.
bool namesOthers(string_view head) {
    const auto end = head.find('\0');
    if (end == string_view::npos && head.size() == kLooked)
        return true;
    std::string text(head.substr(0, end));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto contains = [&](string_view word) { return text.find(word) != std::string::npos; };
    return contains("<mpd") || contains("<smil") || contains("<smoothstreaming") || contains("#extm3u");
}

bool isContainer(string_view head) {
    const auto is = [head](const Format& format) { return has(head, format.first) && has(head, format.second); };
    return !namesOthers(head) && (isAudioFrame(head) || std::any_of(formats().begin(), formats().end(), is));
}

core::Result<std::string> readAt(ByteSource& bytes, std::int64_t offset) {
    std::string head(kLooked, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        const auto got = bytes.read(offset + static_cast<std::int64_t>(filled), std::span(head).subspan(filled));
        if (!got)
            return core::unexpected<core::Error>(got.error());
        if (*got == 0)
            break;
        filled += *got;
    }
    head.resize(filled);
    return head;
}

// Bytes of a leading ID3v2 tag (id3.org, 2.4.0, section 3.1); 0: there is none.
std::int64_t tagLength(string_view head) {
    if (head.size() < 10 || head.substr(0, 3) != "ID3")
        return 0;
    std::int64_t size = 0;
    for (std::size_t i = 6; i < 10; ++i)
        size = size << 7 | (byteAt(head, i) & 0x7f);
    return 10 + size + ((byteAt(head, 5) & 0x10) != 0 ? 10 : 0);
}

}  // namespace

core::Result<bool> isPlainMedia(ByteSource& bytes) {
    auto head = readAt(bytes, 0);
    if (!head)
        return core::unexpected<core::Error>(head.error());
    const auto tag = tagLength(*head);
    if (tag == 0)
        return isContainer(*head);
    if (namesOthers(*head))
        return false;
    head = readAt(bytes, tag);
    if (!head)
        return core::unexpected<core::Error>(head.error());
    return isContainer(string_view(*head).substr(std::min(head->find_first_not_of('\0'), head->size())));
}

}  // namespace marea::player
