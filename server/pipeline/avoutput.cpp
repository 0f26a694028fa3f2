#include "server/pipeline/avoutput.h"

namespace marea::server {
namespace {

tl::unexpected<core::Error> muxError(int code) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return core::fail(core::ErrorCode::Unprocessable, "The stream cannot be put into this kind of file", words);
}

}  // namespace

core::Result<std::unique_ptr<AvOutput>> AvOutput::open(const char* format) {
    std::unique_ptr<AvOutput> output(new AvOutput);
    if (const int made = avformat_alloc_output_context2(&output->context_, nullptr, format, nullptr); made < 0)
        return muxError(made);
    AVFormatContext* context = output->context_;
    context->flags |= AVFMT_FLAG_BITEXACT;
    context->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;  // TrueHD and FLAC in MP4
    context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    context->max_interleave_delta = 0;
    if (const int opened = avio_open_dyn_buf(&context->pb); opened < 0)
        return muxError(opened);
    return output;
}

AvOutput::~AvOutput() {
    if (context_ && context_->pb)
        static_cast<void>(take());
    avformat_free_context(context_);
}

AVStream* AvOutput::addStream(const AVCodecParameters* parameters, AVRational timeBase) {
    AVStream* stream = avformat_new_stream(context_, nullptr);
    if (!stream || avcodec_parameters_copy(stream->codecpar, parameters) < 0)
        return nullptr;
    stream->codecpar->codec_tag = 0;  // the other container's
    stream->time_base = timeBase;
    stream->sample_aspect_ratio = stream->codecpar->sample_aspect_ratio;  // muxers read either
    return stream;
}

core::Result<void> AvOutput::writeHeader(AVDictionary* options) {
    const int written = avformat_write_header(context_, &options);
    av_dict_free(&options);
    if (written < 0)
        return muxError(written);
    return {};
}

core::Result<void> AvOutput::write(const AVPacket* packet) {
    const AvPtr<AVPacket> own(packet ? av_packet_clone(packet) : nullptr);
    if (const int written = av_write_frame(context_, own.get()); written < 0)
        return muxError(written);
    return {};
}

core::Result<std::string> AvOutput::take() {
    std::uint8_t* bytes = nullptr;
    const int size = avio_close_dyn_buf(context_->pb, &bytes);
    context_->pb = nullptr;
    std::string out(reinterpret_cast<const char*>(bytes), size > 0 ? static_cast<std::size_t>(size) : 0);
    av_free(bytes);
    return out;
}

}  // namespace marea::server
