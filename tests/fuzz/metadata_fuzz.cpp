// What files beside media, and the catalogue's own texts, say: what is read must be kept so that it reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/library/lyrics.h"
#include "core/library/mediainfojson.h"
#include "core/library/nfo.h"
#include "core/library/searchquery.h"
#include "core/library/vobsubindex.h"

using namespace marea::core::library;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto nfo = parseNfo(text)) {
        const std::string kept = toText(*nfo);
        const auto again = nfoFromText(kept);
        demand(again && toText(*again) == kept);
    }
    static_cast<void>(nfoFromText(text));
    if (const auto info = mediaInfoFromText(text)) {
        const std::string kept = toText(*info);
        const auto again = mediaInfoFromText(kept);
        demand(again && toText(*again) == kept);
    }
    const Lyrics lyrics = parseLyrics(text);
    demand(lyrics.lines.size() <= 20'000);
    for (std::size_t i = 1; lyrics.synced && i < lyrics.lines.size(); ++i)
        demand(lyrics.lines[i].start && *lyrics.lines[i - 1].start <= *lyrics.lines[i].start);
    const VobSubIndex index = vobSubIndex(text);
    demand(index.tracks.size() <= kMostVobSubTracks);
    for (const VobSubIndex::Track& track : index.tracks) {
        demand(track.number >= 0 && track.number < 32);
        for (std::size_t i = 1; i < track.entries.size(); ++i)
            demand(track.entries[i - 1].at <= track.entries[i].at);
    }
    if (const auto query = searchQuery(text)) {
        demand(!query->words.empty() && query->words.size() <= 12);
        static_cast<void>(relevance(*query, text, text, text));
    }
    return 0;
}
