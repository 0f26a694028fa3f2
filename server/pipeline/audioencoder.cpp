#include "server/pipeline/audioencoder.h"

#include <algorithm>
#include <cmath>

#include "server/packaging/timegrid.h"
#include "server/pipeline/audiomixer.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

// libav's lambda: with 120 its encoder aims at the bitrate it is given, and dense music takes a sixth more.
constexpr int aacQuality = 104;
constexpr std::size_t preSkipAt = 10;  // in OpusHead, RFC 7845 section 5.1

struct Kind {
    const char* codec;
    const char* encoder;
    AVSampleFormat format, deepFormat;
    int preRoll, postRoll, leadIn;
};

constexpr Kind kinds[] = {
    {"aac", "aac", AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_FLTP, 16, 4, 1},
    {"opus", "libopus", AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLT, 16, 4, 0},
    {"flac", "flac", AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32, 0, 0, 0},
    {"mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_FLTP, 16, 4, 0},
};

const Kind* kindOf(const std::string& codec) {
    const auto* found =
        std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& k) { return codec == k.codec; });
    return found == std::end(kinds) ? nullptr : found;
}

core::Error encodeError(int code, const std::string& codec) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Unprocessable, codec + ": " + words, "The audio cannot be encoded like this"};
}

void setUp(AVCodecContext& context, const AudioEncoding& encoding, const Kind& kind, bool isDeep) {
    context.thread_count = 1;
    context.sample_rate = encoding.sampleRate;
    context.sample_fmt = isDeep ? kind.deepFormat : kind.format;
    context.ch_layout = layoutFor(encoding.channels);
    context.time_base = {1, encoding.sampleRate};
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context.bit_rate = encoding.bitrate;
    if (encoding.codec == "aac") {
        // A constant quality has no memory of bits spent before, and so leaves no seam.
        context.flags |= AV_CODEC_FLAG_QSCALE;
        context.global_quality = aacQuality;
    }
    if (encoding.codec == "flac") {
        context.frame_size = audioFrameSize("flac");
        context.bits_per_raw_sample = isDeep ? 24 : 16;
    }
}

bool isSane(const AudioEncoding& e) {
    return e.channels >= 1 && e.channels <= 8 && e.sampleRate >= 8000 && e.sampleRate <= 192'000 &&
           std::isfinite(e.gain) && std::abs(e.gain) <= 60 && e.bitrate >= 0 && e.bitrate <= 2'000'000;
}

// Interleaved or by channel, whole numbers or not.
void fill(AVFrame& frame, const std::vector<std::vector<float>>& planes, std::int64_t offset) {
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    const std::size_t channels = planes.size();
    const auto whole = [](float value, double top) {
        return std::llrint(std::clamp(static_cast<double>(value) * top, -top, top - 1));
    };
    for (std::size_t channel = 0; channel < channels; ++channel) {
        std::uint8_t* to = frame.extended_data[isPlanar ? channel : 0];
        const float* from = planes[channel].data() + offset;
        for (int i = 0; i < frame.nb_samples; ++i) {
            const std::size_t at =
                isPlanar ? static_cast<std::size_t>(i) : static_cast<std::size_t>(i) * channels + channel;
            if (format == AV_SAMPLE_FMT_S16)
                reinterpret_cast<std::int16_t*>(to)[at] = static_cast<std::int16_t>(whole(from[i], 32768));
            else if (format == AV_SAMPLE_FMT_S32)
                reinterpret_cast<std::int32_t*>(to)[at] = static_cast<std::int32_t>(whole(from[i], 8388608) * 256);
            else
                reinterpret_cast<float*>(to)[at] = from[i];
        }
    }
}

}  // namespace

Result<std::unique_ptr<AudioEncoder>> AudioEncoder::open(const AudioEncoding& encoding, bool isDeep, bool isEven) {
    if (!isSane(encoding))
        return core::fail(ErrorCode::Invalid, "No audio can be made with these properties");
    const Kind* kind = kindOf(encoding.codec);
    const AVCodec* codec = kind ? avcodec_find_encoder_by_name(kind->encoder) : nullptr;
    if (!codec)
        return core::fail(ErrorCode::Unprocessable, "This server does not make this audio format", encoding.codec);
    std::unique_ptr<AudioEncoder> encoder(new AudioEncoder);
    encoder->context_.reset(avcodec_alloc_context3(codec));
    AVCodecContext* context = encoder->context_.get();
    if (!context)
        return core::unexpected(encodeError(AVERROR(ENOMEM), encoding.codec));
    setUp(*context, encoding, *kind, isDeep);
    AVDictionary* options = nullptr;
    if (encoding.codec == "mp3")
        av_dict_set(&options, "reservoir", "0", 0);  // frames that stand for themselves
    if (encoding.codec == "opus") {
        // One way of coding alone: a fresh encoder takes seconds to tell music from speech, and would change between
        // them at seams (20 dB of noise at 32 kbit/s).
        av_dict_set(&options, "application", "lowdelay", 0);
        av_dict_set(&options, "vbr", isEven ? "off" : "on", 0);
    }
    const int result = avcodec_open2(context, codec, &options);
    av_dict_free(&options);
    if (result < 0)
        return core::unexpected(encodeError(result, encoding.codec));
    encoder->preRoll_ = kind->preRoll;
    encoder->postRoll_ = kind->postRoll;
    encoder->leadIn_ = kind->leadIn;
    return encoder;
}

Result<TrackFormat> AudioEncoder::format() const {
    auto made = TrackFormat::ofEncoder(context_.get());
    // Times are exact without it: what the encoder is late by was taken off before.
    if (made && context_->codec_id == AV_CODEC_ID_OPUS && made->parameters->extradata_size > 18)
        made->parameters->extradata[preSkipAt] = made->parameters->extradata[preSkipAt + 1] = 0;
    if (made)
        made->parameters->initial_padding = made->parameters->trailing_padding = 0;
    return made;
}

Result<void> AudioEncoder::send(const AVFrame* frame) {
    int result = avcodec_send_frame(context_.get(), frame);
    while (result >= 0) {
        AvPtr<AVPacket> packet(av_packet_alloc());
        if (!packet)
            return core::unexpected(encodeError(AVERROR(ENOMEM), context_->codec->name));
        result = avcodec_receive_packet(context_.get(), packet.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return {};
        if (result >= 0 && packet->size > 0)  // FLAC's last brings no sound, but its header again
            packets_.push_back(std::move(packet));
    }
    return core::unexpected(encodeError(result, context_->codec->name));
}

Result<void> AudioEncoder::encode(const std::vector<std::vector<float>>& planes, std::int64_t offset, std::int64_t at,
                                  int count) {
    const AvPtr<AVFrame> frame(av_frame_alloc());
    if (!frame)
        return core::unexpected(encodeError(AVERROR(ENOMEM), context_->codec->name));
    frame->format = context_->sample_fmt;
    frame->sample_rate = context_->sample_rate;
    frame->nb_samples = count;
    av_channel_layout_copy(&frame->ch_layout, &context_->ch_layout);
    if (const int result = av_frame_get_buffer(frame.get(), 0); result < 0)
        return core::unexpected(encodeError(result, context_->codec->name));
    fill(*frame, planes, offset);
    frame->pts = at;
    return send(frame.get());
}

Result<Packets> AudioEncoder::finish() {
    if (auto sent = send(nullptr); !sent)
        return core::unexpected(sent.error());
    return std::move(packets_);
}

}  // namespace marea::server
