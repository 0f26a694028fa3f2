#pragma once

// libav's C headers in C++.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/dovi_meta.h>
#include <libavutil/imgutils.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>

namespace marea::server {

struct AvDelete {
    void operator()(AVPacket* p) const { av_packet_free(&p); }
    void operator()(AVFrame* f) const { av_frame_free(&f); }
    void operator()(AVCodecContext* c) const { avcodec_free_context(&c); }
    void operator()(AVCodecParameters* p) const { avcodec_parameters_free(&p); }
    void operator()(AVBSFContext* b) const { av_bsf_free(&b); }
    void operator()(AVFilterGraph* g) const { avfilter_graph_free(&g); }
    void operator()(SwrContext* s) const { swr_free(&s); }
    void operator()(SwsContext* s) const { sws_freeContext(s); }
};

template <class T>
using AvPtr = std::unique_ptr<T, AvDelete>;

}  // namespace marea::server
