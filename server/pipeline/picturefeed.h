#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server/pipeline/subtitlefeed.h"

namespace marea::server {

// A packet of subtitles that are pictures, where its file has it.
struct PictureEntry {
    Ticks at = 0;            // since the title's start
    std::int64_t place = 0;  // in the file, bytes
    std::int64_t size = 0;   // there; 0: what is there says it
    bool isStart = true;     // needs nothing of those before it
};

// Of a file whose packets are all known beforehand: only those that are wanted are read.
class PictureFeed final : public SubtitleFeed {
public:
    // The bytes of an entry as decoders take them; empty: damaged.
    using Load = std::function<std::string(const PictureEntry& entry)>;

    // `entries` ascend in time. `header`: what the decoder must know beforehand.
    static core::Result<std::unique_ptr<SubtitleFeed>> create(AVCodecID codec, const std::string& header,
                                                              std::vector<PictureEntry> entries, Load load);

    const AVStream& stream() const override { return *context_->streams[0]; }
    const AVFormatContext& context() const override { return *context_; }
    Ticks timeOf(const AVPacket& packet) const override { return packet.pts; }
    Ticks durationOf(const AVPacket&) const override { return 0; }
    core::Result<std::vector<const AVPacket*>> packets(Ticks from, Ticks to) override;

private:
    struct Free {
        void operator()(AVFormatContext* context) const { avformat_free_context(context); }
    };
    PictureFeed(std::vector<PictureEntry> entries, Load load) : entries_(std::move(entries)), load_(std::move(load)) {}

    std::unique_ptr<AVFormatContext, Free> context_;  // of one stream, and no file
    std::vector<PictureEntry> entries_;
    Load load_;
    std::vector<AvPtr<AVPacket>> loaded_;
};

}  // namespace marea::server
