#include "server/pipeline/videofilter.h"

#include <algorithm>
#include <cstdio>

#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

core::Error filterError(int code, const char* where) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Unprocessable, std::string(where) + ": " + words, "This picture format cannot be converted"};
}

std::string matrixName(AVColorSpace matrix) {
    switch (matrix) {
        case AVCOL_SPC_BT709:
            return "bt709";
        case AVCOL_SPC_FCC:
            return "fcc";
        case AVCOL_SPC_SMPTE240M:
            return "smpte240m";
        case AVCOL_SPC_BT2020_NCL:
            return "bt2020";
        default:
            return "smpte170m";
    }
}

bool isFullRange(int format, AVColorRange range) {
    return range == AVCOL_RANGE_JPEG || format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P ||
           format == AV_PIX_FMT_YUVJ444P || format == AV_PIX_FMT_YUVJ440P;
}

std::string upright(int rotation) {
    switch (rotation) {
        case 90:
            return ",transpose=clock";
        case 180:
            return ",hflip,vflip";
        case 270:
            return ",transpose=cclock";
        default:
            return {};
    }
}

bool hasToneMapping() {
    return avfilter_get_by_name("zscale") && avfilter_get_by_name("tonemap");
}

}  // namespace

VideoFilter::VideoFilter(const AVStream& stream, std::vector<PictureLook> looks)
    : looks_(std::move(looks)), rotation_(rotationOf(&stream)) {
    const PictureLook& look = looks_.front();
    if (needsDolbyMapping(&stream))
        dolby_.emplace(isTurned() ? look.height : look.width, isTurned() ? look.width : look.height);
}

bool VideoFilter::sharesWork(const AVStream& stream) {
    return !needsDolbyMapping(&stream);
}

bool VideoFilter::Input::fits(const Input& next) const {
    return width == next.width && height == next.height && format == next.format &&
           av_cmp_q(pixelAspect, next.pixelAspect) == 0 && matrix == next.matrix && transfer == next.transfer &&
           range == next.range && (isInterlaced || !next.isInterlaced);
}

VideoFilter::Input VideoFilter::describe(const AVFrame& picture) {
    const AVRational aspect = picture.sample_aspect_ratio;
    return {picture.width,       picture.height,
            picture.format,      aspect.num > 0 && aspect.den > 0 ? aspect : AVRational{1, 1},
            matrixOf(picture),   picture.color_trc,
            picture.color_range, isInterlaced(picture)};
}

bool VideoFilter::isInterlaced(const AVFrame& picture) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
    return picture.flags & AV_FRAME_FLAG_INTERLACED;
#else
    return picture.interlaced_frame != 0;
#endif
}

// Scaled before its tones are mapped, which is the slow part; turned last.
std::string VideoFilter::chain(const Input& input, const PictureLook& look) const {
    const int width = isTurned() ? look.height : look.width;
    const int height = isTurned() ? look.width : look.height;
    const bool isMapped = isHdr(input.transfer) && !isHdr(look.colour.transfer) && hasToneMapping();
    std::string chain = "scale=" + std::to_string(width) + ":" + std::to_string(height) + ":flags=bicubic";
    const AVColorSpace wanted = isMapped ? AVCOL_SPC_BT2020_NCL : look.colour.matrix;
    if (input.matrix != wanted) {
        if (input.matrix != AVCOL_SPC_RGB)
            chain += ":in_color_matrix=" + matrixName(input.matrix);
        chain += ":out_color_matrix=" + matrixName(wanted);
    }
    if (isFullRange(input.format, input.range))
        chain += ":in_range=full:out_range=limited";
    if (isMapped) {
        const std::string curve = input.transfer == AVCOL_TRC_ARIB_STD_B67 ? "arib-std-b67" : "smpte2084";
        // 1,000 cd/m² at the top: what films are graded for; 1.0 in linear light is 100.
        chain += ",format=yuv420p10le,zscale=matrixin=2020_ncl:primariesin=2020:rangein=limited:transferin=" + curve +
                 ":transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=709,tonemap=hable:desat=0:peak=10,"
                 "zscale=transfer=709:matrix=709:primaries=709:range=limited";
    }
    return chain + ",format=" + av_get_pix_fmt_name(look.format) + upright(rotation_) + ",setsar=1";
}

// "[in]bwdif,split=2[a0][a1];[a0]scale…[out0];[a1]scale…[out1]"
std::string VideoFilter::graphText(const Input& input) const {
    const std::string shared = input.isInterlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";
    if (looks_.size() == 1)
        return "[in]" + shared + chain(input, looks_.front()) + "[out0]";
    std::string text = "[in]" + shared + "split=" + std::to_string(looks_.size());
    std::string branches;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
        const std::string number = std::to_string(i);
        text += "[a" + number + "]";
        branches += ";[a" + number + "]" + chain(input, looks_[i]) + "[out" + number + "]";
    }
    return text + branches;
}

int VideoFilter::addEnds(const std::string& source) {
    sinks_.assign(looks_.size(), nullptr);
    int result = avfilter_graph_create_filter(&source_, avfilter_get_by_name("buffer"), "in", source.c_str(), nullptr,
                                              graph_.get());
    for (std::size_t i = 0; result >= 0 && i < sinks_.size(); ++i)
        result = avfilter_graph_create_filter(&sinks_[i], avfilter_get_by_name("buffersink"),
                                              ("out" + std::to_string(i)).c_str(), nullptr, nullptr, graph_.get());
    return result;
}

int VideoFilter::connect(const std::string& text) {
    AVFilterInOut* open = avfilter_inout_alloc();
    AVFilterInOut* ends = nullptr;
    bool whole = open != nullptr;
    if (open)
        *open = {av_strdup("in"), source_, 0, nullptr};
    for (std::size_t i = sinks_.size(); i-- > 0 && whole;) {
        AVFilterInOut* end = avfilter_inout_alloc();
        whole = end != nullptr;
        if (end) {
            *end = {av_strdup(("out" + std::to_string(i)).c_str()), sinks_[i], 0, ends};
            ends = end;
        }
    }
    int result = AVERROR(ENOMEM);
    if (whole)
        result = avfilter_graph_parse_ptr(graph_.get(), text.c_str(), &ends, &open, nullptr);
    avfilter_inout_free(&open);
    avfilter_inout_free(&ends);
    return result >= 0 ? avfilter_graph_config(graph_.get(), nullptr) : result;
}

Result<void> VideoFilter::build(const Input& input) {
    graph_.reset(avfilter_graph_alloc());
    if (!graph_)
        return core::unexpected(filterError(AVERROR(ENOMEM), "graph"));
    graph_->nb_threads = 1;
    char from[256];
    std::snprintf(from, sizeof from, "video_size=%dx%d:pix_fmt=%d:time_base=1/%d:pixel_aspect=%d/%d", input.width,
                  input.height, input.format, static_cast<int>(kTicksPerSecond), input.pixelAspect.num,
                  input.pixelAspect.den);
    int result = addEnds(from);
    if (result >= 0)
        result = connect(graphText(input));
    if (result < 0)
        return core::unexpected(filterError(result, "filters"));
    input_ = input;
    return {};
}

// Null when none is ready.
Result<AvPtr<AVFrame>> VideoFilter::next(AVFilterContext* sink) {
    AvPtr<AVFrame> picture(av_frame_alloc());
    if (!picture)
        return core::unexpected(filterError(AVERROR(ENOMEM), "picture"));
    const int result = av_buffersink_get_frame(sink, picture.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
        return AvPtr<AVFrame>();
    if (result < 0)
        return core::unexpected(filterError(result, "filtering"));
    return picture;
}

Result<void> VideoFilter::drain(std::vector<Picture>& out) {
    for (;;) {
        Picture looks;
        for (AVFilterContext* sink : sinks_) {
            auto picture = next(sink);
            if (!picture)
                return core::unexpected(picture.error());
            if (!*picture)
                break;
            looks.push_back(std::move(*picture));
        }
        if (looks.empty())
            return {};
        if (looks.size() != sinks_.size())
            return core::unexpected(filterError(AVERROR_BUG, "looks out of step"));
        out.push_back(std::move(looks));
    }
}

Result<std::vector<VideoFilter::Picture>> VideoFilter::push(const AVFrame& picture) {
    std::vector<Picture> out;
    AvPtr<AVFrame> mapped;
    if (dolby_) {
        auto made = dolby_->mapped(picture);
        if (!made)
            return core::unexpected(made.error());
        mapped = std::move(*made);
    }
    if (auto filtered = filter(mapped ? *mapped : picture, out); !filtered)
        return core::unexpected(filtered.error());
    return out;
}

Result<void> VideoFilter::filter(const AVFrame& picture, std::vector<Picture>& out) {
    const Input input = describe(picture);
    if (!graph_ || !input_.fits(input)) {
        if (auto rest = finish(); rest)
            out = std::move(*rest);
        else
            return core::unexpected(rest.error());
        if (auto built = build(input); !built)
            return built;
    }
    const AvPtr<AVFrame> copy(av_frame_clone(&picture));
    if (!copy)
        return core::unexpected(filterError(AVERROR(ENOMEM), "picture"));
    copy->sample_aspect_ratio = input.pixelAspect;
    if (const int result = av_buffersrc_add_frame(source_, copy.get()); result < 0)
        return core::unexpected(filterError(result, "filtering"));
    return drain(out);
}

Result<std::vector<VideoFilter::Picture>> VideoFilter::finish() {
    std::vector<Picture> out;
    if (!graph_)
        return out;
    if (const int result = av_buffersrc_add_frame(source_, nullptr); result < 0)
        return core::unexpected(filterError(result, "filtering"));
    auto drained = drain(out);
    graph_.reset();
    if (!drained)
        return core::unexpected(drained.error());
    return out;
}

}  // namespace marea::server
