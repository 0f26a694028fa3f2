#include "server/packaging/subtitles/movtext.h"

#include <algorithm>
#include <vector>

#include "server/packaging/subtitles/textlines.h"
#include "server/packaging/subtitles/webvtt.h"

namespace marea::server {
namespace {

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + count; ++i)
        value = value << 8 | (i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0u);
    return value;
}

// The next box at the front of `bytes`, which it is taken from; false at the end or where there is none.
bool nextBox(std::string_view& bytes, std::string_view& type, std::string_view& body) {
    if (bytes.size() < 8)
        return false;
    const std::size_t size = bigEndian(bytes, 0, 4);
    if (size < 8 || size > bytes.size())
        return false;
    type = bytes.substr(4, 4);
    body = bytes.substr(8, size - 8);
    bytes.remove_prefix(size);
    return true;
}

struct StyledRange {
    std::size_t from = 0, to = 0;  // characters
    TextStyle style;
};

std::vector<StyledRange> styledRanges(std::string_view boxes) {
    constexpr std::size_t kRecord = 12;
    std::vector<StyledRange> out;
    std::string_view type, body;
    while (nextBox(boxes, type, body)) {
        const std::size_t count = type == "styl" ? bigEndian(body, 0, 2) : 0;
        for (std::size_t i = 0, at = 2; i < count && at + kRecord <= body.size(); ++i, at += kRecord) {
            const std::uint32_t face = bigEndian(body, at + 6, 1), colour = bigEndian(body, at + 8, 3);
            out.push_back(
                {bigEndian(body, at, 2),
                 bigEndian(body, at + 2, 2),
                 {(face & 1) != 0, (face & 2) != 0, (face & 4) != 0, colour == 0xFFFFFF ? kNoColour : colour}});
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return out;
}

}  // namespace

void readMovText(std::string_view sample, CueColours& colours, Cue& cue) {
    const std::size_t length =
        std::min<std::size_t>(bigEndian(sample, 0, 2), sample.size() < 2 ? 0 : sample.size() - 2);
    const std::string_view text = length > 0 ? sample.substr(2, length) : std::string_view();
    const auto ranges = styledRanges(length > 0 ? sample.substr(2 + length) : std::string_view());
    CueText out(colours);
    std::size_t character = 0, range = 0;
    for (std::size_t at = 0; at < text.size(); ++character) {
        std::size_t next = at + 1;
        while (next < text.size() && (static_cast<std::uint8_t>(text[next]) & 0xC0) == 0x80)
            ++next;
        while (range < ranges.size() && ranges[range].to <= character)
            ++range;
        const bool styled = range < ranges.size() && ranges[range].from <= character;
        const bool breaks = text[at] == '\r' && (next >= text.size() || text[next] != '\n');
        out.append(breaks ? "\n" : text.substr(at, next - at), styled ? ranges[range].style : TextStyle());
        at = next;
    }
    cue.text = out.take();
}

void readMp4WebVtt(std::string_view sample, Millis start, Millis end, Subtitles& out) {
    std::string_view type, body;
    while (out.cues.size() < kMostCues && nextBox(sample, type, body)) {
        if (type != "vttc")
            continue;
        Cue cue{start, end, {}, {}, {}};
        std::string_view inner, value;
        while (nextBox(body, inner, value)) {
            if (inner == "payl")
                cue.text = cleanCueText(value);
            else if (inner == "sttg")
                cue.settings = cleanCueSettings(value);
            else if (inner == "iden")
                cue.id = cleanCueId(value);
        }
        out.cues.push_back(std::move(cue));
    }
}

}  // namespace marea::server
