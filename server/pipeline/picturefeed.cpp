#include "server/pipeline/picturefeed.h"

#include <algorithm>
#include <cstring>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t mostBytes = 64 << 20;  // of one segment

AvPtr<AVPacket> packetOf(const std::string& bytes, Ticks at) {
    AvPtr<AVPacket> packet(av_packet_alloc());
    if (!packet || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
        return nullptr;
    std::memcpy(packet->data, bytes.data(), bytes.size());
    packet->pts = packet->dts = at;
    return packet;
}

bool setHeader(AVCodecParameters& parameters, const std::string& header) {
    if (header.empty())
        return true;
    parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(header.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (!parameters.extradata)
        return false;
    std::memcpy(parameters.extradata, header.data(), header.size());
    parameters.extradata_size = static_cast<int>(header.size());
    return true;
}

}  // namespace

Result<std::unique_ptr<SubtitleFeed>> PictureFeed::create(AVCodecID codec, const std::string& header,
                                                          std::vector<PictureEntry> entries, Load load) {
    if (entries.empty())
        return core::fail(ErrorCode::Unprocessable, "There are no subtitles in this file");
    std::unique_ptr<PictureFeed> feed(new PictureFeed(std::move(entries), std::move(load)));
    feed->context_.reset(avformat_alloc_context());
    AVStream* stream = feed->context_ ? avformat_new_stream(feed->context_.get(), nullptr) : nullptr;
    if (!stream || !setHeader(*stream->codecpar, header))
        return core::fail(ErrorCode::Internal, "The subtitles cannot be drawn", "no memory for a stream");
    stream->codecpar->codec_type = AVMEDIA_TYPE_SUBTITLE;
    stream->codecpar->codec_id = codec;
    stream->time_base = {1, static_cast<int>(kTicksPerSecond)};
    return feed;
}

Result<std::vector<const AVPacket*>> PictureFeed::packets(Ticks from, Ticks to) {
    const auto later = [](Ticks at, const PictureEntry& entry) { return at < entry.at; };
    const auto end = std::lower_bound(entries_.begin(), entries_.end(), to,
                                      [](const PictureEntry& entry, Ticks at) { return entry.at < at; });
    auto first = std::upper_bound(entries_.begin(), end, from, later);
    while (first != entries_.begin() && !(--first)->isStart) {
    }
    loaded_.clear();
    std::size_t bytes = 0;
    std::vector<const AVPacket*> wanted;
    for (; first != end; ++first) {
        const std::string data = load_(*first);
        bytes += data.size();
        if (bytes > mostBytes)
            return core::fail(ErrorCode::Unprocessable, "There are too many subtitles in this file to draw them");
        if (AvPtr<AVPacket> packet = data.empty() ? nullptr : packetOf(data, first->at)) {
            wanted.push_back(packet.get());
            loaded_.push_back(std::move(packet));
        }
    }
    return wanted;
}

}  // namespace marea::server
