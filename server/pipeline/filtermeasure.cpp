#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "server/pipeline/avlog.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/picturemeasure.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

core::unexpected<core::Error> failed(const char* detail) {
    return core::fail(ErrorCode::Unprocessable, "This picture cannot be measured", detail);
}

// Luma beside colours that are none.
AvPtr<AVFrame> frameOf(const Plane& plane, std::int64_t number) {
    AvPtr<AVFrame> frame(av_frame_alloc());
    if (!frame)
        return nullptr;
    frame->width = plane.width;
    frame->height = plane.height;
    frame->format = AV_PIX_FMT_YUV420P;
    frame->pts = number;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return nullptr;
    av_image_copy_plane(frame->data[0], frame->linesize[0], plane.samples.data(), plane.width, plane.width,
                        plane.height);
    for (const int component : {1, 2}) {
        for (int row = 0; row < (plane.height + 1) / 2; ++row) {
            std::uint8_t* to = frame->data[component] + row * frame->linesize[component];
            std::fill(to, to + (plane.width + 1) / 2, std::uint8_t{128});
        }
    }
    return frame;
}

// The graph says its number when it goes.
class FilterMeasure final : public PictureMeasure {
public:
    explicit FilterMeasure(FilterWords words) : words_(std::move(words)) {}

    Result<void> open(int width, int height) {
        const AVFilter* filter = avfilter_get_by_name(words_.filter);
        graph_.reset(filter ? avfilter_graph_alloc() : nullptr);
        if (!graph_)
            return failed("no such filter");
        graph_->nb_threads = 1;
        const std::string from = "video_size=" + std::to_string(width) + "x" + std::to_string(height) +
                                 ":pix_fmt=" + std::to_string(AV_PIX_FMT_YUV420P) + ":time_base=1/25";
        AVFilterContext* measure = nullptr;
        if (!add(&made_, avfilter_get_by_name("buffer"), from.c_str()) ||
            !add(&original_, avfilter_get_by_name("buffer"), from.c_str()) || !add(&measure, filter, nullptr) ||
            !add(&sink_, avfilter_get_by_name("buffersink"), nullptr) || avfilter_link(made_, 0, measure, 0) < 0 ||
            avfilter_link(original_, 0, measure, 1) < 0 || avfilter_link(measure, 0, sink_, 0) < 0 ||
            avfilter_graph_config(graph_.get(), nullptr) < 0)
            return failed("filters");
        return {};
    }

    Result<void> compare(const Plane& original, const Plane& made) override {
        const auto before = frameOf(original, number_), after = frameOf(made, number_);
        ++number_;
        if (!graph_ || !before || !after || av_buffersrc_add_frame(made_, after.get()) < 0 ||
            av_buffersrc_add_frame(original_, before.get()) < 0)
            return failed("filtering");
        return drain();
    }

    Result<double> quality() override {
        if (!graph_ || av_buffersrc_add_frame(made_, nullptr) < 0 || av_buffersrc_add_frame(original_, nullptr) < 0)
            return failed("filtering");
        if (auto done = drain(); !done)
            return core::unexpected(done.error());
        const LogCapture said;
        graph_.reset();
        const std::size_t at = said.text().find(words_.before);
        const std::string_view behind =
            at == std::string::npos ? std::string_view()
                                    : std::string_view(said.text()).substr(at + std::string_view(words_.before).size());
        double number = 0;
        const auto [end, error] = std::from_chars(behind.data(), behind.data() + behind.size(), number);
        return error == std::errc() ? Result<double>(words_.toQuality(number)) : failed("no number");
    }

private:
    bool add(AVFilterContext** context, const AVFilter* filter, const char* arguments) {
        return filter &&
               avfilter_graph_create_filter(context, filter, filter->name, arguments, nullptr, graph_.get()) >= 0;
    }

    Result<void> drain() {
        for (;;) {
            const AvPtr<AVFrame> frame(av_frame_alloc());
            const int result = frame ? av_buffersink_get_frame(sink_, frame.get()) : AVERROR(ENOMEM);
            if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
                return {};
            if (result < 0)
                return failed("filtering");
        }
    }

    const FilterWords words_;
    AvPtr<AVFilterGraph> graph_;
    AVFilterContext *made_ = nullptr, *original_ = nullptr, *sink_ = nullptr;  // the graph's
    std::int64_t number_ = 0;
};

}  // namespace

PictureMeasures filterMeasures(FilterWords words) {
    return [words](int width, int height) -> Result<std::unique_ptr<PictureMeasure>> {
        auto measure = std::make_unique<FilterMeasure>(words);
        if (auto opened = measure->open(width, height); !opened)
            return core::unexpected(opened.error());
        return measure;
    };
}

}  // namespace marea::server
