#include "server/packaging/moviefile.h"

#include <algorithm>
#include <limits>
#include <map>

#include "server/packaging/mp4boxes.h"
#include "server/packaging/subtitles/cuetext.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::StreamKind;
using core::unexpected;

constexpr std::uint32_t kSyncFlags = 0x02000000, kNotSync = 0x00010000;  // section 8.8.3.1
constexpr std::uint32_t kDataOffset = 0x1, kDurations = 0x100, kSizes = 0x200, kFlags = 0x400, kOffsets = 0x800;
constexpr std::uint64_t kLargeFile = 0xF000'0000;  // from here on, places are told in 64 bits
constexpr std::uint32_t kTextScale = 1000;

core::unexpected<core::Error> notOurs(const char* what) {
    return core::fail(ErrorCode::Corrupt, "A part of the file is damaged.", what);
}

// Numbers at the front of some bytes; reads zero behind their end, and tells.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        ok_ = ok_ && count <= bytes_.size() - at_;
        for (std::size_t i = 0; ok_ && i < count; ++i) {
            value = value << 8 | static_cast<std::uint8_t>(bytes_[at_++]);
        }
        return ok_ ? value : 0;
    }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    void skip(std::size_t count) {
        ok_ = ok_ && count <= bytes_.size() - at_;
        at_ += ok_ ? count : 0;
    }
    std::size_t left() const { return bytes_.size() - at_; }
    bool ok() const { return ok_; }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

std::optional<Box> find(std::string_view bytes, const std::optional<Box>& in, std::string_view type) {
    if (!in) {
        return std::nullopt;
    }
    for (const Box& box : boxesIn(bytes, in->body, in->end)) {
        if (box.type == type) {
            return box;
        }
    }
    return std::nullopt;
}

std::string_view bodyOf(std::string_view bytes, const Box& box) {
    return bytes.substr(box.body, box.end - box.body);
}

bool readRun(std::string_view body, std::uint32_t defaultFlags, std::int64_t at, std::size_t moof, MovieChunk& chunk) {
    Bytes run(body);
    const std::uint32_t flags = run.u32() & 0xFF'FFFF;
    const std::uint32_t count = run.u32();
    const std::size_t width = 4 * (((flags & kDurations) != 0) + ((flags & kSizes) != 0) + ((flags & kFlags) != 0) +
                                   ((flags & kOffsets) != 0));
    if ((flags & (kDataOffset | kDurations | kSizes)) != (kDataOffset | kDurations | kSizes) ||
        (flags & ~(kDataOffset | kDurations | kSizes | kFlags | kOffsets)) != 0) {
        return false;
    }
    chunk.offset = moof + run.u32();
    if (count != run.left() / width) {
        return false;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        MovieSample sample;
        sample.at = at;
        sample.length = run.u32();
        sample.size = run.u32();
        const std::uint32_t own = flags & kFlags ? run.u32() : defaultFlags;
        sample.isSync = (own & kNotSync) == 0;
        sample.offset = flags & kOffsets ? static_cast<std::int32_t>(run.u32()) : 0;
        at += sample.length;
        chunk.size += sample.size;
        chunk.samples.push_back(sample);
    }
    return run.ok();
}

// Of an initialisation segment: what the whole file takes over from it.
struct InitParts {
    std::uint32_t scale = 0;       // units a second
    std::string_view placement;    // the matrix and the size, as they end a track's header
    std::string_view mediaHeader;  // vmhd or smhd
    std::string_view samples;      // stsd
};

Result<InitParts> partsOf(std::string_view init) {
    const auto movie = find(init, Box{0, 0, init.size(), {}}, "moov");
    const auto track = find(init, movie, "trak"), header = find(init, track, "tkhd");
    const auto media = find(init, track, "mdia"), mediaHeader = find(init, media, "mdhd");
    const auto information = find(init, media, "minf");
    const auto kind =
        find(init, information, "vmhd") ? find(init, information, "vmhd") : find(init, information, "smhd");
    const auto samples = find(init, find(init, information, "stbl"), "stsd");
    constexpr std::size_t placementSize = 36 + 8;
    if (!header || !mediaHeader || !kind || !samples || header->end - header->body < placementSize) {
        return notOurs("an initialisation segment without its parts");
    }
    Bytes times(bodyOf(init, *mediaHeader));
    times.skip((times.u32() >> 24) == 1 ? 16 : 8);
    InitParts parts;
    parts.scale = times.u32();
    parts.placement = init.substr(header->end - placementSize, placementSize);
    parts.mediaHeader = init.substr(kind->start, kind->end - kind->start);
    parts.samples = init.substr(samples->start, samples->end - samples->start);
    return parts.scale > 0 ? Result<InitParts>(parts) : notOurs("an initialisation segment without a unit");
}

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

// ISO 639-2/T in five bits a letter (section 8.4.2); what has no such code is "und". Two-letter tags stand for their
// usual three-letter ones.
std::uint16_t packedLanguage(const std::string& tag) {
    static const std::map<std::string, std::string> codes{
        {"ar", "ara"}, {"bg", "bul"}, {"ca", "cat"}, {"cs", "ces"}, {"da", "dan"}, {"de", "deu"}, {"el", "ell"},
        {"en", "eng"}, {"es", "spa"}, {"et", "est"}, {"eu", "eus"}, {"fa", "fas"}, {"fi", "fin"}, {"fr", "fra"},
        {"ga", "gle"}, {"gl", "glg"}, {"he", "heb"}, {"hi", "hin"}, {"hr", "hrv"}, {"hu", "hun"}, {"hy", "hye"},
        {"id", "ind"}, {"is", "isl"}, {"it", "ita"}, {"ja", "jpn"}, {"ka", "kat"}, {"ko", "kor"}, {"la", "lat"},
        {"lt", "lit"}, {"lv", "lav"}, {"mk", "mkd"}, {"ms", "msa"}, {"nb", "nob"}, {"nl", "nld"}, {"nn", "nno"},
        {"no", "nor"}, {"pl", "pol"}, {"pt", "por"}, {"ro", "ron"}, {"ru", "rus"}, {"sk", "slk"}, {"sl", "slv"},
        {"sq", "sqi"}, {"sr", "srp"}, {"sv", "swe"}, {"ta", "tam"}, {"te", "tel"}, {"th", "tha"}, {"tr", "tur"},
        {"uk", "ukr"}, {"ur", "urd"}, {"vi", "vie"}, {"zh", "zho"}};
    const std::string language = tag.substr(0, tag.find('-'));
    const auto known = codes.find(language);
    const std::string code = known != codes.end() ? known->second : language;
    const bool fits =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    std::uint16_t packed = 0;
    for (const char letter : fits ? code : std::string("und")) {
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

// A track as its boxes are made from: all samples in a row, and how they stand in chunks.
struct Laid {
    InitParts init;
    std::string handler;  // "vide", "soun", "sbtl"
    std::string language, title;
    bool isEnabled = true, isForced = false;
    int group = 0;                     // alternatives of one another
    std::vector<MovieSample> samples;  // times from 0
    std::vector<std::uint32_t> inChunk;
    std::vector<std::uint64_t> places;  // of the chunks, in the file
    std::uint64_t length = 0;           // in its unit
    std::int64_t begin = 0;             // what its unit 0 … of the title stands at: negative, it begins later
    std::uint64_t shown = 0;            // how long it is presented, in its unit
    std::string text;                   // the bytes of a text track's only chunk
};

// Segments say when they begin: where the one before leaves a gap or reaches over, its last sample gives or takes.
void straighten(std::vector<MovieSample>& samples) {
    const std::int64_t first = samples.front().at;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        MovieSample& sample = samples[i];
        const std::int64_t wanted = sample.at - first;
        sample.offset += static_cast<std::int32_t>(wanted - at);
        sample.at = at;
        const std::int64_t next = i + 1 < samples.size() ? samples[i + 1].at - first : wanted + sample.length;
        sample.length = static_cast<std::uint32_t>(std::clamp<std::int64_t>(next - at, 0, INT32_MAX));
        at += sample.length;
    }
}

Result<Laid> lay(const MovieTrack& track) {
    Laid laid;
    auto init = partsOf(track.init);
    if (!init) {
        return unexpected<core::Error>(init.error());
    }
    laid.init = *init;
    laid.handler = track.kind == StreamKind::Video ? "vide" : "soun";
    laid.language = track.language;
    laid.title = track.title;
    laid.isEnabled = track.isDefault;
    laid.group = track.kind == StreamKind::Video ? 0 : 1;
    for (const MovieChunk& chunk : track.chunks) {
        laid.samples.insert(laid.samples.end(), chunk.samples.begin(), chunk.samples.end());
        laid.inChunk.push_back(static_cast<std::uint32_t>(chunk.samples.size()));
    }
    if (laid.samples.empty()) {
        return core::fail(ErrorCode::Unprocessable, "There is nothing in this track.");
    }
    const std::int64_t first = laid.samples.front().at;
    const std::int64_t scale = laid.init.scale;
    laid.begin = rescale(kPresentationShift, scale, kTicksPerSecond) - first;
    straighten(laid.samples);
    std::int64_t last = 0;
    for (const MovieSample& sample : laid.samples) {
        laid.length += sample.length;
        last = std::max(last, sample.at + sample.offset + static_cast<std::int64_t>(sample.length));
    }
    if (track.end) {
        last = std::min(last, rescale(*track.end, scale, kTicksPerSecond) + laid.begin);
    }
    laid.shown = static_cast<std::uint64_t>(std::max<std::int64_t>(last - std::max<std::int64_t>(laid.begin, 0), 0));
    return laid;
}

void addText(Laid& laid, Millis length, std::string_view text) {
    constexpr std::size_t longest = 0xFFFF;
    const std::string_view words = text.substr(0, longest);
    MovieSample sample;
    sample.at = static_cast<std::int64_t>(laid.length);
    sample.length = static_cast<std::uint32_t>(length);
    sample.size = static_cast<std::uint32_t>(2 + words.size());
    BoxWriter(laid.text).u16(static_cast<std::uint32_t>(words.size()));
    laid.text.append(words);
    laid.samples.push_back(sample);
    laid.length += sample.length;
}

// What a person reads of a cue: tags gone, characters as they are.
std::string plainText(std::string_view cue) {
    std::string plain;
    for (std::size_t i = 0; i < cue.size(); ++i) {
        if (cue[i] == '<') {
            i = std::min(cue.find('>', i), cue.size());
            continue;
        }
        std::size_t length = 0;
        const std::string one = cue[i] == '&' ? decodeReference(cue.substr(i), length) : std::string();
        if (one.empty()) {
            plain.push_back(cue[i]);
            continue;
        }
        plain += one;
        i += length - 1;
    }
    return plain;
}

// Samples follow each other without a gap: where nothing is said stands an empty one. Of cues that overlap, the lines
// stand together.
Laid lay(const MovieText& text) {
    Laid laid;
    laid.init.scale = kTextScale;
    laid.handler = "sbtl";
    laid.language = text.language;
    laid.title = text.title;
    laid.isEnabled = text.isDefault || text.isForced;
    laid.isForced = text.isForced;
    laid.group = 2;
    std::vector<Millis> times{0};
    for (const Cue& cue : text.cues) {
        times.push_back(cue.start);
        times.push_back(cue.end);
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    std::size_t next = 0;
    std::vector<const Cue*> open;
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        std::erase_if(open, [&](const Cue* cue) { return cue->end <= times[i]; });
        for (; next < text.cues.size() && text.cues[next].start <= times[i]; ++next) {
            open.push_back(&text.cues[next]);
        }
        std::string words;
        for (const Cue* cue : open) {
            words += (words.empty() ? "" : "\n") + plainText(cue->text);
        }
        addText(laid, times[i + 1] - times[i], words);
    }
    addText(laid, 1, "");  // the last one ends
    laid.inChunk.push_back(static_cast<std::uint32_t>(laid.samples.size()));
    laid.shown = laid.length;
    return laid;
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

void writeTimes(BoxWriter& box, const Laid& track) {
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

void writeSync(BoxWriter& box, const Laid& track) {
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

void writeChunks(BoxWriter& box, const Laid& track, bool large) {
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

void writeMedia(BoxWriter& box, const Laid& track, bool large) {
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
void writeEdits(BoxWriter& box, const Laid& track, const Scales& scales) {
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

std::uint64_t presented(const Laid& track, const Scales& scales) {
    const std::uint64_t late =
        track.begin < 0 ? scales.in(static_cast<std::uint64_t>(-track.begin), track.init.scale) : 0;
    return late + scales.in(track.shown, track.init.scale);
}

void writeTrack(BoxWriter& box, const Laid& track, std::uint32_t id, const Scales& scales, bool large) {
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
std::string gaplessOf(const std::vector<Laid>& tracks) {
    if (tracks.size() != 1 || tracks.front().handler != "soun" || tracks.front().begin < 0) {
        return {};
    }
    const Laid& sound = tracks.front();
    const auto before = static_cast<std::uint64_t>(sound.begin);
    const std::uint64_t after = sound.length - std::min(sound.length, before + sound.shown);
    return gaplessTag(before, after, sound.shown);
}

void writeUserData(BoxWriter& box, const Movie& movie, const std::vector<Laid>& tracks) {
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

std::string writeMovie(const Movie& movie, const std::vector<Laid>& tracks, bool large) {
    Scales scales;
    if (tracks.size() == 1) {
        scales.movie = tracks.front().init.scale;  // to the sample
    }
    std::uint64_t length = 0;
    for (const Laid& track : tracks) {
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

std::string fileType(const Movie& movie) {
    const bool isSound = std::none_of(movie.tracks.begin(), movie.tracks.end(),
                                      [](const MovieTrack& track) { return track.kind == StreamKind::Video; });
    std::string out;
    BoxWriter box(out);
    box.begin("ftyp");
    box.bytes(isSound ? "M4A " : "isom");
    box.u32(0x200);
    box.bytes(isSound ? "M4A isomiso2mp42" : "isomiso2mp41mp42");
    box.end();
    return out;
}

// In order of when they are to be decoded, so that a player reads the file from front to back.
std::vector<MovieLayout::Piece> inOrder(const Movie& movie, const std::vector<Laid>& tracks) {
    std::vector<std::pair<std::int64_t, MovieLayout::Piece>> found;
    for (std::size_t track = 0; track < movie.tracks.size(); ++track) {
        for (std::size_t chunk = 0; chunk < movie.tracks[track].chunks.size(); ++chunk) {
            const auto& samples = movie.tracks[track].chunks[chunk].samples;
            if (!samples.empty()) {
                const std::int64_t at = rescale(samples.front().at, kTicksPerSecond, tracks[track].init.scale);
                found.push_back({at, {track, chunk}});
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<MovieLayout::Piece> pieces;
    for (const auto& [at, piece] : found) {
        pieces.push_back(piece);
    }
    return pieces;
}

// Where each chunk stands, the first at `from`. Returns where the last ends.
std::uint64_t place(const Movie& movie, const std::vector<MovieLayout::Piece>& pieces, std::vector<Laid>& tracks,
                    std::uint64_t from) {
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        tracks[i].places.clear();
        if (i >= movie.tracks.size()) {  // texts, in front
            tracks[i].places.push_back(from);
            from += tracks[i].text.size();
        }
    }
    for (const MovieLayout::Piece& piece : pieces) {
        tracks[piece.track].places.push_back(from);
        from += movie.tracks[piece.track].chunks[piece.chunk].size;
    }
    return from;
}

std::string dataHeader(std::uint64_t size, bool large) {
    std::string out;
    BoxWriter box(out);
    box.u32(large ? 1 : static_cast<std::uint32_t>(size + 8));
    box.bytes("mdat");
    if (large) {
        box.u64(size + 16);
    }
    return out;
}

}  // namespace

Result<MovieChunk> readChunk(std::string_view segment) {
    const Box whole{0, 0, segment.size(), {}};
    const auto moof = find(segment, whole, "moof"), traf = find(segment, moof, "traf");
    const auto header = find(segment, traf, "tfhd"), time = find(segment, traf, "tfdt");
    const auto run = find(segment, traf, "trun"), data = find(segment, whole, "mdat");
    if (!header || !time || !run || !data) {
        return notOurs("a segment without its parts");
    }
    constexpr std::uint32_t ours = 0x20 | 0x20000;  // default flags, places from the moof
    Bytes head(bodyOf(segment, *header)), when(bodyOf(segment, *time));
    const std::uint32_t flags = head.u32() & 0xFF'FFFF;
    head.skip(4);
    const std::uint32_t defaultFlags = flags == ours ? head.u32() : kSyncFlags;
    const bool wide = when.u32() >> 24 == 1;
    const auto at = static_cast<std::int64_t>(when.number(wide ? 8 : 4));
    MovieChunk chunk;
    if (flags != ours || !head.ok() || !when.ok() ||
        !readRun(bodyOf(segment, *run), defaultFlags, at, moof->start, chunk) || chunk.offset != data->body ||
        chunk.size != data->end - data->body) {
        return notOurs("a segment that is not one of ours");
    }
    return chunk;
}

Result<MovieLayout> layOut(const Movie& movie) {
    std::vector<Laid> tracks;
    for (const MovieTrack& track : movie.tracks) {
        auto laid = lay(track);
        if (!laid) {
            return unexpected<core::Error>(laid.error());
        }
        // A segment without a sample is no chunk.
        std::erase(laid->inChunk, 0U);
        tracks.push_back(std::move(*laid));
    }
    for (const MovieText& text : movie.texts) {
        if (!text.cues.empty()) {
            tracks.push_back(lay(text));
        }
    }
    if (movie.tracks.empty()) {
        return core::fail(ErrorCode::Unprocessable, "There is nothing to put into the file.");
    }
    MovieLayout layout;
    layout.pieces = inOrder(movie, tracks);
    const std::uint64_t bytes = place(movie, layout.pieces, tracks, 0);
    const bool large = bytes > kLargeFile;
    const std::string type = fileType(movie), data = dataHeader(bytes, large);
    // Once for its size, which the places that stand in it do not change.
    const std::uint64_t front = type.size() + writeMovie(movie, tracks, large).size() + data.size();
    layout.size = place(movie, layout.pieces, tracks, front);
    layout.head = type + writeMovie(movie, tracks, large) + data;
    for (std::size_t i = movie.tracks.size(); i < tracks.size(); ++i) {
        layout.head += tracks[i].text;
    }
    return layout;
}

}  // namespace marea::server
