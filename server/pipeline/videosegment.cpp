#include "server/pipeline/videosegment.h"

#include <algorithm>
#include <deque>

#include "server/packaging/timegrid.h"
#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr int maxLooksBack = 3;
constexpr std::int64_t maxPictures = 10'000;  // of one segment

// The picture of the grid that a time belongs to: the nearest.
std::int64_t nearest(Ticks at, Rational rate) {
    return rescale(at, rate.num, kTicksPerSecond * rate.den);
}

// The last time that belongs to this picture.
Ticks lastTimeOf(std::int64_t number, Rational rate) {
    Ticks at = unitTime(number, rate) + rescale(1, kTicksPerSecond * rate.den, 2LL * rate.num) + 1;
    while (nearest(at, rate) > number)
        --at;
    return at;
}

Canvas canvasOf(const AVStream& stream, const VideoEncoding& encoding) {
    const int rotation = rotationOf(&stream);
    Canvas canvas{encoding.width,
                  encoding.height,
                  stream.codecpar->width,
                  stream.codecpar->height,
                  outputColour(stream, encoding),
                  encoding.frameRate};
    if (rotation == 90 || rotation == 270)
        std::swap(canvas.sourceWidth, canvas.sourceHeight);
    return canvas;
}

bool isInterlaced(const SourcePicture& picture) {
    return picture.frame && VideoFilter::isInterlaced(*picture.frame);
}

}  // namespace

// One segment on its way through filter and encoder.
class VideoTranscoder::Run {
public:
    // `painter` may be null.
    Run(const AVStream& stream, const VideoEncoding& encoding, AVPixelFormat format,
        std::unique_ptr<VideoEncoder> encoder, std::int64_t number, SubtitlePainter* painter)
        : filter_(stream, encoding, format),
          encoder_(std::move(encoder)),
          painter_(painter),
          rate_(encoding.frameRate),
          number_(number) {}

    // A picture that is shown `count` times; 0: that only its neighbours need to see.
    Result<void> add(const SourcePicture& picture, std::int64_t count) {
        counts_.push_back(count);
        return encode(filter_.push(*picture.frame));
    }

    Result<Packets> finish() {
        if (auto encoded = encode(filter_.finish()); !encoded)
            return core::unexpected(encoded.error());
        return encoder_->finish();
    }

    Result<TrackFormat> format() const { return encoder_->format(); }

private:
    Result<void> encode(Result<std::vector<AvPtr<AVFrame>>> pictures) {
        if (!pictures)
            return core::unexpected(pictures.error());
        for (const auto& picture : *pictures) {
            if (counts_.empty())
                return core::fail(ErrorCode::Internal, "The video cannot be encoded", "more pictures than went in");
            for (std::int64_t left = counts_.front(); left > 0; --left) {
                if (auto sent = encode(*picture); !sent)
                    return sent;
            }
            counts_.pop_front();
        }
        return {};
    }

    Result<void> encode(const AVFrame& picture) {
        const std::int64_t number = number_++;
        if (!painter_)
            return encoder_->encode(picture, number);
        auto drawn = painter_->drawn(picture, unitTime(number, rate_));
        if (!drawn)
            return core::unexpected(drawn.error());
        return encoder_->encode(*drawn ? **drawn : picture, number);
    }

    VideoFilter filter_;
    std::unique_ptr<VideoEncoder> encoder_;
    SubtitlePainter* painter_;
    Rational rate_;
    std::int64_t number_;              // of the next picture on the grid
    std::deque<std::int64_t> counts_;  // of the pictures in the filter
};

Result<std::unique_ptr<VideoTranscoder>> VideoTranscoder::open(MediaSource& source, int stream, Ticks origin,
                                                               GpuDevice* device) {
    std::unique_ptr<VideoTranscoder> made(new VideoTranscoder(source, origin, device));
    auto reader = StreamReader::open(source, stream, origin);
    if (!reader)
        return core::unexpected(reader.error());
    made->reader_ = std::move(*reader);
    auto decoder = VideoDecoder::open(*made->reader_);
    if (!decoder)
        return core::unexpected(decoder.error());
    made->decoder_ = std::move(*decoder);
    return made;
}

// HDR that is kept keeps what is told of it, by the file or else by its first picture.
Result<VideoColour> VideoTranscoder::colour(const VideoEncoding& encoding) {
    VideoColour colour = outputColour(*reader_->stream(), encoding);
    if (!isHdr(colour.transfer))
        return colour;
    if (!hdr_ && colour.hdr.any())
        hdr_ = colour.hdr;
    if (!hdr_) {
        isWarm_ = false;
        auto sought = decoder_->seek(reader_->firstTime());
        auto first = sought ? decoder_->next() : core::unexpected(sought.error());
        if (!first)
            return core::unexpected(first.error());
        hdr_ = first->frame ? HdrMetadata::of(*first->frame) : HdrMetadata();
    }
    colour.hdr = *hdr_;
    return colour;
}

Result<TrackFormat> VideoTranscoder::format(const VideoEncoding& encoding) {
    auto colour = this->colour(encoding);
    if (!colour)
        return core::unexpected(colour.error());
    auto encoder = VideoEncoder::open(encoding, *colour, 4);
    if (!encoder)
        return core::unexpected(encoder.error());
    return (*encoder)->format();
}

// The next picture that is not shown before the last one.
Result<void> VideoTranscoder::look() {
    const Ticks notBefore = ahead_.frame ? ahead_.at : shown_.at;
    for (;;) {
        auto picture = decoder_->next();
        if (!picture)
            return core::unexpected(picture.error());
        ahead_ = std::move(*picture);
        if (!ahead_.frame || !shown_.frame || ahead_.at >= notBefore)
            return {};
    }
}

Result<void> VideoTranscoder::advance() {
    before_ = std::move(shown_);
    shown_ = std::move(ahead_);
    ahead_ = {};
    return look();
}

Result<void> VideoTranscoder::start(Ticks at) {
    before_ = {};
    shown_ = {};
    ahead_ = {};
    if (auto done = decoder_->seek(at); !done)
        return done;
    auto first = decoder_->next();
    if (!first)
        return core::unexpected(first.error());
    shown_ = std::move(*first);
    return look();
}

// Shows the picture `number` of the grid: the last one of the source that is not after it.
Result<void> VideoTranscoder::position(std::int64_t number, Rational rate) {
    const bool goesOn = isWarm_ && shown_.frame && !decoder_->isDamaged() && nearest(shown_.at, rate) <= number &&
                        unitTime(number, rate) - shown_.at < kTicksPerSecond;
    Ticks at = lastTimeOf(number, rate);
    if (!goesOn) {
        if (auto started = start(at); !started)
            return started;
    }
    for (int looks = 0;; ++looks) {
        while (ahead_.frame && nearest(ahead_.at, rate) <= number) {
            if (auto done = advance(); !done)
                return done;
        }
        const bool isLate = !shown_.frame || nearest(shown_.at, rate) > number;
        const bool lacksNeighbour = isInterlaced(shown_) && !before_.frame;
        const Ticks earliest = std::min(decoder_->startTime(), at);
        if ((!isLate && !lacksNeighbour) || looks == maxLooksBack || earliest <= reader_->firstTime())
            break;
        at = earliest - 1;
        if (auto started = start(at); !started)
            return started;
    }
    if (!shown_.frame)
        return core::fail(ErrorCode::Unprocessable, "No picture of this video can be decoded");
    return {};
}

Result<void> VideoTranscoder::feed(Run& run, std::int64_t number, std::int64_t end, Rational rate) {
    if (isInterlaced(shown_) && before_.frame) {
        if (auto added = run.add(before_, 0); !added)
            return added;
    }
    for (;;) {
        const std::int64_t until = ahead_.frame ? std::clamp(nearest(ahead_.at, rate), number, end) : end;
        if (until > number || isInterlaced(shown_)) {
            if (auto added = run.add(shown_, until - number); !added)
                return added;
        }
        number = until;
        if (number == end)
            break;
        if (auto done = advance(); !done)
            return done;
    }
    return isInterlaced(shown_) && ahead_.frame ? run.add(ahead_, 0) : Result<void>();
}

Result<SubtitlePainter*> VideoTranscoder::painter(const VideoEncoding& encoding, Ticks from, Ticks to) {
    constexpr std::size_t mostPainters = 4;
    if (!encoding.burnStream)
        return nullptr;
    const Canvas canvas = canvasOf(*reader_->stream(), encoding);
    auto known = std::find_if(painters_.begin(), painters_.end(), [&](const Painting& one) {
        return one.stream == *encoding.burnStream && one.canvas == canvas;
    });
    if (known == painters_.end()) {
        auto made = openSubtitlePainter(source_, *encoding.burnStream, origin_, canvas);
        if (!made)
            return core::unexpected(made.error());
        if (painters_.size() >= mostPainters)
            painters_.erase(painters_.begin());
        painters_.push_back({*encoding.burnStream, canvas, std::move(*made)});
    } else {
        std::rotate(known, known + 1, painters_.end());
    }
    SubtitlePainter* painter = painters_.back().painter.get();
    if (auto prepared = painter->prepare(from, to); !prepared)
        return core::unexpected(prepared.error());
    return painter;
}

Result<VideoTranscoder::Made> VideoTranscoder::segment(const VideoEncoding& encoding, Ticks from, Ticks to) {
    auto colour = this->colour(encoding);
    if (!colour)
        return core::unexpected(colour.error());
    auto encoder = VideoEncoder::open(encoding, *colour,
                                      static_cast<double>(to - from) / static_cast<double>(kTicksPerSecond), device_);
    if (!encoder)
        return core::unexpected(encoder.error());
    const Rational rate = encoding.frameRate;
    const std::int64_t number = firstUnit(from, rate);
    const std::int64_t end = firstUnit(to, rate);
    if (end <= number || end - number > maxPictures)
        return core::fail(ErrorCode::Invalid, "There is no such segment");
    auto painter = this->painter(encoding, from, to);
    if (!painter)
        return core::unexpected(painter.error());
    auto positioned = position(number, rate);
    isWarm_ = false;
    if (!positioned)
        return core::unexpected(positioned.error());
    const auto format = VideoEncoder::pixelFormat(encoding, *colour);
    Run run(*reader_->stream(), encoding, format, std::move(*encoder), number, *painter);
    if (auto fed = feed(run, number, end, rate); !fed)
        return core::unexpected(fed.error());
    auto packets = run.finish();
    if (!packets)
        return core::unexpected(packets.error());
    auto made = run.format();
    if (!made)
        return core::unexpected(made.error());
    isWarm_ = true;
    return Made{std::move(*made), std::move(*packets)};
}

}  // namespace marea::server
