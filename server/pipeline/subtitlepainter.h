#pragma once

#include "server/pipeline/subtitlefeed.h"
#include "server/pipeline/videocolour.h"

namespace marea::server {

// The pictures that subtitles are drawn into: upright, with square pixels, in their final colours.
struct Canvas {
    int width = 0, height = 0;
    int sourceWidth = 0, sourceHeight = 0;  // as coded, but upright: what authors of subtitles saw
    VideoColour colour;
    Rational frameRate;
    bool operator==(const Canvas&) const = default;
};

// Draws one subtitle stream into pictures. What it draws depends on the file and the picture's time alone. One thread.
class SubtitlePainter {
public:
    virtual ~SubtitlePainter() = default;

    // Before the pictures of [from, to) are drawn into.
    virtual core::Result<void> prepare(Ticks from, Ticks to) = 0;
    // A copy of `picture` with what is to be seen at that time; null when that is nothing. Times ascend.
    core::Result<AvPtr<AVFrame>> drawn(const AVFrame& picture, Ticks at);

protected:
    // Finds out what is to be seen; false: nothing.
    virtual core::Result<bool> show(Ticks at) = 0;
    virtual void draw(AVFrame& picture) = 0;
};

// Text by libass, with the film's own fonts first; PGS, VobSub and DVB subtitles as the images that they are.
// ErrorCode::Unprocessable, in words, for other streams. What the feed is of outlives the painter.
core::Result<std::unique_ptr<SubtitlePainter>> openSubtitlePainter(std::unique_ptr<SubtitleFeed> feed,
                                                                   const Canvas& canvas);

// Its two kinds.
core::Result<std::unique_ptr<SubtitlePainter>> openTextPainter(std::unique_ptr<SubtitleFeed> feed,
                                                               const Canvas& canvas);
core::Result<std::unique_ptr<SubtitlePainter>> openImagePainter(std::unique_ptr<SubtitleFeed> feed,
                                                                const Canvas& canvas);

// A fresh decoder of the feed's stream.
core::Result<AvPtr<AVCodecContext>> openSubtitleDecoder(const AVStream& stream);

// What a decoder makes of a packet; freed by itself. `isDone` is false when nothing came out.
struct DecodedSubtitle {
    DecodedSubtitle() = default;
    ~DecodedSubtitle() { avsubtitle_free(&subtitle); }
    DecodedSubtitle(const DecodedSubtitle&) = delete;
    DecodedSubtitle& operator=(const DecodedSubtitle&) = delete;
    bool decode(AVCodecContext& decoder, const AVPacket& packet);

    AVSubtitle subtitle{};
};

}  // namespace marea::server
