// first_frame ROUNDS SECONDS SOURCE…: for each round and source in turn, milliseconds from opening it to its first
// decoded picture (sound where there is none), at SECONDS into it. One line a round, the sources' figures separated by
// spaces.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

struct CloseInput {
    void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
};
struct FreeCodec {
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using Input = std::unique_ptr<AVFormatContext, CloseInput>;
using Codec = std::unique_ptr<AVCodecContext, FreeCodec>;

Input open(const char* source) {
    AVFormatContext* input = nullptr;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file,http,tcp", 0);
    const int failed = avformat_open_input(&input, source, nullptr, &options);
    av_dict_free(&options);
    if (failed < 0 || avformat_find_stream_info(input, nullptr) < 0) {
        avformat_close_input(&input);
    }
    return Input(input);
}

int bestStream(AVFormatContext* input, const AVCodec** decoder) {
    const int video = av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, decoder, 0);
    return video >= 0 ? video : av_find_best_stream(input, AVMEDIA_TYPE_AUDIO, -1, -1, decoder, 0);
}

bool decodeOne(AVFormatContext* input, AVCodecContext* codec, int stream) {
    const std::unique_ptr<AVPacket, FreePacket> packet(av_packet_alloc());
    const std::unique_ptr<AVFrame, FreeFrame> frame(av_frame_alloc());
    while (av_read_frame(input, packet.get()) >= 0) {
        if (packet->stream_index == stream) {
            avcodec_send_packet(codec, packet.get());
        }
        av_packet_unref(packet.get());
        if (avcodec_receive_frame(codec, frame.get()) == 0) {
            return true;
        }
    }
    avcodec_send_packet(codec, nullptr);
    return avcodec_receive_frame(codec, frame.get()) == 0;
}

bool firstFrame(const char* source, double seconds) {
    const Input input = open(source);
    const AVCodec* decoder = nullptr;
    const int stream = input ? bestStream(input.get(), &decoder) : -1;
    if (stream < 0 || !decoder) {
        return false;
    }
    const Codec codec(avcodec_alloc_context3(decoder));
    codec->thread_count = 1;  // frame threads would delay the first one
    avcodec_parameters_to_context(codec.get(), input->streams[stream]->codecpar);
    if (avcodec_open2(codec.get(), decoder, nullptr) < 0) {
        return false;
    }
    const auto target = static_cast<std::int64_t>(seconds * AV_TIME_BASE);
    if (seconds > 0 && av_seek_frame(input.get(), -1, target, AVSEEK_FLAG_BACKWARD) < 0) {
        return false;
    }
    return decodeOne(input.get(), codec.get(), stream);
}

double millisecondsTo(const char* source, double seconds) {
    const auto began = std::chrono::steady_clock::now();
    if (!firstFrame(source, seconds)) {
        std::fprintf(stderr, "first_frame: no frame out of %s\n", source);
        std::exit(1);
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "first_frame ROUNDS SECONDS SOURCE…\n");
        return 2;
    }
    av_log_set_level(AV_LOG_FATAL);
    avformat_network_init();
    const int rounds = std::atoi(argv[1]);
    const double seconds = std::atof(argv[2]);
    for (int round = -1; round < rounds; ++round) {  // the first one warms caches up and is not told
        std::vector<double> taken(static_cast<std::size_t>(argc - 3));
        for (std::size_t i = 0; i < taken.size(); ++i) {
            const std::size_t at = round % 2 == 0 ? i : taken.size() - 1 - i;
            taken[at] = millisecondsTo(argv[at + 3], seconds);
        }
        for (std::size_t i = 0; round >= 0 && i < taken.size(); ++i) {
            std::printf("%s%.3f", i ? " " : "", taken[i]);
        }
        if (round >= 0) {
            std::printf("\n");
        }
    }
    return 0;
}
