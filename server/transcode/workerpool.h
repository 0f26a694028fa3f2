#pragma once

#include <sys/types.h>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/executor.h"
#include "core/base/log.h"
#include "core/io/prober.h"
#include "server/transcode/qualitymeasurer.h"
#include "server/transcode/segmentmaker.h"
#include "server/transcode/soundmeasurer.h"

namespace marea::server {

struct WorkerPoolOptions {
    std::string programPath;                           // marea-worker, absolute
    std::vector<std::string> arguments;                // worker/worker.h; usually none
    int count = 2;                                     // processes, started ahead
    std::chrono::milliseconds jobTimeout{30'000};      // for one job, from its start in the worker
    std::chrono::milliseconds segmentTimeout{60'000};  // of a ladder: for each rung
    std::chrono::milliseconds fileTimeout{120'000};    // for what reads much of a file; more for large ones: patience.h
    std::chrono::milliseconds startTimeout{30'000};    // from exec to ready
    std::chrono::milliseconds ease{0};  // nothing is started ahead before that; a job is not kept waiting
    // Batch work has processes of its own at a low priority, and pauses while somebody waits or watches
    // (mayBeginBatch() in workerchoice.h). They are started when they are needed, one less than the others but one.
    bool batchApart = true;
    int tries = 2;                        // of a job that cost a worker its life
    std::size_t maxQueued = 2048;         // jobs that wait; past them ErrorCode::Busy at once. Each holds a descriptor
    std::size_t maxPipelined = 32;        // small jobs sent ahead to one worker
    std::size_t maxWaitingSegments = 64;  // long jobs that wait, of each urgency; past them Busy
};

struct WorkerPoolStatus {
    int ready = 0;             // workers that can take a job
    std::size_t queued = 0;    // jobs that wait
    std::size_t inFlight = 0;  // jobs sent to a worker
    std::uint64_t answered = 0, starts = 0, deaths = 0, timeouts = 0, retries = 0, cancelled = 0;
    std::uint64_t warm = 0, cold = 0;  // jobs on a file that the worker had open already, or had not
    std::vector<pid_t> processes;
};

// A pool of idle, locked-down `marea-worker` processes, and the supervisor that keeps it full. A worker that dies or
// takes too long is replaced at once; the job that it was at is tried once more, alone on another worker, and then
// reported (Unavailable or Timeout); jobs that waited behind it start over without blame.
//
// Probes and images are small, and several are sent ahead to one worker. What SegmentMaker makes is long: each has a
// worker to itself while it is made, best the one that has the file open from the last time, but never waits for that
// one. Long work that nobody waits for leaves one worker free; so does a scan while somebody watches.
//
// Threads: any thread may call; one thread of the pool does the I/O. `done` runs on the executor, also for errors, and
// never after the executor dropped it. Requested segments overtake interactive probes and images, then come next
// segments, prefetched ones, the scan, batch. The destructor stops the pool; it may not run on the pool's own thread,
// as it would from `done` with an executor that runs tasks at once.
class WorkerPool final : public core::Prober, public SegmentMaker, public SoundMeasurer, public QualityMeasurer {
public:
    template <class T>
    using Done = std::function<void(core::Result<T>)>;
    using Ticket = SegmentMaker::Ticket;

    WorkerPool(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger);
    ~WorkerPool() override;

    // For a scan. Keep about parallelism() of them going for full speed.
    void probe(core::FileHandle file, std::string name, Done<core::MediaInfo> done) override;
    // Somebody waits for these.
    void probeNow(core::FileHandle file, std::string name, Done<core::MediaInfo> done);
    void image(core::FileHandle file, std::string name, int maxEdge, Done<core::Image> done) override;

    Ticket index(SegmentSource source, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) override;
    Ticket segment(SegmentSource source, SegmentSpec spec, Urgency urgency, Done<std::string> done) override;
    Ticket ladder(SegmentSource source, SegmentSpec spec, Urgency urgency,
                  Done<std::vector<std::string>> done) override;
    Ticket subtitles(SegmentSource source, SubtitleWish wish, Urgency urgency, Done<std::string> done) override;
    Ticket sprites(SegmentSource source, SpriteWish wish, Urgency urgency, Done<core::Image> done) override;
    Ticket loudness(SegmentSource source, core::LoudnessWish wish, Urgency urgency,
                    Done<core::LoudnessPart> done) override;
    Ticket qualities(SegmentSource source, SegmentSpec spec, Urgency urgency, Done<std::vector<double>> done) override;
    void cancel(Ticket ticket) override;
    void withdraw(Ticket ticket) override;

    std::size_t parallelism() const;
    WorkerPoolStatus status() const;

    // Ends all workers and answers every job that is left with Cancelled; so are later ones. Idempotent.
    void stop();

private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace marea::server
