#include "server/packaging/webmtracks.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/media/language.h"
#include "server/packaging/ebml.h"
#include "server/packaging/movieparts.h"
#include "server/packaging/timegrid.h"
#include "server/packaging/webmelements.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::unexpected;

constexpr std::int64_t kOpusRate = 48'000, kNanoseconds = 1'000'000'000;

core::unexpected<core::Error> notOurs(const char* what) {
    return core::fail(ErrorCode::Corrupt, "A part of the file is damaged.", what);
}

struct Tag {
    std::uint32_t id = 0;
    std::string_view whole, body;
};

// 0: there is none.
std::size_t lengthOf(std::uint8_t first) {
    std::size_t length = 1;
    for (unsigned mask = 0x80; length <= 8 && !(first & mask); mask >>= 1) {
        ++length;
    }
    return length <= 8 ? length : 0;
}

// Takes an element off the front; one of unknown size reaches to the end.
std::optional<Tag> take(std::string_view& bytes) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
    const std::size_t idLength = bytes.empty() ? 0 : lengthOf(byte(0));
    if (idLength == 0 || idLength > 4 || idLength >= bytes.size()) {
        return std::nullopt;
    }
    const std::size_t sizeLength = lengthOf(byte(idLength)), head = idLength + sizeLength;
    if (sizeLength == 0 || head > bytes.size()) {
        return std::nullopt;
    }
    Tag tag;
    for (std::size_t i = 0; i < idLength; ++i) {
        tag.id = tag.id << 8 | byte(i);
    }
    std::uint64_t size = byte(idLength) & (0xFFU >> sizeLength);
    bool isUnknown = size == 0xFFU >> sizeLength;
    for (std::size_t i = 1; i < sizeLength; ++i) {
        size = size << 8 | byte(idLength + i);
        isUnknown = isUnknown && byte(idLength + i) == 0xFF;
    }
    size = isUnknown ? bytes.size() - head : size;
    if (size > bytes.size() - head) {
        return std::nullopt;
    }
    tag.whole = bytes.substr(0, head + size);
    tag.body = bytes.substr(head, size);
    bytes.remove_prefix(tag.whole.size());
    return tag;
}

std::optional<std::string_view> find(std::string_view bytes, std::uint32_t id) {
    while (const auto tag = take(bytes)) {
        if (tag->id == id) {
            return tag->body;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> entryOf(std::string_view head) {
    const auto whole = find(head, webm::segment);
    const auto list = whole ? find(*whole, webm::tracks) : std::nullopt;
    return list ? find(*list, webm::trackEntry) : std::nullopt;
}

std::int64_t preSkipOf(std::string_view opusHead) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(opusHead[at]); };
    return byte(webm::preSkipAt) | byte(webm::preSkipAt + 1) << 8;
}

std::string withPreSkip(std::string_view opusHead, std::int64_t samples) {
    std::string head(opusHead);
    head[webm::preSkipAt] = static_cast<char>(samples & 0xFF);
    head[webm::preSkipAt + 1] = static_cast<char>(samples >> 8);
    return head;
}

// What all samples last, where that is the same; else 0.
std::int64_t commonLength(const MovieTrack& track) {
    std::int64_t length = 0;
    for (const MovieChunk& chunk : track.chunks) {
        for (const MovieSample& sample : chunk.samples) {
            if (length != 0 && sample.length != length) {
                return 0;
            }
            length = sample.length;
        }
    }
    return length;
}

void aboutTrack(EbmlWriter& out, const std::string& language, const std::string& title, bool isDefault, bool isForced) {
    const std::string code = core::languageCode(language);
    out.number(webm::flagDefault, isDefault);
    if (isForced) {
        out.number(webm::flagForced, 1);
    }
    out.bytes(webm::language, code.empty() ? "und" : code);
    if (!language.empty()) {
        out.bytes(webm::languageBcp47, language);
    }
    if (!title.empty()) {
        out.bytes(webm::name, title);
    }
}

const MovieSample* firstSample(const MovieTrack& track) {
    for (const MovieChunk& chunk : track.chunks) {
        if (!chunk.samples.empty()) {
            return &chunk.samples.front();
        }
    }
    return nullptr;
}

// The head's entry with a number, a language and so on of its own.
std::string entryFor(const MovieTrack& track, const WebmTrack& about, std::string_view entry, std::uint64_t number) {
    std::string inner, all;
    EbmlWriter out(inner);
    out.number(webm::trackNumber, number);
    out.number(webm::trackUid, number);
    aboutTrack(out, track.language, track.title, track.isDefault, false);
    if (const std::int64_t length = about.isOpus ? 0 : commonLength(track); length > 0) {
        out.number(webm::defaultDuration, static_cast<std::uint64_t>(rescale(length, kNanoseconds, about.scale)));
    }
    while (const auto tag = take(entry)) {
        if (tag->id == webm::codecPrivate && about.isOpus) {
            out.bytes(webm::codecPrivate, withPreSkip(tag->body, about.preSkip));
        } else if (tag->id == webm::codecDelay) {
            out.number(webm::codecDelay, static_cast<std::uint64_t>(rescale(about.preSkip, kNanoseconds, kOpusRate)));
        } else if (tag->id != webm::trackNumber && tag->id != webm::trackUid) {
            inner.append(tag->whole);
        }
    }
    EbmlWriter(all).bytes(webm::trackEntry, inner);
    return all;
}

}  // namespace

std::int64_t WebmTrack::presented(std::int64_t at) const {
    return rescale(at - shift, 1000, scale);
}

std::int64_t WebmTrack::inBlock(std::int64_t at) const {
    const std::int64_t delay = rescale(preSkip, scale, kOpusRate);
    return std::max<std::int64_t>(rescale(at - shift + delay, 1000, scale), 0);
}

Result<WebmTrack> webmTrack(const MovieTrack& track, std::uint64_t number) {
    const auto init = partsOf(track.init);
    if (!init) {
        return unexpected<core::Error>(init.error());
    }
    const auto entry = entryOf(track.webmHead);
    const MovieSample* first = firstSample(track);
    if (!entry || !first) {
        return entry ? core::fail(ErrorCode::Unprocessable, "There is nothing in this track.")
                     : notOurs("no WebM head");
    }
    WebmTrack made;
    made.scale = init->scale;
    made.shift = rescale(kPresentationShift, made.scale, kTicksPerSecond);
    made.isOpus = find(*entry, webm::codecId) == "A_OPUS";
    if (made.isOpus) {
        const auto head = find(*entry, webm::codecPrivate);
        if (!head || head->size() < webm::opusHeadSize) {
            return notOurs("no head of Opus");
        }
        // What begins before the title is thrown away as well.
        const std::int64_t before = rescale(made.shift - first->at, kOpusRate, made.scale);
        made.preSkip = std::clamp<std::int64_t>(before, preSkipOf(*head), 0xFFFF);
    }
    made.entry = entryFor(track, made, *entry, number);
    return made;
}

std::string webmTextEntry(const MovieText& text, std::uint64_t number) {
    std::string inner, all;
    EbmlWriter out(inner);
    out.number(webm::trackNumber, number);
    out.number(webm::trackUid, number);
    out.number(webm::trackType, 17);
    out.number(webm::flagLacing, 0);
    aboutTrack(out, text.language, text.title, text.isDefault, text.isForced);
    out.bytes(webm::codecId, "D_WEBVTT/SUBTITLES");
    EbmlWriter(all).bytes(webm::trackEntry, inner);
    return all;
}

std::string webmTextFrame(const Cue& cue) {
    return cue.id + "\n" + cue.settings + "\n" + cue.text;
}

}  // namespace marea::server
