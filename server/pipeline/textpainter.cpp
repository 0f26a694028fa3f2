#include <ass/ass.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/utf8.h"
#include "server/packaging/timegrid.h"
#include "server/pipeline/charsets.h"
#include "server/pipeline/overlay.h"
#include "server/pipeline/subtitlefonts.h"
#include "server/pipeline/subtitlepainter.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t longestText = 1 << 20;        // of one event
constexpr std::size_t mostEvents = 20'000;          // in one segment
constexpr Ticks memory = 30 * kTicksPerSecond;      // lines that ended earlier have no part in the segment
constexpr Ticks usualLength = 5 * kTicksPerSecond;  // of a line that does not say its own
constexpr std::size_t mostRehearsed = 16;
constexpr int mostGlyphs = 1000, mostBitmapMegabytes = 64;  // libass keeps for later

struct AssDelete {
    void operator()(ASS_Library* l) const { ass_library_done(l); }
    void operator()(ASS_Renderer* r) const { ass_renderer_done(r); }
    void operator()(ASS_Track* t) const { ass_free_track(t); }
};
template <class T>
using AssPtr = std::unique_ptr<T, AssDelete>;

long long milliseconds(Ticks at) {
    return av_rescale_rnd(at, 1000, kTicksPerSecond, AV_ROUND_NEAR_INF);
}

struct Line {
    Ticks from = 0, to = 0;
    bool isPlaced = false;  // says itself where it stands
};

// Its times are whole milliseconds, as containers and libass have them: pictures are shown at the nearest one.
class TextPainter final : public SubtitlePainter {
public:
    TextPainter(std::unique_ptr<SubtitleFeed> feed, const Canvas& canvas) : feed_(std::move(feed)), canvas_(canvas) {}
    Result<void> open();
    Result<void> prepare(Ticks from, Ticks to) override;

protected:
    Result<bool> show(Ticks at) override;
    void draw(AVFrame& picture) override;

private:
    bool addFonts();
    void readHeader(ASS_Track& track) const;
    std::vector<AvPtr<AVPacket>> inUtf8(const std::vector<const AVPacket*>& packets) const;
    Result<void> fill(const std::vector<const AVPacket*>& packets, Ticks from);
    void rehearse(Ticks from);

    std::unique_ptr<SubtitleFeed> feed_;
    Canvas canvas_;
    std::string header_;
    AssPtr<ASS_Library> library_;
    AssPtr<ASS_Renderer> renderer_;
    AssPtr<ASS_Track> track_;
    std::vector<Line> lines_;
    const ASS_Image* images_ = nullptr;  // the renderer's
};

// The film's fonts, then what they fall back on.
bool TextPainter::addFonts() {
    std::vector<FontFile> fonts = attachedFonts(feed_->context());
    const std::vector<FontFile>& fallback = fallbackFonts();
    fonts.insert(fonts.end(), fallback.begin(), fallback.end());
    for (const FontFile& font : fonts)
        ass_add_font(library_.get(), font.name.c_str(), font.bytes.data(), static_cast<int>(font.bytes.size()));
    return !fonts.empty();
}

void TextPainter::readHeader(ASS_Track& track) const {
    std::string copy = header_;
    ass_process_codec_private(&track, copy.data(), static_cast<int>(copy.size()));
}

Result<void> TextPainter::open() {
    auto decoder = openSubtitleDecoder(feed_->stream());
    if (!decoder)
        return core::unexpected(decoder.error());
    if ((*decoder)->subtitle_header && (*decoder)->subtitle_header_size > 0)
        header_.assign(reinterpret_cast<const char*>((*decoder)->subtitle_header),
                       static_cast<std::size_t>((*decoder)->subtitle_header_size));
    header_.resize(std::min(header_.find('\0'), header_.size()));
    if (!core::isUtf8(header_))
        header_ = textToUtf8(header_, {});
    library_.reset(ass_library_init());
    if (!library_)
        return core::fail(ErrorCode::Internal, "The subtitles cannot be drawn", "libass");
    ass_set_message_cb(
        library_.get(), [](int, const char*, va_list, void*) {}, nullptr);
    bool hasFonts = addFonts();
    // Fonts in the text itself: once, or each segment would add them anew.
    ass_set_extract_fonts(library_.get(), 1);
    if (const AssPtr<ASS_Track> track(ass_new_track(library_.get())); track)
        readHeader(*track);
    ass_set_extract_fonts(library_.get(), 0);
    hasFonts = hasFonts || header_.find("fontname:") != std::string::npos;
    if (!hasFonts)
        return core::fail(
            ErrorCode::Unprocessable,
            "The subtitles cannot be drawn: this server has no font for them (package fonts-dejavu-core)");
    renderer_.reset(ass_renderer_init(library_.get()));
    if (!renderer_)
        return core::fail(ErrorCode::Internal, "The subtitles cannot be drawn", "libass");
    ass_set_cache_limits(renderer_.get(), mostGlyphs, mostBitmapMegabytes);
    ass_set_storage_size(renderer_.get(), canvas_.sourceWidth, canvas_.sourceHeight);
    ass_set_frame_size(renderer_.get(), canvas_.width, canvas_.height);
    ass_set_fonts(renderer_.get(), nullptr, kFallbackFamily, ASS_FONTPROVIDER_NONE, nullptr, 0);
    return {};
}

// Containers ask for UTF-8, which not all who fill them know.
std::vector<AvPtr<AVPacket>> TextPainter::inUtf8(const std::vector<const AVPacket*>& packets) const {
    std::vector<AvPtr<AVPacket>> out;
    const bool isBinary = feed_->stream().codecpar->codec_id == AV_CODEC_ID_MOV_TEXT;
    std::string all;
    bool isGood = true;
    for (const AVPacket* packet : packets) {
        const std::string_view text(reinterpret_cast<const char*>(packet->data),
                                    static_cast<std::size_t>(packet->size));
        isGood = isGood && (isBinary || core::isUtf8(text));
        if (!isBinary)
            all.append(text) += '\n';
    }
    const std::string charset = isGood ? std::string() : charsetOf(all, {});
    for (const AVPacket* packet : packets) {
        AvPtr<AVPacket> copy(av_packet_clone(packet));
        if (copy && !isGood) {
            const std::string text = convertToUtf8(
                {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)}, charset);
            AvPtr<AVPacket> converted(av_packet_alloc());
            if (!converted || av_new_packet(converted.get(), static_cast<int>(text.size())) < 0 ||
                av_packet_copy_props(converted.get(), packet) < 0)
                continue;
            std::copy(text.begin(), text.end(), converted->data);
            copy = std::move(converted);
        }
        if (copy)
            out.push_back(std::move(copy));
    }
    return out;
}

// All lines that begin before the segment's end go into a fresh track.
Result<void> TextPainter::fill(const std::vector<const AVPacket*>& packets, Ticks from) {
    auto decoder = openSubtitleDecoder(feed_->stream());
    if (!decoder)
        return core::unexpected(decoder.error());
    for (const AvPtr<AVPacket>& packet : inUtf8(packets)) {
        const Ticks begin = feed_->timeOf(*packet);
        const Ticks known = feed_->durationOf(*packet), length = known > 0 ? known : usualLength;
        if (begin + length <= from - memory)
            continue;
        DecodedSubtitle decoded;
        if (!decoded.decode(**decoder, *packet))
            continue;
        for (unsigned i = 0; i < decoded.subtitle.num_rects; ++i) {
            char* text = decoded.subtitle.rects[i]->ass;
            const std::string_view words = text ? text : "";
            if (words.empty() || words.size() > longestText)
                continue;
            const long long start = milliseconds(begin), end = milliseconds(begin + length);
            ass_process_chunk(track_.get(), text, static_cast<int>(words.size()), start, end - start);
            lines_.push_back(
                {begin, begin + length,
                 words.find("\\pos(") != std::string_view::npos || words.find("\\move(") != std::string_view::npos});
        }
        if (lines_.size() > mostEvents)
            return core::fail(ErrorCode::Unprocessable, "There are too many subtitles in this file to draw them");
    }
    return {};
}

// Lines that are on the screen together keep out of each other's way, and stay where they once stood: so a segment that
// begins in the middle goes through the beginnings of its lines as if it had drawn them.
void TextPainter::rehearse(Ticks from) {
    std::sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.from > b.from; });
    Ticks earliest = from;
    for (const Line& line : lines_) {
        if (!line.isPlaced && line.from < earliest && line.to > earliest)
            earliest = line.from;
    }
    std::vector<Ticks> beginnings;
    for (const Line& line : lines_) {
        if (!line.isPlaced && line.from >= earliest && line.from < from && beginnings.size() < mostRehearsed)
            beginnings.push_back(line.from);
    }
    if (beginnings.size() < 2)
        return;
    for (auto at = beginnings.rbegin(); at != beginnings.rend(); ++at) {
        const Ticks picture = unitTime(firstUnit(*at, canvas_.frameRate), canvas_.frameRate);
        if (picture < from)
            ass_render_frame(renderer_.get(), track_.get(), milliseconds(picture), nullptr);
    }
}

Result<void> TextPainter::prepare(Ticks from, Ticks to) {
    images_ = nullptr;
    lines_.clear();
    auto packets = feed_->packets(from, to);
    if (!packets)
        return core::unexpected(packets.error());
    track_.reset(ass_new_track(library_.get()));
    if (!track_)
        return core::fail(ErrorCode::Internal, "The subtitles cannot be drawn", "libass");
    readHeader(*track_);
    ass_set_check_readorder(track_.get(), 0);
    if (auto filled = fill(*packets, from); !filled)
        return filled;
    rehearse(from);
    return {};
}

Result<bool> TextPainter::show(Ticks at) {
    images_ = ass_render_frame(renderer_.get(), track_.get(), milliseconds(at), nullptr);
    return images_ != nullptr;
}

void TextPainter::draw(AVFrame& picture) {
    for (const ASS_Image* image = images_; image; image = image->next) {
        const std::uint32_t c = image->color;  // RGBA, and A is transparency
        paint(picture, Stencil{image->dst_x, image->dst_y, image->w, image->h, image->stride, image->bitmap,
                               codedColour(static_cast<std::uint8_t>(c >> 24), static_cast<std::uint8_t>(c >> 16),
                                           static_cast<std::uint8_t>(c >> 8), canvas_.colour),
                               255 - static_cast<int>(c & 255)});
    }
}

}  // namespace

Result<std::unique_ptr<SubtitlePainter>> openTextPainter(std::unique_ptr<SubtitleFeed> feed, const Canvas& canvas) {
    auto painter = std::make_unique<TextPainter>(std::move(feed), canvas);
    if (auto opened = painter->open(); !opened)
        return core::unexpected(opened.error());
    return painter;
}

}  // namespace marea::server
