#include "server/pipeline/audiosegment.h"

#include <algorithm>

#include "server/packaging/timegrid.h"
#include "server/pipeline/nightcompressor.h"
#include "server/pipeline/peaklimiter.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

// Before the first sample that counts: decoders with a memory (bit reservoirs, overlaps, band replication) and the
// resampler's filter have settled by then.
constexpr Ticks warmUp = kTicksPerSecond / 2;
constexpr std::int64_t maxFrames = 10'000;  // of one segment
constexpr Ticks longestTail = 30 * kTicksPerSecond;
constexpr Ticks longestTitle = 30LL * 24 * 3600 * kTicksPerSecond;

// Behind the last sample of what ends at `to`, which is in the frame that ends at `whole`. Where frames end there, a
// rounded time makes no difference.
std::int64_t lastSample(Ticks to, std::int64_t whole, int rate) {
    const std::int64_t exact = rescale(to, rate, kTicksPerSecond), rounding = rate / kTicksPerSecond + 1;
    return exact < whole - rounding ? exact : whole;
}

}  // namespace

Result<std::unique_ptr<AudioTranscoder>> AudioTranscoder::open(MediaSource& source, int stream, Ticks origin) {
    std::unique_ptr<AudioTranscoder> made(new AudioTranscoder);
    auto reader = StreamReader::open(source, stream, origin);
    if (!reader)
        return core::unexpected(reader.error());
    made->reader_ = std::move(*reader);
    auto decoder = AudioDecoder::open(*made->reader_);
    if (!decoder)
        return core::unexpected(decoder.error());
    made->decoder_ = std::move(*decoder);
    return made;
}

bool AudioTranscoder::isDeep() const {
    const AVCodecParameters* par = reader_->stream()->codecpar;
    return std::max(par->bits_per_raw_sample, par->bits_per_coded_sample) > 16;
}

Result<TrackFormat> AudioTranscoder::format(const AudioEncoding& encoding) {
    auto encoder = AudioEncoder::open(encoding, isDeep());
    if (!encoder)
        return core::unexpected(encoder.error());
    return (*encoder)->format();
}

Result<void> AudioTranscoder::decode(AudioMixer& mixer, std::int64_t first, int rate) {
    if (auto done = decoder_->seek(rescale(first, kTicksPerSecond, rate) - warmUp); !done)
        return done;
    while (!mixer.isFull()) {
        auto samples = decoder_->next();
        if (!samples)
            return core::unexpected(samples.error());
        if (!samples->frame)
            return mixer.finish();
        if (auto added = mixer.add(*samples); !added)
            return added;
    }
    return {};
}

Result<Ticks> AudioTranscoder::end() {
    if (auto done = reader_->seekPacket(longestTitle); !done)
        return core::unexpected(done.error());
    Ticks end = reader_->firstTime();
    for (;;) {
        auto packet = reader_->next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            return end;
        if ((*packet)->pts != AV_NOPTS_VALUE)
            end = reader_->ticks((*packet)->pts) +
                  av_rescale_q(std::clamp<std::int64_t>((*packet)->duration, 0, INT32_MAX),
                               reader_->stream()->time_base, {1, static_cast<int>(kTicksPerSecond)});
    }
}

Result<AudioTranscoder::Stretch> AudioTranscoder::stretch(const AudioEncoding& encoding, std::int64_t first,
                                                          std::int64_t count) {
    if (encoding.night)
        return shaped(NightCompressor(encoding.sampleRate), encoding, first, count);
    if (reader_->stream()->codecpar->ch_layout.nb_channels > encoding.channels)
        return shaped(PeakLimiter(encoding.sampleRate), encoding, first, count);
    AudioMixer mixer(encoding, first, count);
    if (auto decoded = decode(mixer, first, encoding.sampleRate); !decoded)
        return core::unexpected(decoded.error());
    return Stretch{mixer.takePlanes(), 0};
}

template <class Shaper>
Result<AudioTranscoder::Stretch> AudioTranscoder::shaped(const Shaper& shaper, const AudioEncoding& encoding,
                                                         std::int64_t first, std::int64_t count) {
    const std::int64_t begin = shaper.pieceBefore(first - shaper.reach());
    AudioMixer mixer(encoding, begin, first + count + 2 * shaper.reach() - begin);
    if (auto decoded = decode(mixer, begin, encoding.sampleRate); !decoded)
        return core::unexpected(decoded.error());
    Stretch made{mixer.takePlanes(), first - begin};
    shaper.apply(made.planes);
    return made;
}

Result<AudioTranscoder::Made> AudioTranscoder::segment(const AudioEncoding& encoding, Ticks from, Ticks to,
                                                       bool isEven) {
    if (to == kToTheEnd) {
        auto last = end();
        if (!last)
            return core::unexpected(last.error());
        to = std::clamp(*last, from + kTicksPerSecond / 10, from + longestTail);
    }
    auto encoder = AudioEncoder::open(encoding, isDeep(), isEven);
    if (!encoder)
        return core::unexpected(encoder.error());
    auto format = (*encoder)->format();
    if (!format)
        return core::unexpected(format.error());
    const std::int64_t size = (*encoder)->frameSize();
    const Rational rate{encoding.sampleRate, static_cast<std::int32_t>(size)};
    const std::int64_t begin = firstUnit(from, rate) - (from == 0 ? (*encoder)->leadIn() : 0);
    const std::int64_t end = firstUnit(to, rate);
    if (end <= begin || end - begin > maxFrames)
        return core::fail(ErrorCode::Invalid, "There is no such segment");
    // What goes in at sample n comes out as n - delay: frames go in such that whole ones come out.
    const std::int64_t delay = (*encoder)->delay();
    const std::int64_t frames =
        (*encoder)->preRoll() + (end - begin) + (delay + size - 1) / size + (*encoder)->postRoll();
    const std::int64_t first = (begin - (*encoder)->preRoll()) * size + delay % size;
    auto sound = stretch(encoding, first, frames * size);
    if (!sound)
        return core::unexpected(sound.error());
    const std::int64_t last = lastSample(to, end * size, encoding.sampleRate);
    for (std::int64_t i = 0; i < frames; ++i) {
        const std::int64_t at = first + i * size;
        const std::int64_t count = (*encoder)->endsAnywhere() ? std::clamp<std::int64_t>(last - at, 1, size) : size;
        if (auto sent = (*encoder)->encode(sound->planes, sound->first + i * size, at, static_cast<int>(count)); !sent)
            return core::unexpected(sent.error());
    }
    auto packets = (*encoder)->finish();
    if (!packets)
        return core::unexpected(packets.error());
    Made made{std::move(*format), {}};
    for (auto& packet : *packets) {
        if (packet->pts < begin * size || packet->pts >= end * size)
            continue;
        packet->dts = packet->pts;
        packet->duration = std::clamp<std::int64_t>(last - packet->pts, 1, size);
        made.packets.push_back(std::move(packet));
    }
    return made;
}

}  // namespace marea::server
