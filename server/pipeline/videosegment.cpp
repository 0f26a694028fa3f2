#include "server/pipeline/videosegment.h"

#include <algorithm>
#include <deque>
#include <iterator>

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

// They share the grid of pictures.
Result<void> checkRates(const std::vector<VideoEncoding>& encodings) {
    const auto isOfTheFirst = [&](const VideoEncoding& e) { return e.frameRate == encodings.front().frameRate; };
    if (encodings.empty() || !std::all_of(encodings.begin(), encodings.end(), isOfTheFirst))
        return core::fail(ErrorCode::Invalid, "No video can be made with these properties", "frame rates");
    const Rational rate = encodings.front().frameRate;
    if (rate.num <= 0 || rate.den <= 0)
        return core::fail(ErrorCode::Invalid, "No video can be made with these properties", "frame rate");
    return {};
}

bool isInterlaced(const SourcePicture& picture) {
    return picture.frame && VideoFilter::isInterlaced(*picture.frame);
}

}  // namespace

// One segment on its way through filter and encoders.
class VideoTranscoder::Run {
public:
    Run(const StreamReader& reader, Rational rate, std::int64_t number, Watch watch)
        : reader_(reader), watch_(std::move(watch)), rate_(rate), number_(number) {}

    // Before the first picture. `painter` may be null.
    void addRung(const PictureLook& look, std::unique_ptr<VideoEncoder> encoder, SubtitlePainter* painter) {
        const auto known = std::find(looks_.begin(), looks_.end(), look);
        const auto number = static_cast<std::size_t>(known - looks_.begin());
        if (known == looks_.end())
            looks_.push_back(look);
        rungs_.push_back({number, std::move(encoder), painter});
    }

    // A picture that is shown `count` times; 0: that only its neighbours need to see.
    Result<void> add(const SourcePicture& picture, std::int64_t count) {
        if (filters_.empty())
            openFilters();
        counts_.push_back(count);
        return encode(filtered([&](VideoFilter& filter) { return filter.push(*picture.frame); }));
    }

    // Of each rung, in the order in which they were added.
    Result<std::vector<Made>> finish() {
        if (auto encoded = encode(filtered([](VideoFilter& filter) { return filter.finish(); })); !encoded)
            return core::unexpected(encoded.error());
        std::vector<Made> made;
        for (Rung& rung : rungs_) {
            auto packets = rung.encoder->finish();
            if (!packets)
                return core::unexpected(packets.error());
            auto format = rung.encoder->format();
            if (!format)
                return core::unexpected(format.error());
            made.push_back({std::move(*format), std::move(*packets)});
        }
        return made;
    }

private:
    struct Rung {
        std::size_t look = 0;
        std::unique_ptr<VideoEncoder> encoder;
        SubtitlePainter* painter = nullptr;
    };

    // At the first picture: a seek before it may have opened the file anew, and its stream is another one then.
    void openFilters() {
        const AVStream& stream = *reader_.stream();
        if (VideoFilter::sharesWork(stream)) {
            filters_.emplace_back(stream, looks_);
            return;
        }
        for (const PictureLook& look : looks_)
            filters_.emplace_back(stream, std::vector{look});
    }

    // What all filters give, each picture in all looks.
    template <class Step>
    Result<std::vector<VideoFilter::Picture>> filtered(Step step) {
        std::vector<VideoFilter::Picture> all;
        for (VideoFilter& filter : filters_) {
            auto some = step(filter);
            if (!some)
                return some;
            const bool isFirst = &filter == &filters_.front();
            if (!isFirst && some->size() != all.size())
                return core::fail(ErrorCode::Internal, "The video cannot be encoded", "looks out of step");
            all.resize(some->size());
            for (std::size_t i = 0; i < all.size(); ++i)
                std::move((*some)[i].begin(), (*some)[i].end(), std::back_inserter(all[i]));
        }
        return all;
    }

    Result<void> encode(Result<std::vector<VideoFilter::Picture>> pictures) {
        if (!pictures)
            return core::unexpected(pictures.error());
        for (const VideoFilter::Picture& picture : *pictures) {
            if (counts_.empty())
                return core::fail(ErrorCode::Internal, "The video cannot be encoded", "more pictures than went in");
            for (std::int64_t left = counts_.front(); left > 0; --left) {
                if (auto sent = encode(picture); !sent)
                    return sent;
            }
            counts_.pop_front();
        }
        return {};
    }

    Result<void> encode(const VideoFilter::Picture& looks) {
        const std::int64_t number = number_++;
        if (watch_)
            watch_(*looks[rungs_.front().look]);
        for (Rung& rung : rungs_) {
            const AVFrame& picture = *looks[rung.look];
            auto drawn = rung.painter ? rung.painter->drawn(picture, unitTime(number, rate_))
                                      : Result<AvPtr<AVFrame>>(AvPtr<AVFrame>());
            if (!drawn)
                return core::unexpected(drawn.error());
            if (auto sent = rung.encoder->encode(*drawn ? **drawn : picture, number); !sent)
                return sent;
        }
        return {};
    }

    const StreamReader& reader_;
    Watch watch_;
    std::vector<PictureLook> looks_;  // each once
    std::vector<Rung> rungs_;
    std::deque<VideoFilter> filters_;  // of all looks, or of one each
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

void VideoTranscoder::setBeside(PicturesBeside* beside) {
    if (beside_ && beside_ != beside)
        std::erase_if(painters_, [&](const Painting& one) { return one.stream == beside_->stream(); });
    beside_ = beside;
}

Result<std::unique_ptr<SubtitleFeed>> VideoTranscoder::subtitleFeed(int stream) {
    return beside_ && beside_->stream() == stream ? beside_->feed() : SubtitleFeed::open(source_, stream, origin_);
}

Result<SubtitlePainter*> VideoTranscoder::painter(const VideoEncoding& encoding, Ticks from, Ticks to,
                                                  std::size_t most) {
    if (!encoding.burnStream)
        return nullptr;
    const Canvas canvas = canvasOf(*reader_->stream(), encoding);
    auto known = std::find_if(painters_.begin(), painters_.end(), [&](const Painting& one) {
        return one.stream == *encoding.burnStream && one.canvas == canvas;
    });
    if (known == painters_.end()) {
        auto made = subtitleFeed(*encoding.burnStream).and_then([&](std::unique_ptr<SubtitleFeed> feed) {
            return openSubtitlePainter(std::move(feed), canvas);
        });
        if (!made)
            return core::unexpected(made.error());
        if (painters_.size() >= most)
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

Result<void> VideoTranscoder::addRungs(Run& run, const std::vector<VideoEncoding>& encodings, Ticks from, Ticks to) {
    constexpr std::size_t mostPainters = 4;
    const double seconds = static_cast<double>(to - from) / static_cast<double>(kTicksPerSecond);
    for (const VideoEncoding& encoding : encodings) {
        const auto colour = this->colour(encoding);
        if (!colour)
            return core::unexpected(colour.error());
        auto encoder = VideoEncoder::open(encoding, *colour, seconds, device_);
        if (!encoder)
            return core::unexpected(encoder.error());
        auto painter = this->painter(encoding, from, to, std::max(mostPainters, encodings.size()));
        if (!painter)
            return core::unexpected(painter.error());
        run.addRung({encoding.width, encoding.height, *colour, VideoEncoder::pixelFormat(encoding, *colour)},
                    std::move(*encoder), *painter);
    }
    return {};
}

Result<VideoTranscoder::Made> VideoTranscoder::segment(const VideoEncoding& encoding, Ticks from, Ticks to) {
    auto made = ladder({encoding}, from, to);
    if (!made)
        return core::unexpected(made.error());
    return std::move(made->front());
}

Result<std::vector<VideoTranscoder::Made>> VideoTranscoder::ladder(const std::vector<VideoEncoding>& encodings,
                                                                   Ticks from, Ticks to, Watch watch) {
    if (auto one = checkRates(encodings); !one)
        return core::unexpected(one.error());
    const Rational rate = encodings.front().frameRate;
    const std::int64_t number = firstUnit(from, rate);
    const std::int64_t end = firstUnit(to, rate);
    if (end <= number || end - number > maxPictures)
        return core::fail(ErrorCode::Invalid, "There is no such segment");
    Run run(*reader_, rate, number, std::move(watch));
    if (auto added = addRungs(run, encodings, from, to); !added)
        return core::unexpected(added.error());
    auto positioned = position(number, rate);
    isWarm_ = false;
    if (!positioned)
        return core::unexpected(positioned.error());
    if (auto fed = feed(run, number, end, rate); !fed)
        return core::unexpected(fed.error());
    auto made = run.finish();
    isWarm_ = made.has_value();
    return made;
}

}  // namespace marea::server
