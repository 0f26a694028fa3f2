// Prints how fast segments are made: marea-transcode-bench FILE [WIDTH HEIGHT [CODEC [OUTPUT FOLDER]]]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>

#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

// By the clock, and of one processor: on a busy machine the second says more.
struct Took {
    double clock = 0, processor = 0;
};

Took measure(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t used = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
            static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC};
}

void benchVideo(Film& film, const VideoEncoding& encoding, const char* folder) {
    const auto cuts = unitGrid(encoding.frameRate, film.duration());
    std::string whole;
    const Took took = measure([&] { whole = wholeVideo(film, encoding, cuts); });
    const double length = toSeconds(film.duration());
    const double pictures = length * encoding.frameRate.num / encoding.frameRate.den;
    std::printf("video %s %dx%d: %.1f fps, %.1f a processor, %.0f kb/s, %zu segments\n", encoding.codec.c_str(),
                encoding.width, encoding.height, pictures / took.clock, pictures / took.processor,
                static_cast<double>(whole.size()) * 8 / length / 1000, cuts.size());
    if (folder)
        writeFile(std::string(folder) + "/video.mp4", whole);
}

void benchAudio(Film& film, const AudioEncoding& encoding, const char* folder) {
    const auto cuts = unitGrid(audioFrameRate(encoding.codec, encoding.sampleRate), film.duration());
    std::string whole;
    const Took took = measure([&] { whole = wholeAudio(film, encoding, cuts); });
    const double length = toSeconds(film.duration());
    std::printf("audio %s %d channels: %.1f x realtime, %.1f x a processor, %.0f kb/s, %zu segments\n",
                encoding.codec.c_str(), encoding.channels, length / took.clock, length / took.processor,
                static_cast<double>(whole.size()) * 8 / length / 1000, cuts.size());
    if (folder)
        writeFile(std::string(folder) + "/" + encoding.codec + ".mp4", whole);
}

void bench(int count, char** arguments) {
    Film film(arguments[1]);
    const char* folder = count > 5 ? arguments[5] : nullptr;
    if (count > 3 && film.stream(AVMEDIA_TYPE_VIDEO) >= 0) {
        VideoEncoding encoding;
        encoding.width = std::atoi(arguments[2]);
        encoding.height = std::atoi(arguments[3]);
        encoding.codec = count > 4 ? arguments[4] : "h264";
        encoding.frameRate = film.frameRate();
        encoding.bitrate = encoding.height > 720 ? 8'000'000 : encoding.height > 480 ? 5'000'000 : 2'500'000;
        encoding.toneMap = true;
        benchVideo(film, encoding, folder);
    }
    if (film.stream(AVMEDIA_TYPE_AUDIO) < 0)
        return;
    for (const char* codec : {"aac", "opus", "flac", "mp3"}) {
        AudioEncoding encoding;
        encoding.codec = codec;
        encoding.bitrate = 128'000;
        benchAudio(film, encoding, folder);
    }
}

}  // namespace

int main(int count, char** arguments) {
    av_log_set_level(AV_LOG_ERROR);
    if (count < 2) {
        std::fprintf(stderr, "usage: marea-transcode-bench FILE [WIDTH HEIGHT [CODEC [OUTPUT FOLDER]]]\n");
        return 2;
    }
    try {
        bench(count, arguments);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
