#include "server/packaging/movieboxes.h"

#include <algorithm>
#include <limits>

#include "core/media/language.h"
#include "server/packaging/mp4boxes.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

// A time in as many bits as its box's version has.
void putTime(BoxWriter& box, std::uint64_t value, bool wide) {
    if (wide) {
        box.u64(value);
    } else {
        box.u32(static_cast<std::uint32_t>(value));
    }
}

bool isWide(std::uint64_t value) {
    return value > std::numeric_limits<std::uint32_t>::max();
}

// ISO 639-2/T in five bits a letter (section 8.4.2); what has no such code is "und".
std::uint16_t packedLanguage(const std::string& tag) {
    const std::string code = core::languageCode(tag);
    std::uint16_t packed = 0;
    for (const char letter : code.empty() ? std::string("und") : code) {
        packed = static_cast<std::uint16_t>(packed << 5 | (letter - 0x60));
    }
    return packed;
}

// Runs of equal numbers, as stts, ctts and stsc count them.
template <class T>
std::vector<std::pair<std::uint32_t, T>> runs(const std::vector<T>& values) {
    std::vector<std::pair<std::uint32_t, T>> found;
    for (const T& value : values) {
        if (found.empty() || found.back().second != value) {
            found.emplace_back(0, value);
        }
        ++found.back().first;
    }
    return found;
}

// 3GPP TS 26.245 section 5.16: white, in the middle, at the bottom.
std::string textEntry(bool isForced) {
    std::string out;
    BoxWriter box(out);
    box.beginFull("stsd", 0, 0);
    box.u32(1);
    box.begin("tx3g");
    box.bytes(std::string(6, '\0'));
    box.u16(1);                                       // data reference
    box.u32(isForced ? 0xC0000000U : 0);              // all of it is forced (QuickTime)
    box.u8(1);                                        // in the middle
    box.u8(0xFF);                                     // at the bottom
    box.u32(0);                                       // no background
    box.bytes(std::string(8, '\0'));                  // the box: all of the track
    box.bytes(std::string("\0\0\0\0\0\1\0\x12", 8));  // style: all text, font 1, plain, 18
    box.u32(0xFFFFFFFF);                              // white
    box.begin("ftab");
    box.u16(1);
    box.u16(1);
    box.u8(5);
    box.bytes("Serif");
    box.end();
    box.end();
    box.end();
    return out;
}

void writeTimes(BoxWriter& box, const LaidTrack& track) {
    std::vector<std::uint32_t> lengths;
    std::vector<std::int32_t> offsets;
    for (const MovieSample& sample : track.samples) {
        lengths.push_back(sample.length);
        offsets.push_back(sample.offset);
    }
    const auto timed = runs(lengths);
    box.beginFull("stts", 0, 0);
    box.u32(static_cast<std::uint32_t>(timed.size()));
    for (const auto& [count, length] : timed) {
        box.u32(count);
        box.u32(length);
    }
    box.end();
    if (std::all_of(offsets.begin(), offsets.end(), [](std::int32_t offset) { return offset == 0; })) {
        return;
    }
    const bool negative = std::any_of(offsets.begin(), offsets.end(), [](std::int32_t offset) { return offset < 0; });
    const auto shifted = runs(offsets);
    box.beginFull("ctts", negative ? 1 : 0, 0);
    box.u32(static_cast<std::uint32_t>(shifted.size()));
    for (const auto& [count, offset] : shifted) {
        box.u32(count);
        box.u32(static_cast<std::uint32_t>(offset));
    }
    box.end();
}

void writeSync(BoxWriter& box, const LaidTrack& track) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        if (track.samples[i].isSync) {
            numbers.push_back(static_cast<std::uint32_t>(i + 1));
        }
    }
    if (numbers.size() == track.samples.size()) {
        return;
    }
    box.beginFull("stss", 0, 0);
    box.u32(static_cast<std::uint32_t>(numbers.size()));
    for (const std::uint32_t number : numbers) {
        box.u32(number);
    }
    box.end();
}

void writeChunks(BoxWriter& box, const LaidTrack& track, bool large) {
    const auto same = runs(track.inChunk);
    box.beginFull("stsc", 0, 0);
    box.u32(static_cast<std::uint32_t>(same.size()));
    std::uint32_t chunk = 1;
    for (const auto& [count, samples] : same) {
        box.u32(chunk);
        box.u32(samples);
        box.u32(1);
        chunk += count;
    }
    box.end();
    box.beginFull("stsz", 0, 0);
    box.u32(0);
    box.u32(static_cast<std::uint32_t>(track.samples.size()));
    for (const MovieSample& sample : track.samples) {
        box.u32(sample.size);
    }
    box.end();
    box.beginFull(large ? "co64" : "stco", 0, 0);
    box.u32(static_cast<std::uint32_t>(track.places.size()));
    for (const std::uint64_t place : track.places) {
        putTime(box, place, large);
    }
    box.end();
}

void writeMedia(BoxWriter& box, const LaidTrack& track, bool large) {
    const bool wide = isWide(track.length);
    box.begin("mdia");
    box.beginFull("mdhd", wide ? 1 : 0, 0);
    putTime(box, 0, wide);
    putTime(box, 0, wide);
    box.u32(track.init.scale);
    putTime(box, track.length, wide);
    box.u16(packedLanguage(track.language));
    box.u16(0);
    box.end();
    box.beginFull("hdlr", 0, 0);
    box.u32(0);
    box.bytes(track.handler);
    box.bytes(std::string(12, '\0'));
    box.bytes(track.title + '\0');
    box.end();
    if (!track.language.empty()) {
        box.beginFull("elng", 0, 0);
        box.bytes(track.language + '\0');
        box.end();
    }
    box.begin("minf");
    if (track.init.mediaHeader.empty()) {
        box.beginFull("nmhd", 0, 0);
        box.end();
    }
    box.bytes(track.init.mediaHeader);
    box.begin("dinf");
    box.beginFull("dref", 0, 0);
    box.u32(1);
    box.beginFull("url ", 0, 1);  // in this file
    box.end();
    box.end();
    box.end();
    box.begin("stbl");
    box.bytes(track.init.samples.empty() ? textEntry(track.isForced) : std::string(track.init.samples));
    writeTimes(box, track);
    writeSync(box, track);
    writeChunks(box, track, large);
    box.end();
    box.end();
    box.end();
}

struct Scales {
    std::uint32_t movie = kTicksPerSecond;
    std::uint64_t in(std::uint64_t value, std::uint32_t scale) const {
        return static_cast<std::uint64_t>(rescale(static_cast<std::int64_t>(value), movie, scale));
    }
};

// Section 8.6.6: nothing until the track begins, or what lies before the title's start left out.
void writeEdits(BoxWriter& box, const LaidTrack& track, const Scales& scales) {
    const std::uint64_t late =
        track.begin < 0 ? scales.in(static_cast<std::uint64_t>(-track.begin), track.init.scale) : 0;
    box.begin("edts");
    box.beginFull("elst", 1, 0);
    box.u32(late > 0 ? 2 : 1);
    if (late > 0) {
        box.u64(late);
        box.u64(std::numeric_limits<std::uint64_t>::max());  // empty
        box.u32(0x10000);
    }
    box.u64(scales.in(track.shown, track.init.scale));
    box.u64(static_cast<std::uint64_t>(std::max<std::int64_t>(track.begin, 0)));
    box.u32(0x10000);
    box.end();
    box.end();
}

std::uint64_t presented(const LaidTrack& track, const Scales& scales) {
    const std::uint64_t late =
        track.begin < 0 ? scales.in(static_cast<std::uint64_t>(-track.begin), track.init.scale) : 0;
    return late + scales.in(track.shown, track.init.scale);
}

void writeTrack(BoxWriter& box, const LaidTrack& track, std::uint32_t id, const Scales& scales, bool large) {
    constexpr std::uint32_t enabled = 1, inMovie = 2, inPreview = 4;
    const std::uint64_t length = presented(track, scales);
    const bool wide = isWide(length);
    box.begin("trak");
    box.beginFull("tkhd", wide ? 1 : 0, (track.isEnabled ? enabled : 0) | inMovie | inPreview);
    putTime(box, 0, wide);
    putTime(box, 0, wide);
    box.u32(id);
    box.u32(0);
    putTime(box, length, wide);
    box.u64(0);
    box.u16(track.handler == "sbtl" ? 1 : 0);  // layer: text over the picture's
    box.u16(static_cast<std::uint32_t>(track.group));
    box.u16(track.handler == "soun" ? 0x100 : 0);
    box.u16(0);
    if (track.init.placement.empty()) {
        for (const std::uint32_t value : {0x10000U, 0U, 0U, 0U, 0x10000U, 0U, 0U, 0U, 0x40000000U, 0U, 0U}) {
            box.u32(value);
        }
    }
    box.bytes(track.init.placement);
    box.end();
    writeEdits(box, track, scales);
    writeMedia(box, track, large);
    box.end();
}

// As Nero writes them, and most players read them.
void writeChapters(BoxWriter& box, const std::vector<core::Chapter>& chapters) {
    constexpr std::size_t most = 255;
    if (chapters.empty()) {
        return;
    }
    box.beginFull("chpl", 1, 0);
    box.u32(0);
    box.u8(static_cast<std::uint32_t>(std::min(chapters.size(), most)));
    for (std::size_t i = 0; i < std::min(chapters.size(), most); ++i) {
        const std::string title = chapters[i].title.substr(0, most);
        box.u64(static_cast<std::uint64_t>(std::max(chapters[i].start, 0.0) * 10'000'000));
        box.u8(static_cast<std::uint32_t>(title.size()));
        box.bytes(title);
    }
    box.end();
}

// Sound alone, and not all of it is music: for players that look there (Apple's).
std::string gaplessOf(const std::vector<LaidTrack>& tracks) {
    if (tracks.size() != 1 || tracks.front().handler != "soun" || tracks.front().begin < 0) {
        return {};
    }
    const LaidTrack& sound = tracks.front();
    const auto before = static_cast<std::uint64_t>(sound.begin);
    const std::uint64_t after = sound.length - std::min(sound.length, before + sound.shown);
    return gaplessTag(before, after, sound.shown);
}

void writeUserData(BoxWriter& box, const Movie& movie, const std::vector<LaidTrack>& tracks) {
    box.begin("udta");
    box.beginFull("meta", 0, 0);
    box.beginFull("hdlr", 0, 0);
    box.u32(0);
    box.bytes("mdirappl");
    box.bytes(std::string(9, '\0'));
    box.end();
    box.bytes(itunesTags(movie.tags, gaplessOf(tracks)));
    box.end();
    writeChapters(box, movie.chapters);
    box.end();
}

}  // namespace

std::string movieBox(const Movie& movie, const std::vector<LaidTrack>& tracks, bool large) {
    Scales scales;
    if (tracks.size() == 1) {
        scales.movie = tracks.front().init.scale;  // to the sample
    }
    std::uint64_t length = 0;
    for (const LaidTrack& track : tracks) {
        length = std::max(length, track.handler == "sbtl" ? 0 : presented(track, scales));
    }
    std::string out;
    BoxWriter box(out);
    box.begin("moov");
    box.beginFull("mvhd", isWide(length) ? 1 : 0, 0);
    putTime(box, 0, isWide(length));
    putTime(box, 0, isWide(length));
    box.u32(scales.movie);
    putTime(box, length, isWide(length));
    box.u32(0x10000);
    box.u16(0x100);
    box.bytes(std::string(10, '\0'));
    for (const std::uint32_t value : {0x10000U, 0U, 0U, 0U, 0x10000U, 0U, 0U, 0U, 0x40000000U}) {
        box.u32(value);
    }
    box.bytes(std::string(24, '\0'));
    box.u32(static_cast<std::uint32_t>(tracks.size() + 1));
    box.end();
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        writeTrack(box, tracks[i], static_cast<std::uint32_t>(i + 1), scales, large);
    }
    writeUserData(box, movie, tracks);
    box.end();
    return out;
}

}  // namespace marea::server
