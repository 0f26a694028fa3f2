#include "server/transcode/job.h"

namespace marea::server {
namespace {

using core::ErrorCode;

core::Error mismatch() {
    return core::Error{ErrorCode::Internal, "reply of another kind", "The media worker gave no answer"};
}

template <class T>
void post(const core::Executor& executor, core::Prober::Done<T> done, core::Result<T> result) {
    if (!done)
        return;
    // std::function wants copies; one allocation spares copying the result.
    auto task = std::make_shared<std::pair<core::Prober::Done<T>, core::Result<T>>>(std::move(done), std::move(result));
    executor([task] { task->first(std::move(task->second)); });
}

core::Result<core::MediaInfo> resultOf(core::Prober::Done<core::MediaInfo>&, Reply& reply) {
    if (auto* probed = std::get_if<ProbeReply>(&reply))
        return std::move(probed->info);
    return core::unexpected(mismatch());
}

core::Result<core::Image> resultOf(core::Prober::Done<core::Image>&, Reply& reply) {
    if (auto* pictured = std::get_if<ImageReply>(&reply))
        return std::move(pictured->image);
    return core::unexpected(mismatch());
}

}  // namespace

void finish(const core::Executor& executor, JobPtr job, Reply reply) {
    if (auto* failure = std::get_if<FailureReply>(&reply)) {
        finish(executor, std::move(job), core::Error{failure->code, failure->detail, failure->text});
        return;
    }
    job->file = {};
    std::visit([&](auto& done) { post(executor, std::move(done), resultOf(done, reply)); }, job->done);
}

void finish(const core::Executor& executor, JobPtr job, core::Error error) {
    job->file = {};
    std::visit(
        [&]<class T>(std::function<void(core::Result<T>)>& done) {
            post<T>(executor, std::move(done), core::unexpected(std::move(error)));
        },
        job->done);
}

const Job* JobQueue::front() const {
    if (!interactive_.empty())
        return interactive_.front().get();
    return scan_.empty() ? nullptr : scan_.front().get();
}

JobPtr JobQueue::pop() {
    auto& from = interactive_.empty() ? scan_ : interactive_;
    if (from.empty())
        return nullptr;
    JobPtr job = std::move(from.front());
    from.pop_front();
    return job;
}

}  // namespace marea::server
