#include <algorithm>
#include <limits>
#include <optional>

#include "server/pipeline/overlay.h"
#include "server/pipeline/subtitlepainter.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr Ticks forever = std::numeric_limits<Ticks>::max();
constexpr Ticks dvbMemory = 60 * kTicksPerSecond;
constexpr int largestSide = 8192;
constexpr std::size_t mostImages = 64;  // at a time

// What is on the screen from one time to another; without images it clears the screen.
struct Event {
    Ticks from = 0, to = forever;
    int width = 0, height = 0;  // of the screen that the images were made for; 0: not said
    std::vector<PaletteImage> images;
};

// PGS: true where a composition needs nothing of the ones before it: the start of an epoch, or a point made for tuning
// in (the state in a presentation composition segment, 0x16).
bool standsAlone(const AVPacket& packet) {
    const std::uint8_t* data = packet.data;
    for (int at = 0; at + 3 <= packet.size;) {
        const int size = data[at + 1] << 8 | data[at + 2];
        if (data[at] == 0x16)
            return at + 3 + 7 < packet.size && data[at + 3 + 7] != 0;
        at += 3 + size;
    }
    return false;
}

std::optional<PaletteImage> imageOf(const AVSubtitleRect& rect) {
    if (rect.type != SUBTITLE_BITMAP || !rect.data[0] || !rect.data[1] || rect.w <= 0 || rect.h <= 0 ||
        rect.w > largestSide || rect.h > largestSide)
        return std::nullopt;
    PaletteImage image{rect.x, rect.y, rect.w, rect.h, {}, {}};
    image.pixels.reserve(static_cast<std::size_t>(rect.w) * static_cast<std::size_t>(rect.h));
    for (int row = 0; row < rect.h; ++row) {
        const std::uint8_t* line = rect.data[0] + static_cast<std::ptrdiff_t>(row) * rect.linesize[0];
        image.pixels.insert(image.pixels.end(), line, line + rect.w);
    }
    const auto* palette = reinterpret_cast<const std::uint32_t*>(rect.data[1]);
    image.palette.assign(palette, palette + std::clamp(rect.nb_colors, 0, 256));
    image.palette.resize(256, 0);
    return image;
}

// From the screen that subtitles were made for to the picture.
struct Placing {
    double across = 1, down = 1, left = 0, top = 0;
};

// Screens of standard definition have the picture's own pixels, whatever their shape. Others have square ones: where
// the film was cropped out of the screen, the screen lies around it.
Placing placingOf(int width, int height, const Canvas& canvas) {
    const double w = canvas.width, h = canvas.height;
    const bool isOld = (width == 720 || width == 704) && (height == 576 || height == 480);
    const bool isSame = width == canvas.sourceWidth && height == canvas.sourceHeight;
    const double shape = static_cast<double>(width) / height * h / w;
    if (isOld || isSame || std::abs(shape - 1) < 0.02)
        return {w / width, h / height, 0, 0};
    const double scale = std::max(w / width, h / height);
    return {scale, scale, (w - width * scale) / 2, (h - height * scale) / 2};
}

class ImagePainter final : public SubtitlePainter {
public:
    ImagePainter(std::unique_ptr<SubtitleFeed> feed, const Canvas& canvas) : feed_(std::move(feed)), canvas_(canvas) {}

    Result<void> prepare(Ticks from, Ticks to) override;

protected:
    Result<bool> show(Ticks at) override;
    void draw(AVFrame& picture) override;

private:
    void trim(std::vector<const AVPacket*>& packets, Ticks from) const;
    void add(const AVSubtitle& subtitle, const AVPacket& packet, const AVCodecContext& decoder, Ticks wantedFrom);
    Overlay placed(const PaletteImage& image, const Event& event) const;
    AVCodecID codec() const { return feed_->stream().codecpar->codec_id; }

    std::unique_ptr<SubtitleFeed> feed_;
    Canvas canvas_;
    std::vector<Event> events_;  // in the order of their times
    const Event* shown_ = nullptr;
    std::vector<Overlay> overlays_;  // of shown_
};

// Decoders begin afresh for each segment, at a packet that needs nothing of those before.
void ImagePainter::trim(std::vector<const AVPacket*>& packets, Ticks from) const {
    std::size_t first = 0;
    for (std::size_t i = 0; i < packets.size() && feed_->timeOf(*packets[i]) <= from; ++i) {
        const bool isStart = codec() == AV_CODEC_ID_HDMV_PGS_SUBTITLE ? standsAlone(*packets[i])
                             : codec() == AV_CODEC_ID_DVB_SUBTITLE    ? feed_->timeOf(*packets[i]) < from - dvbMemory
                                                                      : true;
        if (isStart)
            first = i;
    }
    packets.erase(packets.begin(), packets.begin() + static_cast<std::ptrdiff_t>(first));
}

void ImagePainter::add(const AVSubtitle& subtitle, const AVPacket& packet, const AVCodecContext& decoder,
                       Ticks wantedFrom) {
    constexpr Ticks millisecond = kTicksPerSecond / 1000;
    const Ticks base = feed_->timeOf(packet);
    Event event;
    event.from = base + subtitle.start_display_time * millisecond;
    if (subtitle.end_display_time != UINT32_MAX && subtitle.end_display_time > subtitle.start_display_time)
        event.to = base + subtitle.end_display_time * millisecond;
    else if (const Ticks length = feed_->durationOf(packet); length > 0 && codec() != AV_CODEC_ID_HDMV_PGS_SUBTITLE)
        event.to = base + length;
    event.width = decoder.width;
    event.height = decoder.height;
    if (!events_.empty()) {
        Event& last = events_.back();
        last.to = std::min(last.to, event.from);
        if (last.to <= wantedFrom)
            events_.pop_back();
    }
    for (unsigned i = 0; i < subtitle.num_rects && event.images.size() < mostImages; ++i) {
        if (auto image = imageOf(*subtitle.rects[i]))
            event.images.push_back(std::move(*image));
    }
    events_.push_back(std::move(event));
}

Result<void> ImagePainter::prepare(Ticks from, Ticks to) {
    events_.clear();
    overlays_.clear();
    shown_ = nullptr;
    auto packets = feed_->packets(from, to);
    if (!packets)
        return core::unexpected(packets.error());
    trim(*packets, from);
    auto decoder = openSubtitleDecoder(feed_->stream());
    if (!decoder)
        return core::unexpected(decoder.error());
    for (const AVPacket* packet : *packets) {
        DecodedSubtitle decoded;
        // A damaged one is passed over: the next may be whole.
        if (decoded.decode(**decoder, *packet))
            add(decoded.subtitle, *packet, **decoder, from);
    }
    return {};
}

Overlay ImagePainter::placed(const PaletteImage& image, const Event& event) const {
    int width = event.width > 0 ? event.width : canvas_.sourceWidth;
    int height = event.height > 0 ? event.height : canvas_.sourceHeight;
    for (const PaletteImage& one : event.images) {
        width = std::max(width, one.x + one.width);
        height = std::max(height, one.y + one.height);
    }
    const Placing p = placingOf(width, height, canvas_);
    const auto whole = [](double v, int most) { return std::clamp(static_cast<int>(std::lround(v)), 1, most); };
    const int w = whole(image.width * p.across, canvas_.width), h = whole(image.height * p.down, canvas_.height);
    // What a cropped film has no room for moves in.
    const int x = std::clamp(static_cast<int>(std::lround(p.left + image.x * p.across)), 0, canvas_.width - w);
    const int y = std::clamp(static_cast<int>(std::lround(p.top + image.y * p.down)), 0, canvas_.height - h);
    return scaled(image, x, y, w, h, canvas_.colour);
}

Result<bool> ImagePainter::show(Ticks at) {
    const Event* now = nullptr;
    for (const Event& event : events_) {
        if (event.from <= at && at < event.to)
            now = &event;
    }
    if (now == shown_)
        return !overlays_.empty();
    shown_ = now;
    overlays_.clear();
    if (now) {
        for (const PaletteImage& image : now->images)
            overlays_.push_back(placed(image, *now));
    }
    return !overlays_.empty();
}

void ImagePainter::draw(AVFrame& picture) {
    for (const Overlay& overlay : overlays_)
        paint(picture, overlay);
}

}  // namespace

Result<std::unique_ptr<SubtitlePainter>> openImagePainter(std::unique_ptr<SubtitleFeed> feed, const Canvas& canvas) {
    if (auto decoder = openSubtitleDecoder(feed->stream()); !decoder)
        return core::unexpected(decoder.error());
    return std::make_unique<ImagePainter>(std::move(feed), canvas);
}

}  // namespace marea::server
