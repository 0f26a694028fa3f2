#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

#include "server/transcode/job.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {

// One worker seen from the pool: what was sent to it and is not answered, and the bytes on the way. Used by the pool's
// I/O thread only. Never blocks.
class WorkerLink {
public:
    using Clock = std::chrono::steady_clock;
    enum class State { Starting, Ready, Dead };

    // `forBatch`: it is there for batch work alone.
    explicit WorkerLink(WorkerProcess process, bool forBatch = false)
        : process_(std::move(process)), forBatch_(forBatch), changed_(Clock::now()) {}

    State state() const { return state_; }
    int socket() const { return process_.socket(); }
    pid_t id() const { return process_.id(); }
    bool wantsToWrite() const { return written_ < out_.size(); }
    const std::deque<JobPtr>& inFlight() const { return jobs_; }
    bool busyAlone() const { return !jobs_.empty() && jobs_.back()->alone; }
    const std::string& sandbox() const { return sandbox_; }

    // Whether it has the file of this fingerprint open, as far as can be told from here.
    bool isWarm(const std::string& fingerprint) const { return !fingerprint.empty() && kept() == fingerprint; }
    const std::string& kept() const;  // the fingerprint of the file that it has open; empty: none
    bool inBackground() const;        // at background work only
    bool isForViewers() const;        // has a job that somebody waits for, or will soon
    bool isForBatch() const { return forBatch_; }

    void assign(JobPtr job);
    // Tells the worker that this job is no longer wanted; false when it has not got it.
    bool callOff(JobId job);
    void flush();  // sends what assign() left, with its descriptors

    struct Answer {
        JobPtr job;
        Reply reply;
    };
    // Reads what came. Dead afterwards when the worker closed its end or broke the protocol.
    std::vector<Answer> receive();

    // Since when it is at the same job (or, while starting, since its start).
    Clock::time_point since();
    // What the job that it is at may take.
    std::chrono::milliseconds timeout();
    // Kills it, if need be; then receive() what is left.
    void kill();

    // The jobs of a dead worker: the one that it was at, if any, and those that it was not.
    struct Leftover {
        JobPtr culprit;
        std::deque<JobPtr> innocent;
    };
    Leftover takeJobs(bool hung);
    WorkerProcess& process() { return process_; }

private:
    void handle(const FrameBuffer::Frame& frame, std::vector<Answer>& answers);
    void breakOff(const char* why);

    WorkerProcess process_;
    bool forBatch_ = false;
    State state_ = State::Starting;
    std::string sandbox_;
    std::deque<JobPtr> jobs_;
    FrameBuffer in_{maxReplyFrame};
    Bytes out_;
    std::size_t written_ = 0;
    std::vector<int> descriptors_;  // to go with what is in out_; owned by the jobs
    std::string kept_;
    Clock::time_point keptSince_;
    JobId lastSeen_ = 0;
    Clock::time_point changed_;
};

}  // namespace marea::server
