// marea-probe-bench COUNT FILE…: probes COUNT descriptors of the given files through a pool of two workers, and prints
// what it took; with --list, describes each file once, a JSON-like line each. A tool for people, not a test.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <semaphore>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

void list(PoolUnderTest& test, int count, char** files) {
    for (int i = 0; i < count; ++i) {
        const auto info = test.probe(files[i]);
        std::printf("%s: ", files[i]);
        if (!info) {
            std::printf("ERROR %s: %s (%s)\n", core::name(info.error().code), info.error().text.c_str(),
                        info.error().detail.c_str());
            continue;
        }
        std::printf("%s %.3fs %lld b/s%s%s, chapters %zu, title '%s' artist '%s' year %d track %d\n",
                    info->container.c_str(), info->duration, static_cast<long long>(info->bitrate),
                    info->hasCover ? " cover" : "", info->encrypted ? " ENCRYPTED" : "", info->chapters.size(),
                    info->tags.title.c_str(), info->tags.artist.c_str(), info->tags.year, info->tags.track);
        for (const auto& s : info->streams)
            std::printf(
                "    %d kind %d %s/%s level %d %dx%d %.3f fps %s %d bit hdr %d dv %d rot %d sar %.3f pic %d | "
                "%d ch %s %d Hz %lld b/s atmos %d | %s '%s'\n",
                s.index, static_cast<int>(s.kind), s.codec.c_str(), s.profile.c_str(), s.level, s.width, s.height,
                s.frameRate, s.pixelFormat.c_str(), s.bitDepth, static_cast<int>(s.hdr), s.dolbyVisionProfile,
                s.rotation, s.pixelAspect, s.attachedPicture, s.channels, s.channelLayout.c_str(), s.sampleRate,
                static_cast<long long>(s.bitrate), s.atmos, s.language.c_str(), s.title.c_str());
    }
}

void memory(const WorkerPoolStatus& status) {
    for (const pid_t id : status.processes) {
        std::ifstream in("/proc/" + std::to_string(id) + "/status");
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("VmRSS") || line.starts_with("RssAnon") || line.starts_with("VmSize"))
                std::printf("worker %d %s\n", static_cast<int>(id), line.c_str());
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto begun = std::chrono::steady_clock::now();
    PoolUnderTest test(2);
    test.waitFor([](const auto& s) { return s.ready == 2; });
    const auto since = [](auto from) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    };
    std::printf("two workers ready after %.0f ms\n", since(begun) * 1000);
    memory(test.pool.status());
    if (argc > 2 && std::strcmp(argv[1], "--list") == 0) {
        list(test, argc - 2, argv + 2);
        return 0;
    }
    const int count = argc > 2 ? std::atoi(argv[1]) : 0;
    std::counting_semaphore<> room(static_cast<std::ptrdiff_t>(test.pool.parallelism()));
    std::atomic<int> failures{0};
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        const char* path = argv[2 + i % (argc - 2)];
        room.acquire();
        test.pool.probe(openFile(path), fileName(path), [&](core::Result<core::MediaInfo> info) {
            failures += !info;
            room.release();
        });
    }
    for (std::size_t i = 0; i < test.pool.parallelism(); ++i)
        room.acquire();
    const double took = since(start);
    std::printf("%d files in %.3f s: %.0f files/s, %d failed\n", count, took, count / took, failures.load());
    memory(test.pool.status());
}
