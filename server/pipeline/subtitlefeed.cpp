#include "server/pipeline/subtitlefeed.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "server/pipeline/streamreader.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr Ticks lookBack = 30 * kTicksPerSecond;
// Packets stand in the file near the pictures of their time, not always before them.
constexpr Ticks interleaving = 2 * kTicksPerSecond;
constexpr std::int64_t smallFile = 64 << 20;
constexpr std::size_t mostPackets = 50'000;
constexpr std::size_t mostBytes = 128 << 20;
constexpr Ticks forever = std::numeric_limits<Ticks>::max();
constexpr Ticks longestTime = std::int64_t{1} << 55;
constexpr AVRational tickBase{1, static_cast<int>(kTicksPerSecond)};

int pictureStream(const AVFormatContext& context) {
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream* stream = context.streams[i];
        if (stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC))
            return stream->index;
    }
    return -1;
}

// Of a stream inside a media file.
class StreamFeed final : public SubtitleFeed {
public:
    StreamFeed(int stream, bool isWhole) : index_(stream), isWhole_(isWhole) {}
    void read(std::unique_ptr<StreamReader> reader) { reader_ = std::move(reader); }

    const AVStream& stream() const override { return *reader_->context()->streams[index_]; }
    const AVFormatContext& context() const override { return *reader_->context(); }
    Ticks timeOf(const AVPacket& packet) const override;
    Ticks durationOf(const AVPacket& packet) const override;
    Result<std::vector<const AVPacket*>> packets(Ticks from, Ticks to) override;

private:
    Result<void> begin(Ticks start);
    Result<void> readOn(Ticks until);
    Result<void> keep(AvPtr<AVPacket> packet, Ticks met);

    std::unique_ptr<StreamReader> reader_;
    int index_;
    bool isWhole_;  // keeps everything from the start of the file
    std::vector<StreamReader::Beside> known_;
    std::size_t bytes_ = 0;
    Ticks readFrom_ = std::numeric_limits<Ticks>::min();  // known_ is what the file has from here…
    Ticks readTo_ = std::numeric_limits<Ticks>::min();    // …to here
};

}  // namespace

Result<std::unique_ptr<SubtitleFeed>> SubtitleFeed::open(MediaSource& source, int stream, Ticks origin) {
    auto own = StreamReader::open(source, stream, origin);
    if (!own)
        return core::unexpected(own.error());
    const AVFormatContext& context = *(*own)->context();
    if ((*own)->stream()->codecpar->codec_type != AVMEDIA_TYPE_SUBTITLE)
        return core::fail(ErrorCode::Unprocessable, "The stream is not one of subtitles");
    const bool isIndexed = std::string_view(context.iformat->name).starts_with("mov");
    const int picture = pictureStream(context);
    const bool isWhole = isIndexed || picture < 0 || source.size() <= smallFile;
    auto feed = std::make_unique<StreamFeed>(stream, isWhole);
    if (isIndexed || picture < 0) {
        feed->read(std::move(*own));
        return feed;
    }
    own->reset();
    auto reader = StreamReader::open(source, picture, origin, stream);
    if (!reader)
        return core::unexpected(reader.error());
    feed->read(std::move(*reader));
    return feed;
}

Ticks StreamFeed::timeOf(const AVPacket& packet) const {
    const std::int64_t at = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    return std::clamp(av_rescale_q(at, stream().time_base, tickBase), -longestTime, longestTime) - reader_->origin();
}

Ticks StreamFeed::durationOf(const AVPacket& packet) const {
    return std::clamp<Ticks>(av_rescale_q(packet.duration, stream().time_base, tickBase), 0, longestTime);
}

Result<void> StreamFeed::keep(AvPtr<AVPacket> packet, Ticks met) {
    if (packet->size <= 0 || (packet->pts == AV_NOPTS_VALUE && packet->dts == AV_NOPTS_VALUE))
        return {};
    bytes_ += static_cast<std::size_t>(packet->size);
    known_.push_back({std::move(packet), met});
    if (known_.size() > mostPackets || bytes_ > mostBytes)
        return core::fail(ErrorCode::Unprocessable, "There are too many subtitles in this file to draw them");
    return {};
}

Result<void> StreamFeed::readOn(Ticks until) {
    const bool isAlone = reader_->stream()->index == index_;
    while (readTo_ < until) {
        auto packet = reader_->next();
        if (!packet)
            return core::unexpected(packet.error());
        readTo_ = !*packet ? forever : isAlone ? readTo_ : reader_->met();
        if (isAlone && *packet) {
            if (auto kept = keep(std::move(*packet), readFrom_); !kept)
                return kept;
        }
        for (StreamReader::Beside& found : reader_->takeBeside()) {
            if (auto kept = keep(std::move(found.packet), found.met); !kept)
                return kept;
        }
    }
    return {};
}

Result<void> StreamFeed::begin(Ticks start) {
    if (start < readFrom_ || start > readTo_) {
        known_.clear();
        if (auto done = reader_->seekKeyframe(std::max(start, reader_->firstTime())); !done)
            return done;
        readTo_ = start;
    }
    readFrom_ = start;
    std::erase_if(known_, [&](const StreamReader::Beside& one) { return one.met < start; });
    bytes_ = 0;
    for (const StreamReader::Beside& one : known_)
        bytes_ += static_cast<std::size_t>(one.packet->size);
    return {};
}

Result<std::vector<const AVPacket*>> StreamFeed::packets(Ticks from, Ticks to) {
    const bool isFromStart = isWhole_ || from - lookBack <= reader_->firstTime();
    const Ticks start = isFromStart ? std::numeric_limits<Ticks>::min() : from - lookBack;
    const Ticks end = to + interleaving;
    if (auto done = begin(start); !done)
        return core::unexpected(done.error());
    if (auto done = readOn(end); !done)
        return core::unexpected(done.error());
    // What others have met before or after belongs to their spans.
    std::vector<const AVPacket*> wanted;
    for (const StreamReader::Beside& one : known_) {
        if (one.met >= start && one.met <= end && timeOf(*one.packet) < to)
            wanted.push_back(one.packet.get());
    }
    return wanted;
}

}  // namespace marea::server
