#include "server/packaging/webmfile.h"

#include <algorithm>
#include <optional>

#include "core/media/language.h"
#include "server/packaging/ebml.h"
#include "server/packaging/timegrid.h"
#include "server/packaging/webmelements.h"
#include "server/packaging/webmtracks.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::StreamKind;
using core::unexpected;
using Block = WebmLayout::Block;
using Cluster = WebmLayout::Cluster;

constexpr std::uint32_t kLongestCluster = 5000;  // ms; a block's time is a number of 16 bits
constexpr std::uint64_t kNanosecondsInMs = 1'000'000;

// An element's id and its size in as few bytes as it takes.
std::string headOf(std::uint32_t element, std::uint64_t size) {
    std::string bytes;
    EbmlWriter out(bytes);
    out.id(element);
    int length = 1;
    while (length < 8 && size >= (std::uint64_t{1} << (7 * length)) - 1) {
        ++length;
    }
    out.put(size | std::uint64_t{1} << (7 * length), length);
    return bytes;
}

std::string wrapped(std::uint32_t element, std::string_view inner) {
    return headOf(element, inner.size()).append(inner);
}

// In eight bytes, so that its size does not depend on it.
void place(EbmlWriter& out, std::uint32_t element, std::uint64_t value) {
    out.id(element);
    out.put(0x88, 1);
    out.put(value, 8);
}

// Blocks

// All that stands before a block's frame, with the heads of what it is in; and what stands behind it.
struct Wrapping {
    std::string before, behind;
};

Wrapping wrappingOf(const Block& block, std::uint32_t clusterAt, bool isText) {
    std::string times, behind;
    EbmlWriter out(times), after(behind);
    const bool grouped = block.length > 0 || block.discard > 0 || isText;
    out.put(0x80 | (block.track + 1), 1);
    out.put(static_cast<std::uint16_t>(static_cast<std::int16_t>(block.at - clusterAt)), 2);
    out.put(!grouped && block.isSync ? 0x80 : 0, 1);
    if (!grouped) {
        return {headOf(webm::simpleBlock, times.size() + block.size) + times, {}};
    }
    if (block.length > 0) {
        after.number(webm::blockDuration, block.length);
    }
    if (!block.isSync) {
        after.bytes(webm::referenceBlock, std::string_view("\xFF", 1));  // the millisecond before: there is one
    }
    if (block.discard > 0) {
        place(after, webm::discardPadding, block.discard);
    }
    const std::string own = headOf(webm::block, times.size() + block.size) + times;
    return {headOf(webm::blockGroup, own.size() + block.size + behind.size()) + own, behind};
}

bool isTextOf(const Movie& movie, const Block& block) {
    return block.track >= movie.tracks.size();
}

std::string clusterHead(const Cluster& cluster, std::uint64_t inner) {
    std::string time;
    EbmlWriter(time).number(webm::timestamp, cluster.at);
    return headOf(webm::cluster, time.size() + inner) + time;
}

void measure(const Movie& movie, Cluster& cluster) {
    std::uint64_t inner = 0;
    for (const Block& block : cluster.blocks) {
        const Wrapping around = wrappingOf(block, cluster.at, isTextOf(movie, block));
        inner += around.before.size() + block.size + around.behind.size();
    }
    cluster.size = clusterHead(cluster, inner).size() + inner;
}

// How long the title is presented, to the end of what lasts longest: ms, not whole ones.
struct Ends {
    double longest = 0;
    void add(double seconds) { longest = std::max(longest, seconds * 1000); }
};

// Blocks of a track in their order; the last says how long it lasts.
void addBlocks(const MovieTrack& track, const WebmTrack& times, std::uint32_t number, std::vector<Block>& blocks,
               Ends& ends) {
    const MovieSample* last = nullptr;
    const std::size_t first = blocks.size();
    for (std::size_t chunk = 0; chunk < track.chunks.size(); ++chunk) {
        auto from = static_cast<std::uint32_t>(track.chunks[chunk].offset);
        for (const MovieSample& sample : track.chunks[chunk].samples) {
            const auto at = static_cast<std::uint32_t>(times.inBlock(sample.at + sample.offset));
            blocks.push_back({number, static_cast<std::uint32_t>(chunk), at, from, sample.size,
                              sample.isSync || times.isOpus, 0, 0});
            from += sample.size;
            last = &sample;
        }
    }
    if (blocks.size() == first || !last) {
        return;
    }
    const std::int64_t whole = last->at + last->offset + static_cast<std::int64_t>(last->length);
    std::int64_t end = whole;
    if (track.end) {
        end = std::clamp(times.shift + rescale(*track.end, times.scale, kTicksPerSecond), last->at, whole);
    }
    Block& block = blocks.back();
    block.length = static_cast<std::uint32_t>(std::max<std::int64_t>(times.inBlock(end) - block.at, 1));
    block.discard = times.isOpus ? static_cast<std::uint32_t>(rescale(whole - end, 1'000'000'000, times.scale)) : 0;
    ends.add(static_cast<double>(end - times.shift) / static_cast<double>(times.scale));
}

void addCues(const MovieText& text, std::uint32_t number, std::vector<Block>& blocks) {
    for (std::size_t i = 0; i < text.cues.size(); ++i) {
        const Cue& cue = text.cues[i];
        blocks.push_back({number, static_cast<std::uint32_t>(i),
                          static_cast<std::uint32_t>(std::max<Millis>(cue.start, 0)), 0,
                          static_cast<std::uint32_t>(webmTextFrame(cue).size()), true,
                          static_cast<std::uint32_t>(std::max<Millis>(cue.end - cue.start, 1)), 0});
    }
}

// A new one at the first picture, at each that decodes alone once a second has passed, and where one gets too long.
std::vector<Cluster> clustersOf(const Movie& movie, const std::vector<Block>& blocks) {
    constexpr std::uint32_t least = 1000;
    std::vector<Cluster> clusters;
    bool isShown = false;
    for (const Block& block : blocks) {
        const bool isPicture = !isTextOf(movie, block) && movie.tracks[block.track].kind == StreamKind::Video;
        const std::uint32_t since = clusters.empty() ? 0 : block.at - clusters.back().at;
        const bool isEntry = isPicture && block.isSync && (since >= least || !isShown);
        if (clusters.empty() || isEntry || since >= kLongestCluster) {
            clusters.push_back({block.at, {}, 0});
        }
        isShown = isShown || isPicture;
        clusters.back().blocks.push_back(block);
    }
    for (Cluster& cluster : clusters) {
        measure(movie, cluster);
    }
    return clusters;
}

// The file's head

std::string infoOf(const Movie& movie, double duration) {
    std::string inner;
    EbmlWriter out(inner);
    out.number(webm::timestampScale, kNanosecondsInMs);
    out.real(webm::duration, duration);
    if (!movie.tags.tags.title.empty()) {
        out.bytes(webm::title, movie.tags.tags.title);
    }
    out.bytes(webm::muxingApp, "Marea");
    out.bytes(webm::writingApp, movie.tags.encodedBy.empty() ? "Marea" : movie.tags.encodedBy);
    return wrapped(webm::info, inner);
}

std::string chaptersOf(const Movie& movie) {
    if (movie.chapters.empty()) {
        return {};
    }
    std::string edition;
    std::uint64_t number = 0;
    for (const core::Chapter& chapter : movie.chapters) {
        std::string atom, display;
        EbmlWriter out(atom), shown(display);
        const auto ns = [](double seconds) { return static_cast<std::uint64_t>(std::max(seconds, 0.0) * 1e9); };
        out.number(webm::chapterUid, ++number);
        out.number(webm::chapterTimeStart, ns(chapter.start));
        out.number(webm::chapterTimeEnd, ns(chapter.end));
        shown.bytes(webm::chapString, chapter.title);
        shown.bytes(webm::chapLanguage, "und");
        out.bytes(webm::chapterDisplay, display);
        edition += wrapped(webm::chapterAtom, atom);
    }
    return wrapped(webm::chapters, wrapped(webm::editionEntry, edition));
}

std::string tagsOf(const Movie& movie) {
    const core::Tags& tags = movie.tags.tags;
    std::string inner = wrapped(webm::targets, {});
    const std::size_t before = inner.size();
    const auto add = [&](const char* name, const std::string& value) {
        std::string simple;
        EbmlWriter out(simple);
        out.bytes(webm::tagName, name);
        out.bytes(webm::tagString, value);
        inner += value.empty() ? std::string() : wrapped(webm::simpleTag, simple);
    };
    add("TITLE", tags.title);
    add("ARTIST", tags.artist);
    add("DATE_RELEASED", tags.date);
    for (const std::string& genre : tags.genres) {
        add("GENRE", genre);
    }
    add("SYNOPSIS", movie.tags.overview);
    return inner.size() > before ? wrapped(webm::tags, wrapped(webm::tag, inner)) : std::string();
}

std::string fileType() {
    std::string inner;
    EbmlWriter out(inner);
    out.number(webm::ebmlVersion, 1);
    out.number(webm::ebmlReadVersion, 1);
    out.number(webm::ebmlMaxIdLength, 4);
    out.number(webm::ebmlMaxSizeLength, 8);
    out.bytes(webm::docType, "webm");
    out.number(webm::docTypeVersion, 4);
    out.number(webm::docTypeReadVersion, 2);
    return wrapped(webm::ebml, inner);
}

struct Part {
    std::uint32_t element;
    std::string bytes;
};

// Where each of the parts stands, counted from the Segment's body.
std::string seekHeadOf(const std::vector<Part>& parts, std::uint64_t from) {
    std::string inner;
    for (const Part& part : parts) {
        std::string entry, id;
        EbmlWriter(id).id(part.element);
        EbmlWriter out(entry);
        out.bytes(webm::seekId, id);
        place(out, webm::seekPosition, from);
        inner += wrapped(webm::seek, entry);
        from += part.bytes.size();
    }
    return wrapped(webm::seekHead, inner);
}

// To the clusters that begin with a picture that decodes alone, or to all where there is no picture.
std::string cuesOf(const Movie& movie, const std::vector<Cluster>& clusters, std::uint64_t from) {
    const bool withPicture = movie.tracks.front().kind == StreamKind::Video;
    std::string inner;
    for (const Cluster& cluster : clusters) {
        const Block& first = cluster.blocks.front();
        if (withPicture ? first.track == 0 && first.isSync : !isTextOf(movie, first)) {
            std::string point, positions;
            EbmlWriter out(point), where(positions);
            out.number(webm::cueTime, first.at);
            where.number(webm::cueTrack, first.track + 1);
            place(where, webm::cueClusterPosition, from);
            out.bytes(webm::cueTrackPositions, positions);
            inner += wrapped(webm::cuePoint, point);
        }
        from += cluster.size;
    }
    return inner.empty() ? inner : wrapped(webm::cues, inner);
}

std::string headOf(const Movie& movie, const std::string& entries, double duration,
                   const std::vector<Cluster>& clusters) {
    std::vector<Part> parts{{webm::info, infoOf(movie, duration)},
                            {webm::tracks, wrapped(webm::tracks, entries)},
                            {webm::chapters, chaptersOf(movie)},
                            {webm::tags, tagsOf(movie)},
                            {webm::cues, cuesOf(movie, clusters, 0)}};
    std::erase_if(parts, [](const Part& part) { return part.bytes.empty(); });
    std::uint64_t all = seekHeadOf(parts, 0).size(), media = 0;  // neither size depends on what is told there
    const std::uint64_t seekHead = all;
    for (const Part& part : parts) {
        all += part.bytes.size();
    }
    if (parts.back().element == webm::cues) {
        parts.back().bytes = cuesOf(movie, clusters, all);
    }
    for (const Cluster& cluster : clusters) {
        media += cluster.size;
    }
    std::string head = fileType();
    EbmlWriter out(head);
    out.id(webm::segment);
    out.size(all + media);
    head += seekHeadOf(parts, seekHead);
    for (const Part& part : parts) {
        head += part.bytes;
    }
    return head;
}

}  // namespace

Result<WebmLayout> layOutWebm(const Movie& movie) {
    std::vector<Block> blocks;
    std::string entries;
    Ends ends;
    for (std::uint32_t i = 0; i < movie.tracks.size(); ++i) {
        const auto track = webmTrack(movie.tracks[i], i + 1);
        if (!track) {
            return unexpected<core::Error>(track.error());
        }
        entries += track->entry;
        addBlocks(movie.tracks[i], *track, i, blocks, ends);
    }
    std::uint32_t number = static_cast<std::uint32_t>(movie.tracks.size());
    for (const MovieText& text : movie.texts) {
        entries += webmTextEntry(text, number + 1);
        addCues(text, number++, blocks);
    }
    constexpr std::uint32_t mostTracks = 126;  // in one byte
    if (movie.tracks.empty() || number > mostTracks) {
        return core::fail(ErrorCode::Unprocessable, "There is nothing, or too much, to put into the file.");
    }
    std::stable_sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) { return a.at < b.at; });
    WebmLayout layout;
    layout.clusters = clustersOf(movie, blocks);
    layout.head = headOf(movie, entries, ends.longest, layout.clusters);
    layout.size = layout.head.size();
    for (const Cluster& cluster : layout.clusters) {
        layout.size += cluster.size;
    }
    return layout;
}

Result<std::string> clusterBytes(const Movie& movie, const Cluster& cluster, const ChunkBytes& bytes) {
    std::string inner;
    for (const Block& block : cluster.blocks) {
        const Wrapping around = wrappingOf(block, cluster.at, isTextOf(movie, block));
        inner += around.before;
        if (isTextOf(movie, block)) {
            inner += webmTextFrame(movie.texts[block.track - movie.tracks.size()].cues[block.chunk]);
        } else {
            const auto segment = bytes(block.track, block.chunk);
            if (!segment || segment->size() < std::uint64_t{block.from} + block.size) {
                return segment ? core::fail(ErrorCode::Corrupt, "A part of the file is damaged.", "too short")
                               : unexpected<core::Error>(segment.error());
            }
            inner += segment->substr(block.from, block.size);
        }
        inner += around.behind;
    }
    return clusterHead(cluster, inner.size()) + inner;
}

}  // namespace marea::server
