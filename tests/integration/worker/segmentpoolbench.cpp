// marea-segment-pool-bench FILE [HEIGHT]: what a segment takes from the request to its bytes, from a worker that has
// the file open and from one that has not, and what memory workers have. With HEIGHT (1080) the video is encoded, else
// copied. A tool for people, not a test.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr Ticks kLength = 4 * kTicksPerSecond;

class Bench {
public:
    Bench(std::string path, int height) : path_(std::move(path)), height_(height) {}

    int run() {
        memory("idle");
        Waiter<MediaIndex> waiter;
        const auto start = std::chrono::steady_clock::now();
        test_.pool.index(source("index"), IndexDepth::Whole, SegmentMaker::Urgency::Requested, waiter.done());
        auto index = waiter.wait();
        if (!index || index->tracks.empty()) {
            std::printf("no index: %s\n", index ? "no tracks" : index.error().detail.c_str());
            return 1;
        }
        std::printf("index: %.1f ms\n", since(start));
        index_ = std::move(*index);
        memory("with the file open");
        segments();
        return 0;
    }

private:
    using Clock = std::chrono::steady_clock;
    static double since(Clock::time_point start) {
        return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }
    SegmentSource source(const std::string& fingerprint) const {
        return {openFile(path_), fileName(path_), fingerprint};
    }
    void segments() {
        std::vector<double> warm, cold;
        std::size_t bytes = 0;
        const auto count = static_cast<int>(std::min<Ticks>(index_.duration / kLength, 12));
        for (int n = 0; n < count; ++n)
            warm.push_back(segment(n, bytes));
        memory("after segments, the file still open");
        for (int n = 0; n < count; ++n) {
            (void)test_.probe(fileWith("nothing"), "x.mkv");
            Waiter<MediaIndex> other;  // another file takes the place
            test_.pool.index({openFile("/dev/null"), "x", "x"}, IndexDepth::Whole, SegmentMaker::Urgency::Requested,
                             other.done());
            (void)other.wait();
            cold.push_back(segment(n, bytes));
        }
        memory("after segments, each with the file opened anew");
        report("warm", warm);
        report("cold", cold);
        std::printf("%zu bytes in all; %llu warm, %llu cold\n", bytes,
                    static_cast<unsigned long long>(test_.pool.status().warm),
                    static_cast<unsigned long long>(test_.pool.status().cold));
    }
    double segment(int number, std::size_t& bytes) {
        SegmentSpec spec;
        spec.tracks = {{index_.tracks[0].stream, CopyEncoding{}}};
        if (height_ > 0)
            spec.tracks[0].encoding =
                VideoEncoding{"h264", height_ * 16 / 9 / 2 * 2, height_, {24, 1}, 8'000'000, false, {}};
        spec.number = number;
        spec.from = number * kLength;
        spec.to = spec.from + kLength;
        Waiter<std::string> waiter;
        const auto start = Clock::now();
        test_.pool.segment(source("file"), spec, SegmentMaker::Urgency::Requested, waiter.done());
        const auto made = waiter.wait();
        const double took = since(start);
        if (!made)
            std::printf("segment %d: %s (%s)\n", number, made.error().text.c_str(), made.error().detail.c_str());
        bytes += made ? made->size() : 0;
        return took;
    }
    static void report(const char* name, std::vector<double> times) {
        std::sort(times.begin(), times.end());
        if (!times.empty())
            std::printf("%s: median %.1f ms, best %.1f, worst %.1f of %zu\n", name, times[times.size() / 2],
                        times.front(), times.back(), times.size());
    }
    void memory(const char* when) {
        test_.waitFor([](const auto& s) { return s.ready == 1; });
        std::ifstream in("/proc/" + std::to_string(test_.pool.status().processes.at(0)) + "/status");
        std::printf("memory %s:", when);
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("VmRSS") || line.starts_with("RssAnon") || line.starts_with("VmPeak") ||
                line.starts_with("VmHWM"))
                std::printf("  %s", line.c_str());
        }
        std::printf("\n");
    }

    std::string path_;
    int height_;
    MediaIndex index_;
    PoolUnderTest test_{1};
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 2)
        return 2;
    return Bench(arguments[1], count > 2 ? std::atoi(arguments[2]) : 0).run();
}
