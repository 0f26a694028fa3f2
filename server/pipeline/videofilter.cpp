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

VideoFilter::VideoFilter(const AVStream& stream, const VideoEncoding& encoding, AVPixelFormat format)
    : stream_(stream),
      encoding_(encoding),
      format_(format),
      rotation_(rotationOf(&stream)),
      colour_(outputColour(stream, encoding)) {
    if (needsDolbyMapping(&stream))
        dolby_.emplace(isTurned() ? encoding.height : encoding.width, isTurned() ? encoding.width : encoding.height);
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
std::string VideoFilter::chain(const Input& input) const {
    const int width = isTurned() ? encoding_.height : encoding_.width;
    const int height = isTurned() ? encoding_.width : encoding_.height;
    const bool isMapped = isHdr(input.transfer) && !isHdr(colour_.transfer) && hasToneMapping();
    std::string chain = input.isInterlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";
    chain += "scale=" + std::to_string(width) + ":" + std::to_string(height) + ":flags=bicubic";
    const AVColorSpace wanted = isMapped ? AVCOL_SPC_BT2020_NCL : colour_.matrix;
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
    return chain + ",format=" + av_get_pix_fmt_name(format_) + upright(rotation_) + ",setsar=1";
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
    int result =
        avfilter_graph_create_filter(&source_, avfilter_get_by_name("buffer"), "in", from, nullptr, graph_.get());
    if (result >= 0)
        result = avfilter_graph_create_filter(&sink_, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr,
                                              graph_.get());
    if (result < 0)
        return core::unexpected(filterError(result, "ends"));
    AVFilterInOut* open = avfilter_inout_alloc();
    AVFilterInOut* end = avfilter_inout_alloc();
    if (open && end) {
        *open = {av_strdup("in"), source_, 0, nullptr};
        *end = {av_strdup("out"), sink_, 0, nullptr};
        result = avfilter_graph_parse_ptr(graph_.get(), chain(input).c_str(), &end, &open, nullptr);
    }
    avfilter_inout_free(&open);
    avfilter_inout_free(&end);
    if (result >= 0)
        result = avfilter_graph_config(graph_.get(), nullptr);
    if (result < 0)
        return core::unexpected(filterError(result, "filters"));
    input_ = input;
    return {};
}

Result<void> VideoFilter::drain(std::vector<AvPtr<AVFrame>>& out) {
    for (;;) {
        AvPtr<AVFrame> picture(av_frame_alloc());
        if (!picture)
            return core::unexpected(filterError(AVERROR(ENOMEM), "picture"));
        const int result = av_buffersink_get_frame(sink_, picture.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return {};
        if (result < 0)
            return core::unexpected(filterError(result, "filtering"));
        out.push_back(std::move(picture));
    }
}

Result<std::vector<AvPtr<AVFrame>>> VideoFilter::push(const AVFrame& picture) {
    std::vector<AvPtr<AVFrame>> out;
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

Result<void> VideoFilter::filter(const AVFrame& picture, std::vector<AvPtr<AVFrame>>& out) {
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

Result<std::vector<AvPtr<AVFrame>>> VideoFilter::finish() {
    std::vector<AvPtr<AVFrame>> out;
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
