#include "server/transcode/workerpool.h"

#include <algorithm>

#include "server/transcode/poolloop.h"

namespace marea::server {
namespace {

WorkerPoolOptions bounded(WorkerPoolOptions options) {
    options.count = std::clamp(options.count, 1, 64);
    options.maxPipelined = std::clamp<std::size_t>(options.maxPipelined, 1, maxDescriptorsPerMessage);
    return options;
}

// A name is a hint and need not be whole; a frame must fit.
std::string hint(std::string name) {
    constexpr std::size_t most = 1024;
    if (name.size() > most)
        name.erase(0, name.size() - most);  // the extension is at the end
    return core::cleanText(name, most);
}

}  // namespace

WorkerPool::WorkerPool(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger)
    : loop_(std::make_unique<Loop>(bounded(std::move(options)), std::move(executor), std::move(logger))) {}

WorkerPool::~WorkerPool() = default;

void WorkerPool::probe(core::FileHandle file, std::string name, Done<core::MediaInfo> done) {
    probe(std::move(file), std::move(name), Urgency::Scan, std::move(done));
}

void WorkerPool::probe(core::FileHandle file, std::string name, Urgency urgency, Done<core::MediaInfo> done) {
    auto job = std::make_unique<Job>();
    job->request = ProbeRequest{loop_->nextId(), hint(std::move(name))};
    job->file = std::move(file);
    job->done = std::move(done);
    job->interactive = urgency == Urgency::Interactive;
    loop_->submit(std::move(job));
}

void WorkerPool::image(core::FileHandle file, std::string name, int maxEdge, Done<core::Image> done) {
    auto job = std::make_unique<Job>();
    job->request = ImageRequest{loop_->nextId(), hint(std::move(name)), std::clamp(maxEdge, 1, 8192)};
    job->file = std::move(file);
    job->done = std::move(done);
    job->interactive = true;
    loop_->submit(std::move(job));
}

std::size_t WorkerPool::parallelism() const {
    return static_cast<std::size_t>(loop_->options().count) * loop_->options().maxPipelined;
}

WorkerPoolStatus WorkerPool::status() const {
    return loop_->status();
}

void WorkerPool::stop() {
    loop_->stop();
}

}  // namespace marea::server
