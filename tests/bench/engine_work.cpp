// The engine's work without a server: whole files through SegmentSession, as workers use it, in so many threads.
//   engine_work ladder FILE THREADS WIDTHxHEIGHT@BITRATE…   seconds, pictures of the source
//   engine_work sprites FILE THREADS                        seconds, sheets
//   engine_work opus FILE THREADS                           seconds, segments
#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/io/filehandle.h"
#include "server/packaging/timegrid.h"
#include "server/pipeline/segmentsession.h"

using namespace marea;
using namespace marea::server;

namespace {

// A file, open for one thread.
struct Work {
    core::FileHandle file;
    std::unique_ptr<SegmentSession> session;
};

std::optional<Work> open(const std::string& path) {
    Work work;
    work.file = core::FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    auto source = MediaSource::open(work.file.get(), path.substr(path.rfind('/') + 1));
    auto session = source ? SegmentSession::open(std::move(*source))
                          : core::Result<std::unique_ptr<SegmentSession>>(core::unexpected(source.error()));
    if (!session) {
        std::fprintf(stderr, "%s: %s\n", path.c_str(), session.error().text.c_str());
        return std::nullopt;
    }
    work.session = std::move(*session);
    return work;
}

const TrackIndex* firstOf(const MediaIndex& index, core::StreamKind kind) {
    for (const TrackIndex& track : index.tracks) {
        if (track.kind == kind) {
            return &track;
        }
    }
    return nullptr;
}

using Make = std::function<core::Result<void>(SegmentSession& session, std::size_t number)>;

// Where each thread's stretch begins, and where the last one ends: all of the same length, as the first segments are
// short.
std::vector<std::size_t> stretches(const std::vector<Cut>& cuts, std::size_t threads) {
    std::vector<std::size_t> begins{0};
    for (std::size_t t = 1; t < threads; ++t) {
        const Ticks at = cuts.back().to * static_cast<Ticks>(t) / static_cast<Ticks>(threads);
        const auto isNearer = [at](const Cut& cut) { return cut.from + cut.to < 2 * at; };
        begins.push_back(static_cast<std::size_t>(std::count_if(cuts.begin(), cuts.end(), isNearer)));
    }
    begins.push_back(cuts.size());
    return begins;
}

// Each thread makes a stretch of its own, so that its decoder goes on from piece to piece. Seconds; nothing on failure.
std::optional<double> timed(const std::string& path, std::size_t threads, const std::vector<Cut>& cuts,
                            const Make& make) {
    const auto begins = stretches(cuts, threads);
    std::vector<std::thread> workers;
    std::atomic<bool> failed = false;
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            auto work = open(path);
            for (std::size_t i = begins[t]; work && i < begins[t + 1] && !failed; ++i) {
                if (auto made = make(*work->session, i); !made) {
                    std::fprintf(stderr, "%zu: %s (%s)\n", i, made.error().text.c_str(), made.error().detail.c_str());
                    failed = true;
                }
            }
            failed = failed || !work;
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
    return failed ? std::nullopt : std::optional(taken.count());
}

template <class T>
core::Result<void> withoutValue(const core::Result<T>& made) {
    return made ? core::Result<void>() : core::unexpected(made.error());
}

int answer(const std::optional<double>& seconds, std::int64_t units) {
    if (!seconds) {
        return 1;
    }
    std::printf("%.6f %lld\n", *seconds, static_cast<long long>(units));
    return 0;
}

std::optional<VideoEncoding> rungOf(const char* text, Rational rate) {
    VideoEncoding rung;
    long long bitrate = 0;
    if (std::sscanf(text, "%dx%d@%lld", &rung.width, &rung.height, &bitrate) != 3) {
        return std::nullopt;
    }
    rung.bitrate = bitrate;
    rung.frameRate = rate;
    return rung;
}

int ladder(const std::string& path, std::size_t threads, const MediaIndex& index, char** rungs) {
    const TrackIndex* picture = firstOf(index, core::StreamKind::Video);
    if (!picture || picture->frameRate.num <= 0) {
        return 1;
    }
    SegmentSpec spec;
    for (; *rungs; ++rungs) {
        const auto rung = rungOf(*rungs, picture->frameRate);
        if (!rung) {
            return 2;
        }
        spec.tracks.push_back({picture->stream, *rung});
    }
    const auto cuts = unitGrid(picture->frameRate, picture->end);
    const auto taken = timed(path, threads, cuts, [&](SegmentSession& session, std::size_t number) {
        SegmentSpec own = spec;
        own.number = static_cast<int>(number);
        own.from = cuts[number].from;
        own.to = cuts[number].to;
        return withoutValue(session.ladder(own));
    });
    return answer(taken, firstUnit(picture->end, picture->frameRate));
}

int sprites(const std::string& path, std::size_t threads, const MediaIndex& index) {
    constexpr Ticks every = 2 * kTicksPerSecond;
    constexpr std::size_t onSheet = 25;
    std::vector<SpriteWish> sheets;
    std::vector<Cut> cuts;
    for (Ticks at = 0; at < index.duration; at += every) {
        if (sheets.empty() || sheets.back().at.size() == onSheet) {
            sheets.push_back({{}, 320, 5, 5});
            cuts.push_back({at, at});
        }
        sheets.back().at.push_back(at);
        cuts.back().to = at + every;
    }
    const auto taken = timed(path, threads, cuts, [&](SegmentSession& session, std::size_t number) {
        return withoutValue(session.sprites(sheets[number]));
    });
    return answer(taken, static_cast<std::int64_t>(sheets.size()));
}

int opus(const std::string& path, std::size_t threads, const MediaIndex& index) {
    const TrackIndex* sound = firstOf(index, core::StreamKind::Audio);
    if (!sound) {
        return 1;
    }
    AudioEncoding encoding;
    encoding.codec = "opus";
    encoding.bitrate = 160'000;
    const auto cuts = unitGrid(audioFrameRate("opus", encoding.sampleRate), sound->end);
    const auto taken = timed(path, threads, cuts, [&](SegmentSession& session, std::size_t number) {
        return withoutValue(session.segment({{{sound->stream, encoding}},
                                             SegmentFormat::Mp4,
                                             static_cast<int>(number),
                                             cuts[number].from,
                                             cuts[number].to}));
    });
    return answer(taken, static_cast<std::int64_t>(cuts.size()));
}

}  // namespace

int main(int count, char** words) {
    const std::string kind = count > 3 ? words[1] : "";
    const auto threads = static_cast<std::size_t>(count > 3 ? std::max(std::atoi(words[3]), 1) : 1);
    const auto work = count > 3 ? open(words[2]) : std::nullopt;
    const auto index = work ? work->session->index() : core::fail(core::ErrorCode::Invalid, "ladder, sprites or opus");
    if (!index) {
        std::fprintf(stderr, "%s\n", index.error().text.c_str());
        return 2;
    }
    return kind == "ladder"    ? ladder(words[2], threads, *index, words + 4)
           : kind == "sprites" ? sprites(words[2], threads, *index)
           : kind == "opus"    ? opus(words[2], threads, *index)
                               : 2;
}
