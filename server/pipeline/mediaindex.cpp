#include "server/pipeline/mediaindex.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "server/packaging/codecstring.h"
#include "server/pipeline/copysegment.h"
#include "server/pipeline/editend.h"
#include "server/pipeline/fragmented.h"
#include "server/pipeline/framerate.h"
#include "server/pipeline/initboxes.h"
#include "server/pipeline/opengroups.h"
#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::StreamKind;

constexpr AVRational tickBase{1, kTicksPerSecond};
constexpr std::int64_t mostScanned = 64LL << 30;  // bytes
constexpr std::size_t mostTimes = 4'000'000;      // pictures whose times are kept to measure the rate
constexpr Ticks sparse = 20 * kTicksPerSecond;    // an index with fewer keyframes than this is taken for none

bool isNamed(const AVFormatContext* context, std::string_view name) {
    return std::string_view(context->iformat->name).starts_with(name);
}

// What is known of a track while its packets, or the entries of its index, go by.
struct Survey {
    const SourceTrack* track = nullptr;
    TrackIndex index;
    std::vector<std::int64_t> times;  // of pictures, in the track's unit
    std::int64_t bytes = 0;
    std::int64_t sinceKey = 0;  // bytes
    bool timeless = false;      // a picture without a presentation time
    OpenGroups groups;

    // `own`: bytes that are counted already and belong to the new group.
    void addKey(Ticks at, std::int64_t own = 0) {
        at = std::max(at, index.start);  // what comes before an edit's start is not presented
        if (!index.keyframes.empty() && at <= index.keyframes.back().at)
            return;
        sinceKey -= own;
        endGroup();
        sinceKey = own;
        index.keyframes.push_back({at, 0});
    }
    void endGroup() {
        if (!index.keyframes.empty())
            index.keyframes.back().bytes = sinceKey;
        sinceKey = 0;
    }
    void addBytes(std::int64_t count) {
        bytes += count;
        sinceKey += count;
    }
};

// "Dolby Vision Streams Within the HTTP Live Streaming Format", section 2: profile and level in two digits each.
std::string dolbyVisionString(const AVDOVIDecoderConfigurationRecord& record, const char* entry) {
    const auto digits = [](int value) {
        return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
    };
    return entry + ('.' + digits(record.dv_profile)) + '.' + digits(record.dv_level);
}

// For SUPPLEMENTAL-CODECS (draft-pantos-hls-rfc8216bis, section 4.4.6.2): what is more than the base layer, and the
// brand that says what that one is.
std::string supplementalOf(const TrackFormat& format) {
    const std::string brand = dolbyVisionBrand(format);
    const bool av1 = format.parameters->codec_id == AV_CODEC_ID_AV1;
    return brand.empty() ? brand : dolbyVisionString(*dolbyVision(format), av1 ? "dav1" : "dvh1") + '/' + brand;
}

std::string codecStringOf(const MediaReader& reader, const SourceTrack& track, const TrackFormat& format) {
    if (format.parameters->codec_id == AV_CODEC_ID_HEVC && dolbyVisionAlone(format))
        return dolbyVisionString(*dolbyVision(format), "dvh1");
    const AVCodecParameters* par = format.parameters.get();
    const core::StreamInfo info = describeStream(reader.context(), reader.stream(track));
    CopiedCodec codec;
    codec.codec = info.codec;
    if (par->extradata_size > 0)
        codec.extradata = {par->extradata, static_cast<std::size_t>(par->extradata_size)};
    codec.profile = par->profile;
    codec.level = par->level;
    codec.bitDepth = info.bitDepth;
    codec.width = par->width;
    codec.height = par->height;
    codec.frameRate = info.frameRate;
    codec.colours = {par->color_primaries, par->color_trc, par->color_space, par->color_range == AVCOL_RANGE_JPEG,
                     par->chroma_location == AVCHROMA_LOC_LEFT ? 0 : 1};
    return codecString(codec);
}

Survey begin(MediaReader& reader, const SourceTrack& track) {
    Survey survey{&track, {}, {}, 0, 0, false, OpenGroups(reader.parameters(track))};
    const core::StreamInfo info = describeStream(reader.context(), reader.stream(track));
    TrackIndex& index = survey.index;
    index.stream = track.stream;
    index.kind = track.kind;
    index.codec = info.codec;
    index.bitrate = info.bitrate;
    if (track.firstPts != AV_NOPTS_VALUE)
        index.start = std::max<Ticks>(reader.ticks(track, track.firstPts + track.skipped), 0);
    index.end = index.start;
    if (const auto copy = TrackCopier::open(reader, track, SegmentFormat::Mp4)) {
        index.codecString = codecStringOf(reader, track, copy->format());
        index.supplemental = supplementalOf(copy->format());
    }
    return survey;
}

Ticks length(const SourceTrack& track, std::int64_t duration) {
    return std::max<Ticks>(av_rescale_q(duration, track.timeBase, tickBase), 0);
}

// What is presented from then on is cut off by the file's edit list.
Ticks cutOff(const MediaReader& reader, const SourceTrack& track) {
    const std::int64_t edited =
        track.kind == StreamKind::Video ? editedLength(*reader.context(), *reader.stream(track)) : 0;
    return edited > 0 && track.firstPts != AV_NOPTS_VALUE ? reader.ticks(track, track.firstPts + track.skipped + edited)
                                                          : std::numeric_limits<Ticks>::max();
}

bool isShown(const AVPacket& packet) {
    return (packet.flags & AV_PKT_FLAG_DISCARD) == 0;
}

// When a packet's presentation ends. Matroska without a default duration leaves a guess of one unit for pictures, and
// the last packets of fragments have none.
Ticks endOf(const MediaReader& reader, const SourceTrack& track, const AVPacket& packet) {
    Ticks lasts = length(track, packet.duration);
    if (track.startRate.num > 0)
        lasts = std::max(lasts, kTicksPerSecond * track.startRate.den / track.startRate.num);
    const AVCodecParameters* par = reader.stream(track)->codecpar;
    if (lasts == 0 && par->sample_rate > 0)
        lasts = av_rescale(std::max(par->frame_size, 1), kTicksPerSecond, par->sample_rate) + 1;
    return std::min(reader.ticks(track, packet.pts) + lasts, cutOff(reader, track));
}

Ticks headerEnd(const MediaReader& reader, const SourceTrack& track) {
    const AVStream* stream = reader.stream(track);
    if (stream->duration > 0 && track.firstPts != AV_NOPTS_VALUE)
        return reader.ticks(track, track.firstPts + track.skipped) + length(track, stream->duration);
    const std::int64_t whole = reader.context()->duration;
    return whole > 0 ? av_rescale_q(whole, {1, AV_TIME_BASE}, tickBase) : 0;
}

// Reads everything from here on: when the selected tracks end.
core::Result<void> readEnds(MediaReader& reader, std::vector<Survey>& surveys) {
    for (;;) {
        auto packet = reader.next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            return {};
        for (Survey& s : surveys) {
            if ((*packet)->stream_index == s.track->stream && (*packet)->pts != AV_NOPTS_VALUE && isShown(**packet))
                s.index.end = std::max(s.index.end, endOf(reader, *s.track, **packet));
        }
    }
}

// --- MP4: the sample tables tell all but the presentation times of keyframes

void readTable(MediaReader& reader, Survey& s) {
    AVStream* stream = reader.stream(*s.track);
    const int count = avformat_index_get_entries_count(stream);
    for (int i = 0; i < count; ++i) {
        const AVIndexEntry* entry = avformat_index_get_entry(stream, i);
        s.bytes += entry->size;
        if (s.track->kind == StreamKind::Video && s.times.size() < mostTimes)
            s.times.push_back(entry->timestamp);
    }
    if (count > 1) {
        const std::int64_t last = avformat_index_get_entry(stream, count - 1)->timestamp;
        const std::int64_t before = avformat_index_get_entry(stream, count - 2)->timestamp;
        const std::int64_t heard = s.track->kind == StreamKind::Audio ? editedTail(*reader.context(), *stream) : 0;
        s.index.end = reader.ticks(*s.track, last + (heard > 0 ? std::min(heard, last - before) : last - before));
    }
}

void addShown(Survey& s, Ticks at, Ticks end) {
    if (at < end)
        s.addKey(at);
}

// Walks over all packets, whose bytes are not touched. libav could leave out all but keyframes, but then does not move
// on in the table of composition offsets either, and gives the keyframes those of other pictures (libavformat 59,
// mov.c).
core::Result<void> readTableKeys(MediaReader& reader, Survey& s) {
    reader.select({s.track->stream});
    reader.context()->flags |= AVFMT_FLAG_NOPARSE;
    if (auto placed = reader.rewind(*s.track); !placed)
        return placed;
    AVStream* stream = reader.stream(*s.track);
    std::vector<std::pair<Ticks, std::int64_t>> keys;  // time, and place in the file
    reader.input().setHollow(true);
    for (;;) {
        auto packet = reader.next();
        if (!packet || !*packet)
            break;
        if (((*packet)->flags & AV_PKT_FLAG_KEY) && (*packet)->pts != AV_NOPTS_VALUE)
            keys.emplace_back(reader.ticks(*s.track, (*packet)->pts), (*packet)->pos);
    }
    reader.input().setHollow(false);
    reader.context()->flags &= ~AVFMT_FLAG_NOPARSE;
    const int count = avformat_index_get_entries_count(stream);
    std::size_t key = 0;
    for (int i = 0; i < count; ++i) {
        const AVIndexEntry* entry = avformat_index_get_entry(stream, i);
        if ((entry->flags & AVINDEX_KEYFRAME) && key < keys.size() && keys[key].second == entry->pos)
            addShown(s, keys[key++].first, cutOff(reader, *s.track));
        s.sinceKey += entry->size;
    }
    s.endGroup();
    return {};
}

// The last group of pictures: the table has decoding times only.
core::Result<void> readTableEnd(MediaReader& reader, Survey& s) {
    if (s.index.keyframes.empty())
        return {};
    if (auto placed = reader.seek(*s.track, s.index.keyframes.back().at); !placed)
        return placed;
    std::vector<Survey> one;
    one.push_back(std::move(s));
    one.front().index.end = one.front().index.start;
    auto done = readEnds(reader, one);
    s = std::move(one.front());
    return done;
}

bool hasTable(const MediaReader& reader) {
    if (!isNamed(reader.context(), "mov") || isFragmented(reader.source()))
        return false;
    return std::all_of(reader.tracks().begin(), reader.tracks().end(), [&](const SourceTrack& track) {
        return track.firstPts == AV_NOPTS_VALUE || avformat_index_get_entries_count(reader.stream(track)) > 0;
    });
}

core::Result<void> useTables(MediaReader& reader, std::vector<Survey>& surveys) {
    for (Survey& s : surveys) {
        readTable(reader, s);
        s.index.frameRate = constantRate(s.times, {s.track->timeBase.num, s.track->timeBase.den});
        if (s.track->kind != StreamKind::Video || s.track->firstPts == AV_NOPTS_VALUE || s.index.codecString.empty())
            continue;
        auto done = readTableKeys(reader, s);
        if (done)
            done = readTableEnd(reader, s);
        if (!done)
            return done;
    }
    return {};
}

// --- Matroska: Cues

bool readCues(MediaReader& reader, Survey& s) {
    AVStream* stream = reader.stream(*s.track);
    const int count = avformat_index_get_entries_count(stream);
    s.addKey(s.index.start);
    std::int64_t place = 0;
    for (int i = 0; i < count; ++i) {
        const AVIndexEntry* entry = avformat_index_get_entry(stream, i);
        if (!(entry->flags & AVINDEX_KEYFRAME))
            continue;
        s.sinceKey = std::max<std::int64_t>(entry->pos - place, 0);
        s.addKey(reader.ticks(*s.track, entry->timestamp));
        place = entry->pos;
    }
    s.sinceKey = reader.source().size() - place;
    s.endGroup();
    const auto keys = static_cast<Ticks>(s.index.keyframes.size());
    return keys > 1 ? headerEnd(reader, *s.track) / keys < sparse : headerEnd(reader, *s.track) < sparse / 4;
}

Rational headerRate(const MediaReader& reader, const SourceTrack& track) {
    const AVRational rate = reader.stream(track)->avg_frame_rate;
    const bool known = rate.num > 0 && rate.den > 0 && av_q2d(rate) <= 300;
    return known ? usualRate({rate.num, rate.den}) : track.startRate;
}

// False when the Cues are missing or too few.
core::Result<bool> useCues(MediaReader& reader, std::vector<Survey>& surveys) {
    const SourceTrack* video = nullptr;
    for (Survey& s : surveys) {
        if (s.track->kind != StreamKind::Video || s.track->firstPts == AV_NOPTS_VALUE)
            continue;
        video = video ? video : s.track;
        reader.select({s.track->stream});
        if (auto placed = reader.seek(*s.track, headerEnd(reader, *s.track) / 2); !placed)  // loads the Cues
            return core::unexpected(placed.error());
        if (!readCues(reader, s))
            return false;
        s.index.frameRate = headerRate(reader, *s.track);
    }
    std::vector<int> all;
    for (const Survey& s : surveys)
        all.push_back(s.track->stream);
    reader.select(all);
    const SourceTrack& by = video ? *video : *surveys.front().track;
    for (const Ticks back : {2 * kTicksPerSecond, 60 * kTicksPerSecond}) {
        if (auto placed = reader.seek(by, headerEnd(reader, by) - back); !placed)
            return core::unexpected(placed.error());
        if (auto done = readEnds(reader, surveys); !done)
            return core::unexpected(done.error());
        if (std::all_of(surveys.begin(), surveys.end(), [](const Survey& s) { return s.index.end > s.index.start; }))
            break;
    }
    return true;
}

// --- all else: once through the file

void look(MediaReader& reader, Survey& s, AVPacket& packet) {
    const bool video = s.track->kind == StreamKind::Video;
    s.addBytes(packet.size);
    if (packet.pts == AV_NOPTS_VALUE) {
        s.timeless = s.timeless || video;
        packet.pts = packet.dts;
    }
    if (packet.pts == AV_NOPTS_VALUE)
        return;
    s.index.end = std::max(s.index.end, endOf(reader, *s.track, packet));
    if (!video)
        return;
    s.groups.see(packet);
    if (packet.flags & AV_PKT_FLAG_KEY)
        s.addKey(reader.ticks(*s.track, packet.pts), packet.size);
    if (s.times.size() < mostTimes)
        s.times.push_back(packet.pts);
}

core::Result<void> scan(MediaReader& reader, std::vector<Survey>& surveys) {
    std::vector<int> all;
    for (Survey& s : surveys) {
        all.push_back(s.track->stream);
        s.index.keyframes.clear();
    }
    reader.select(all);
    if (auto placed = reader.rewind(*surveys.front().track); !placed)
        return placed;
    std::int64_t bytes = 0;
    while (bytes < mostScanned) {
        auto packet = reader.next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            break;
        bytes += (*packet)->size;
        for (Survey& s : surveys) {
            if ((*packet)->stream_index == s.track->stream)
                look(reader, s, **packet);
        }
    }
    for (Survey& s : surveys) {
        s.endGroup();
        std::sort(s.times.begin(), s.times.end());
        s.index.frameRate = constantRate(s.times, {s.track->timeBase.num, s.track->timeBase.den});
        if (s.timeless || bytes >= mostScanned)
            s.index.keyframes.clear();
    }
    return {};
}

// --- MPEG, when it has to be soon: its ends

// Jumps lead anywhere in these without reading what lies before.
bool isBisected(const MediaReader& reader) {
    return isNamed(reader.context(), "mpegts") || isNamed(reader.context(), "mpeg");
}

// By which the end is looked for, of those that are there at the end: sound has an entry everywhere.
const SourceTrack* lastingTrack(const MediaReader& reader, const std::vector<Survey>& surveys) {
    const SourceTrack* by = nullptr;
    for (const Survey& s : surveys) {
        const bool lasts = s.track->firstPts != AV_NOPTS_VALUE && reader.stream(*s.track)->duration > 0;
        if (lasts && (!by || by->kind != StreamKind::Audio))
            by = s.track;
    }
    return by;
}

// True when the file goes on in time all the way to there, and lasts as long as one of its size might: the end of one
// whose clock was set anew on the way is not where the last packets say.
core::Result<bool> isPlausible(MediaReader& reader, const SourceTrack& track, Ticks end) {
    constexpr std::int64_t mostBytes = 50'000'000;  // a second
    constexpr std::int64_t looks = 16;
    constexpr Ticks reordered = kTicksPerSecond;  // pictures, and what is not interleaved well
    const std::int64_t size = reader.source().size();
    if (end <= 0 || size / mostBytes > end / kTicksPerSecond)
        return false;
    Ticks last = 0;
    for (std::int64_t look = 1; look < looks; ++look) {
        const auto at = reader.timeAt(track, size / looks * look);
        if (!at)
            return core::unexpected(at.error());
        if (*at && (**at + reordered < last || **at > end + reordered))
            return false;
        last = std::max(last, at->value_or(last));
    }
    return true;
}

// False when the last packets do not tell when all tracks end.
core::Result<bool> useEnds(MediaReader& reader, std::vector<Survey>& surveys) {
    std::vector<int> all;
    for (Survey& s : surveys) {
        all.push_back(s.track->stream);
        if (s.track->kind == StreamKind::Video)
            s.index.frameRate = headerRate(reader, *s.track);
    }
    reader.select(all);
    const SourceTrack* by = lastingTrack(reader, surveys);
    const auto plausible = by ? isPlausible(reader, *by, headerEnd(reader, *by)) : core::Result<bool>(false);
    if (!plausible || !*plausible)
        return plausible;
    for (const Ticks back : {2 * kTicksPerSecond, 20 * kTicksPerSecond}) {
        if (auto placed = reader.seek(*by, headerEnd(reader, *by) - back); !placed)
            return core::unexpected(placed.error());
        if (auto done = readEnds(reader, surveys); !done)
            return core::unexpected(done.error());
        if (std::all_of(surveys.begin(), surveys.end(), [](const Survey& s) {
                return s.track->firstPts == AV_NOPTS_VALUE || s.index.end > s.index.start;
            }))
            return true;
    }
    return false;
}

// True when the header is enough: of formats whose headers are exact, and of video that cannot be copied anyway.
bool isHeaderEnough(const MediaReader& reader, const std::vector<Survey>& surveys) {
    if (reader.context()->duration <= 0)
        return false;
    bool video = false, copied = false;
    for (const Survey& s : surveys) {
        video = video || s.track->kind == StreamKind::Video;
        copied = copied || (s.track->kind == StreamKind::Video && !s.index.codecString.empty());
    }
    if (video)
        return !copied && reader.source().size() > kQuicklyRead;
    static constexpr std::string_view exact[] = {"flac", "wav", "w64", "aiff", "ogg", "ape", "wv",
                                                 "tta",  "caf", "dsf", "asf",  "mpc", "tak"};
    return std::any_of(std::begin(exact), std::end(exact),
                       [&](std::string_view name) { return isNamed(reader.context(), name); });
}

bool hasCopiedPicture(const std::vector<Survey>& surveys) {
    return std::any_of(surveys.begin(), surveys.end(), [](const Survey& s) {
        return s.track->kind == StreamKind::Video && !s.index.codecString.empty();
    });
}

core::Result<void> surveyWhole(MediaReader& reader, std::vector<Survey>& surveys) {
    if (hasTable(reader))
        return useTables(reader, surveys);
    if (isNamed(reader.context(), "matroska") && reader.context()->duration > 0) {
        const auto used = useCues(reader, surveys);
        if (!used)
            return core::unexpected(used.error());
        if (*used)
            return {};
    } else if (isHeaderEnough(reader, surveys)) {
        for (Survey& s : surveys) {
            s.index.end = std::max(headerEnd(reader, *s.track), s.index.start);
            if (s.track->kind == StreamKind::Video)
                s.index.frameRate = headerRate(reader, *s.track);
        }
        return {};
    }
    return scan(reader, surveys);
}

// False when it is not whole.
core::Result<bool> survey(MediaReader& reader, std::vector<Survey>& surveys, IndexDepth depth, std::int64_t quick) {
    const bool isLong = isBisected(reader) && hasCopiedPicture(surveys) && reader.source().size() > quick;
    if (depth == IndexDepth::Soonest && isLong) {
        const auto used = useEnds(reader, surveys);
        if (!used || *used)
            return used ? core::Result<bool>(false) : used;
    }
    const auto done = surveyWhole(reader, surveys);
    return done ? core::Result<bool>(true) : core::unexpected(done.error());
}

// The group that begins at `at`.
core::Result<void> lookAtGroup(MediaReader& reader, Survey& s, Ticks at) {
    constexpr int mostPackets = 40;  // to the keyframe, and what may be presented before it
    reader.select({s.track->stream});
    if (auto placed = reader.seek(*s.track, at); !placed)
        return placed;
    bool begun = false;
    for (int i = 0; i < mostPackets; ++i) {
        auto packet = reader.next();
        if (!packet || !*packet)
            return packet ? core::Result<void>() : core::unexpected(packet.error());
        if ((*packet)->stream_index != s.track->stream || (*packet)->pts == AV_NOPTS_VALUE)
            continue;
        const bool isNext = ((*packet)->flags & AV_PKT_FLAG_KEY) && reader.ticks(*s.track, (*packet)->pts) >= at;
        if (begun && isNext)
            break;
        begun = begun || isNext;
        if (begun)
            s.groups.see(**packet);
        if (begun && reader.ticks(*s.track, (*packet)->pts) > at)
            break;  // those that may need what was before come first
    }
    return {};
}

// An encoder makes all groups alike: where the packets did not go by, a few are looked at.
core::Result<void> lookAtGroups(MediaReader& reader, Survey& s) {
    const auto& keys = s.index.keyframes;
    if (s.track->kind != StreamKind::Video || !s.groups.canBe() || s.groups.looked() || keys.size() < 2)
        return {};
    for (const std::size_t number : {std::size_t{1}, keys.size() / 2, keys.size() - 1}) {
        if (auto done = s.groups.found() ? core::Result<void>() : lookAtGroup(reader, s, keys[number].at); !done)
            return done;
    }
    return {};
}

TrackIndex finish(Survey& s) {
    TrackIndex& index = s.index;
    index.openGroups = s.groups.found();
    if (index.codecString.empty())
        index.keyframes.clear();
    index.end = std::max(index.end, index.start);  // a broken table may say anything
    const Ticks duration = index.end - index.start;
    if (index.bitrate <= 0 && duration > 0 && s.bytes > 0)
        index.bitrate = av_rescale(s.bytes * 8, kTicksPerSecond, duration);
    return std::move(index);
}

}  // namespace

core::Result<MediaIndex> indexMedia(MediaReader& reader, IndexDepth depth, std::int64_t quick) {
    std::vector<Survey> surveys;
    for (const SourceTrack& track : reader.tracks())
        surveys.push_back(begin(reader, track));
    const auto whole = survey(reader, surveys, depth, quick);
    if (!whole)
        return core::unexpected(whole.error());
    MediaIndex index;
    index.isWhole = *whole;
    for (Survey& s : surveys) {
        if (auto done = lookAtGroups(reader, s); !done)
            return core::unexpected(done.error());
        index.tracks.push_back(finish(s));
        index.duration = std::max(index.duration, index.tracks.back().end);
    }
    return index;
}

}  // namespace marea::server
