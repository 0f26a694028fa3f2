#include "server/stream/title.h"

#include <algorithm>
#include <charconv>
#include <variant>

#include "server/stream/protection.h"
#include "server/video/besidestreams.h"

namespace marea::server {

core::Result<SegmentSource> StreamTitle::source() const {
    auto own = handle.duplicate();
    if (!own) {
        return core::unexpected<core::Error>(own.error());
    }
    return SegmentSource{std::move(*own), name, fingerprint};
}

namespace {

const TitlePictures* findBeside(const StreamTitle& title, int stream) {
    const auto found = std::find_if(title.beside.begin(), title.beside.end(),
                                    [&](const TitlePictures& one) { return one.source.stream == stream; });
    return found == title.beside.end() ? nullptr : &*found;
}

std::optional<int> burntBeside(const std::vector<TrackSpec>& tracks) {
    for (const TrackSpec& track : tracks) {
        const auto* video = std::get_if<VideoEncoding>(&track.encoding);
        if (video && video->burnStream && isBeside(*video->burnStream)) {
            return video->burnStream;
        }
    }
    return std::nullopt;
}

// "…-burn12345" and what may follow.
std::optional<int> burntBeside(std::string_view rendition) {
    constexpr std::string_view word = "-burn";
    const std::size_t at = rendition.find(word);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    int stream = 0;
    const char* digits = rendition.data() + at + word.size();
    std::from_chars(digits, rendition.data() + rendition.size(), stream);
    return isBeside(stream) ? std::optional(stream) : std::nullopt;
}

}  // namespace

core::Result<SegmentSource> StreamTitle::source(const std::vector<TrackSpec>& tracks) const {
    auto own = source();
    const auto burnt = burntBeside(tracks);
    if (!own || !burnt) {
        return own;
    }
    const TitlePictures* pictures = findBeside(*this, *burnt);
    auto theirs = pictures ? pictures->source.duplicate()
                           : core::fail(core::ErrorCode::NotFound, "These subtitles are not there any more.");
    if (!theirs) {
        return core::unexpected<core::Error>(theirs.error());
    }
    own->beside = std::move(*theirs);
    return own;
}

std::string StreamTitle::fingerprintOf(std::string_view rendition) const {
    const auto burnt = burntBeside(rendition);
    const TitlePictures* pictures = burnt ? findBeside(*this, *burnt) : nullptr;
    return pictures ? fingerprint + " " + pictures->fingerprint : fingerprint;
}

core::Error protectedError() {
    return {core::ErrorCode::Forbidden, "protected",
            "This title is protected: it goes out encrypted, in segments, and in no other way."};
}

}  // namespace marea::server
