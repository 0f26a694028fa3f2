#include "server/packaging/rendition.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/media/dynamicrange.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::HdrKind;
using core::StreamInfo;
using core::StreamKind;

struct VideoCodec {
    std::string_view name;
    int worth;  // how much better than H.264 it does with a bit, in percent; a guess from published comparisons
};
constexpr VideoCodec encodedCodecs[] = {{"h264", 100}, {"hevc", 160}, {"vp9", 150}, {"av1", 200}};
constexpr VideoCodec olderCodecs[] = {{"mpeg1video", 50}, {"mpeg2video", 50}, {"mpeg4", 70},   {"wmv2", 70},
                                      {"h263", 60},       {"mjpeg", 25},      {"prores", 25},  {"dnxhd", 25},
                                      {"ffv1", 15},       {"rawvideo", 5},    {"huffyuv", 10}, {"vp8", 90},
                                      {"vc1", 90},        {"wmv3", 80},       {"vvc", 220}};

const VideoCodec* encodedCodec(std::string_view name) {
    const auto* found = std::find_if(std::begin(encodedCodecs), std::end(encodedCodecs),
                                     [&](const VideoCodec& codec) { return codec.name == name; });
    return found == std::end(encodedCodecs) ? nullptr : found;
}

int worthOf(std::string_view name) {
    if (const VideoCodec* codec = encodedCodec(name)) {
        return codec->worth;
    }
    const auto* found = std::find_if(std::begin(olderCodecs), std::end(olderCodecs),
                                     [&](const VideoCodec& codec) { return codec.name == name; });
    return found == std::end(olderCodecs) ? 100 : found->worth;
}

constexpr int leastSide = 16;  // what every encoder takes

int even(double pixels) {
    return std::max(leastSide, static_cast<int>(std::lround(pixels / 2)) * 2);
}

int evenBelow(int pixels) {
    return std::max(leastSide, pixels / 2 * 2);
}

bool isTuning(const VideoTuning& tuning) {
    const bool usual = tuning.kbit == 0;
    return tuning.mostRate >= 1 && tuning.mostRate <= kMostFrameRate &&
           (usual || (tuning.kbit >= kLeastKbit && tuning.kbit <= kMostKbit && tuning.kbit % kKbitStep == 0));
}

// The box of a class for a picture that lies or stands.
PictureSize boxOf(int height, bool upright) {
    const int width = even(height * 16 / 9.0);
    return upright ? PictureSize{height, width} : PictureSize{width, height};
}

bool known(PictureSize size) {
    return size.width > 0 && size.height > 0;
}

// Coded sizes are a few lines more than shown, where the file does not say it: 1088 for 1080.
bool holds(PictureSize box, PictureSize size) {
    return size.width <= box.width * 51 / 50 && size.height <= box.height * 51 / 50;
}

PictureSize sizeIn(int height, PictureSize shown) {
    const PictureSize box = boxOf(height, shown.height > shown.width);
    if (holds(box, shown)) {
        return {evenBelow(shown.width), evenBelow(shown.height)};
    }
    const double scale = std::min(double(box.width) / shown.width, double(box.height) / shown.height);
    return {even(shown.width * scale), even(shown.height * scale)};
}

// Between two classes in proportion to the picture, below the least too.
std::int64_t bitrateFor(PictureSize size) {
    const std::int64_t pixels = std::int64_t{size.width} * size.height;
    std::int64_t abovePixels = 0, aboveBitrate = 0;
    for (const HeightClass& one : heightClasses()) {
        const PictureSize box = boxOf(one.height, false);
        const std::int64_t its = std::int64_t{box.width} * box.height;
        if (pixels >= its) {
            return abovePixels == 0 ? one.bitrate
                                    : one.bitrate + (aboveBitrate - one.bitrate) * (pixels - its) / (abovePixels - its);
        }
        abovePixels = its;
        aboveBitrate = one.bitrate;
    }
    return aboveBitrate * pixels / abovePixels;
}

// The part of the source's bits that a picture of that size has, in that codec; nothing is gained by more. The parts
// stand to each other as the usual bitrates do. nullopt where the source does not tell a bitrate that can be believed.
std::optional<std::int64_t> shareOfSource(PictureSize size, std::string_view codec, const StreamInfo& source,
                                          std::int64_t fileBitrate) {
    const std::int64_t given = source.bitrate > 0 ? source.bitrate : fileBitrate;
    const std::vector<int> classes = heights(source);
    const std::int64_t whole = bitrateFor(sizeIn(classes.front(), shownSize(source)));
    if (given <= 0 || given >= whole * 100) {
        return std::nullopt;
    }
    return given * worthOf(source.codec) / worthOf(codec) * bitrateFor(size) / whole;
}

std::int64_t videoBitrate(PictureSize size, std::string_view codec, const StreamInfo& source, std::int64_t fileBitrate,
                          int kbit = 0) {
    constexpr std::int64_t step = kKbitStep * 1000, least = kLeastKbit * 1000;
    const std::int64_t usual = bitrateFor(size), wanted = kbit > 0 ? std::int64_t{kbit} * 1000 : usual;
    // Sources of next to nothing (slides) spend it on few pictures; here each segment begins with a whole one.
    const std::int64_t share = shareOfSource(size, codec, source, fileBitrate).value_or(wanted);
    return std::max(std::min(wanted, std::max(share, usual / 16)), least) / step * step;
}

struct AudioCodec {
    std::string_view name;
    std::int64_t mono, stereo, six, eight;  // usual bitrates; 0: not encoded so
    bool lossless;
};
constexpr AudioCodec audioCodecs[] = {{"aac", 96'000, 192'000, 384'000, 512'000, false},
                                      {"opus", 80'000, 160'000, 320'000, 448'000, false},
                                      {"mp3", 128'000, 256'000, 0, 0, false},
                                      {"flac", 0, 0, 0, 0, true}};
constexpr int audioKilobits[] = {24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 510, 512};

// Of those, what an encoder takes: MP3 has a table of its own, in which they are, and Opus so much for a channel.
bool takesKilobits(std::string_view codec, int channels, int kbit) {
    const bool offered = std::find(std::begin(audioKilobits), std::end(audioKilobits), kbit) != std::end(audioKilobits);
    const int least = codec == "opus" ? 24 : 32;
    const int most = codec == "mp3" ? 320 : codec == "opus" ? std::min(channels * 256, channels > 2 ? 512 : 510) : 512;
    return offered && kbit >= least && kbit <= most;
}

const AudioCodec* audioCodec(std::string_view name) {
    const auto* found = std::find_if(std::begin(audioCodecs), std::end(audioCodecs),
                                     [&](const AudioCodec& codec) { return codec.name == name; });
    return found == std::end(audioCodecs) ? nullptr : found;
}

std::int64_t usualBitrate(const AudioCodec& codec, int channels, const StreamInfo& source) {
    const std::int64_t usual = channels == 1   ? codec.mono
                               : channels == 2 ? codec.stereo
                               : channels == 6 ? codec.six
                                               : codec.eight;
    constexpr std::int64_t step = 1000;
    return source.bitrate > 0 ? std::clamp(source.bitrate, usual / 2, usual) / step * step : usual;
}

int encodedSampleRate(std::string_view codec, int source) {
    if (codec == "opus" || codec == "mp3") {  // MP3: only here all frames of a bitrate are of one size
        return 48'000;
    }
    const bool family = source > 0 && source % 11'025 == 0;
    const bool high =
        codec == "flac" && source <= 192'000 && source > 48'000 && source % 44'100 * (source % 48'000) == 0;
    return high ? source : family ? 44'100 : 48'000;
}

const StreamInfo* streamOf(const core::MediaInfo& file, int index, StreamKind kind) {
    const StreamInfo* stream = findStream(file, index);
    return stream && stream->kind == kind && !stream->attachedPicture ? stream : nullptr;
}

// Sizes that owners use between the classes of the ladder.
constexpr int otherHeights[] = {1440, 576, 540, 144};

std::string tuningName(const VideoEncoding& video, const StreamInfo& source, std::int64_t fileBitrate) {
    std::string name;
    if (video.bitrate != videoBitrate({video.width, video.height}, video.codec, source, fileBitrate)) {
        name += "-b" + std::to_string(video.bitrate / 1000);
    }
    if (const Rational rate = video.frameRate; rate != encodedRate(source.frameRate)) {
        name += "-f" + std::to_string((rate.num + rate.den - 1) / rate.den);
    }
    return name + (video.mode == BitrateMode::Average ? "-vbr" : "");
}

std::string videoName(const VideoEncoding& video, const StreamInfo& source, std::int64_t fileBitrate) {
    const PictureSize shown = shownSize(source);
    std::vector<int> classes = heights(source);
    std::copy_if(std::begin(otherHeights), std::end(otherHeights), std::back_inserter(classes),
                 [&](int height) { return isHeightOf(height, source); });
    for (const int height : classes) {
        if (sizeIn(height, shown) == PictureSize{video.width, video.height}) {
            return video.codec + "-" + std::to_string(height) + tuningName(video, source, fileBitrate) +
                   (video.toneMap ? "-sdr" : "") +
                   (video.burnStream ? "-burn" + std::to_string(*video.burnStream) : "");
        }
    }
    return {};
}

std::string audioName(const AudioEncoding& audio, const StreamInfo& source) {
    const AudioCodec* codec = audioCodec(audio.codec);
    std::string name = audio.codec + "-" + std::to_string(audio.channels);
    if (codec && !codec->lossless && audio.bitrate != usualBitrate(*codec, audio.channels, source)) {
        name += "-" + std::to_string(audio.bitrate / 1000);
    }
    if (const auto tenths = std::lround(audio.gain * 10); tenths != 0) {
        name += (tenths < 0 ? "-gm" : "-gp") + std::to_string(std::labs(tenths));
    }
    return name + (audio.night ? "-night" : "");
}

}  // namespace

const std::vector<HeightClass>& heightClasses() {
    static const std::vector<HeightClass> classes = {{2160, 15'000'000}, {1080, 8'000'000}, {720, 5'000'000},
                                                     {480, 2'500'000},   {360, 1'200'000},  {240, 500'000}};
    return classes;
}

PictureSize shownSize(const StreamInfo& video) {
    constexpr int most = 65'536;
    if (video.width <= 0 || video.height <= 0 || video.width > most || video.height > most) {
        return {};
    }
    const double aspect = video.pixelAspect > 0.01 && video.pixelAspect < 100 ? video.pixelAspect : 1;
    PictureSize size{static_cast<int>(std::lround(video.width * aspect)), video.height};
    if (video.rotation == 90 || video.rotation == 270) {
        std::swap(size.width, size.height);
    }
    return {evenBelow(size.width), evenBelow(size.height)};
}

std::vector<int> heights(const StreamInfo& video) {
    const PictureSize shown = shownSize(video);
    std::vector<int> list;
    if (!known(shown)) {
        return list;
    }
    for (const HeightClass& one : heightClasses()) {
        if (!list.empty() && holds(boxOf(one.height, shown.height > shown.width), shown)) {
            list.clear();  // a smaller one holds it too
        }
        list.push_back(one.height);
    }
    return list;
}

bool isHeightOf(int height, const StreamInfo& video) {
    const std::vector<int> classes = heights(video);
    const bool other = std::find(std::begin(otherHeights), std::end(otherHeights), height) != std::end(otherHeights);
    return std::find(classes.begin(), classes.end(), height) != classes.end() ||
           (other && !classes.empty() && height < classes.front() &&
            sizeIn(height, shownSize(video)) != sizeIn(classes.front(), shownSize(video)));
}

namespace {

// The rate in use that is meant by `rate`, which is measured or comes of a division.
Rational usedRate(double rate) {
    constexpr Rational used[] = {{1, 1},         {2, 1},  {5, 1},  {6, 1},  {8, 1},  {10, 1},        {12, 1}, {25, 2},
                                 {15'000, 1001}, {15, 1}, {16, 1}, {18, 1}, {20, 1}, {24'000, 1001}, {24, 1}, {25, 1},
                                 {30'000, 1001}, {30, 1}, {36, 1}, {75, 2}, {40, 1}, {45, 1},        {48, 1}, {50, 1},
                                 {60'000, 1001}, {60, 1}};
    const auto distance = [&](Rational r) { return std::abs(double(r.num) / r.den - rate); };
    const Rational* nearest = std::min_element(std::begin(used), std::end(used),
                                               [&](Rational a, Rational b) { return distance(a) < distance(b); });
    if (distance(*nearest) < rate * 0.001) {
        return *nearest;
    }
    for (const int whole : {5, 10, 15, 24, 25, 30, 50}) {
        if (rate <= whole) {
            return {whole, 1};
        }
    }
    return {60, 1};
}

}  // namespace

Rational encodedRate(double sourceRate, int most) {
    if (!(sourceRate > 0) || sourceRate > 1000) {
        sourceRate = 30;
    }
    const double limit = most * 1.001;  // as a measured rate may say it
    for (double parts = std::ceil(sourceRate / limit);; ++parts) {
        const Rational rate = usedRate(sourceRate / parts);
        if (rate.num <= limit * rate.den) {
            return rate;
        }
        if (parts > sourceRate) {  // less than one a second
            return {most, 1};
        }
    }
}

std::int64_t bitrateInShape(std::int64_t bitrate, int height, const StreamInfo& video) {
    const PictureSize shown = shownSize(video);
    return known(shown) ? bitrate * bitrateFor(sizeIn(height, shown)) / bitrateFor(boxOf(height, false)) : bitrate;
}

HdrKind encodedRange(const VideoEncoding& encoding, const StreamInfo& source) {
    return encoding.toneMap || encoding.codec == "h264" ? HdrKind::None : core::decodedRange(source);
}

bool canCopy(const StreamInfo& stream) {
    constexpr std::string_view video[] = {"h264", "hevc", "av1", "vp9"};
    constexpr std::string_view audio[] = {"aac", "ac3", "eac3", "flac", "opus", "mp3"};
    const auto in = [&](const auto& list) {
        return std::find(std::begin(list), std::end(list), stream.codec) != std::end(list);
    };
    return !stream.attachedPicture &&
           ((stream.kind == StreamKind::Video && in(video)) || (stream.kind == StreamKind::Audio && in(audio)));
}

namespace {

std::string_view codecOf(const TrackSpec& track, const core::MediaInfo& file) {
    const StreamInfo* source = findStream(file, track.stream);
    std::string_view codec = source ? source->codec : std::string_view();
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        codec = video->codec;
    } else if (const auto* audio = std::get_if<AudioEncoding>(&track.encoding)) {
        codec = audio->codec;
    }
    return codec;
}

}  // namespace

bool fitsTransportStream(const TrackSpec& track, const core::MediaInfo& file) {
    constexpr std::string_view carried[] = {"h264", "hevc", "aac", "ac3", "eac3", "mp3"};
    return std::find(std::begin(carried), std::end(carried), codecOf(track, file)) != std::end(carried);
}

bool fitsWebm(const TrackSpec& track, const core::MediaInfo& file) {
    const std::string_view codec = codecOf(track, file);
    return codec == "vp9" || codec == "opus";
}

std::optional<VideoEncoding> videoEncoding(const core::MediaInfo& file, int stream, std::string_view codec, int height,
                                           bool toneMap, std::optional<int> burnStream, const VideoTuning& tuning) {
    const StreamInfo* source = streamOf(file, stream, StreamKind::Video);
    if (!source || !encodedCodec(codec) || !isTuning(tuning)) {
        return std::nullopt;
    }
    const bool hdr = core::decodedRange(*source) != HdrKind::None;
    const bool keepable = codec != "h264";
    if (!isHeightOf(height, *source) || (toneMap && !hdr) || (hdr && !toneMap && !keepable) ||
        (burnStream && !streamOf(file, *burnStream, StreamKind::Subtitle))) {
        return std::nullopt;
    }
    const PictureSize size = sizeIn(height, shownSize(*source));
    return VideoEncoding{std::string(codec),
                         size.width,
                         size.height,
                         encodedRate(source->frameRate, tuning.mostRate),
                         videoBitrate(size, codec, *source, file.bitrate, tuning.kbit),
                         toneMap,
                         burnStream,
                         tuning.mode};
}

std::optional<AudioEncoding> audioEncoding(const core::MediaInfo& file, int stream, std::string_view codec,
                                           int channels, int kbit) {
    const StreamInfo* source = streamOf(file, stream, StreamKind::Audio);
    const AudioCodec* encoder = audioCodec(codec);
    if (!source || !encoder || (channels != 1 && channels != 2 && channels != 6 && channels != 8) ||
        (source->channels > 0 && channels > source->channels)) {
        return std::nullopt;
    }
    const std::int64_t usual = usualBitrate(*encoder, channels, *source);
    if ((usual == 0 && !encoder->lossless) ||
        (kbit != 0 && (encoder->lossless || !takesKilobits(codec, channels, kbit)))) {
        return std::nullopt;
    }
    const int sampleRate = encodedSampleRate(codec, source->sampleRate);
    return AudioEncoding{std::string(codec), channels, sampleRate, kbit ? kbit * std::int64_t{1000} : usual, 0, false};
}

AudioEncoding changed(AudioEncoding encoding, const SoundChange& change, const StreamInfo& source) {
    constexpr double bothInOne = 3;  // dB: two channels that are alike add up
    const bool mixed = encoding.channels < source.channels;
    const double mono = mixed && encoding.channels == 1 && change.mixedGain != 0 ? bothInOne : 0;
    const double gain = (mixed ? change.mixedGain : change.gain) - mono;
    encoding.gain = std::floor(std::clamp(gain, -kMostGain, kMostGain) * 10 + 1e-6) / 10;
    encoding.night = change.night;
    return encoding;
}

std::string renditionName(const TrackSpec& track, const core::MediaInfo& file) {
    const StreamInfo* source = findStream(file, track.stream);
    if (!source || (source->kind != StreamKind::Video && source->kind != StreamKind::Audio)) {
        return {};
    }
    std::string encoding = "copy";
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        encoding = videoName(*video, *source, file.bitrate);
    } else if (const auto* audio = std::get_if<AudioEncoding>(&track.encoding)) {
        encoding = audioName(*audio, *source);
    }
    const char* kind = source->kind == StreamKind::Video ? "v" : "a";
    return encoding.empty() ? encoding : kind + std::to_string(track.stream) + "-" + encoding;
}

std::string renditionName(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file) {
    std::string name;
    for (const TrackSpec& track : tracks) {
        name += (name.empty() ? "" : "+") + renditionName(track, file);
    }
    return name;
}

}  // namespace marea::server
