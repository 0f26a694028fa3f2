#include "server/transcode/job.h"

#include <algorithm>

namespace marea::server {
namespace {

using core::ErrorCode;

core::Error mismatch() {
    return core::Error{ErrorCode::Internal, "reply of another kind", "The media worker gave no answer"};
}

template <class T>
void post(const core::Executor& executor, Job::Done<T> done, core::Result<T> result) {
    if (!done)
        return;
    // std::function wants copies; one allocation spares copying the result.
    auto task = std::make_shared<std::pair<Job::Done<T>, core::Result<T>>>(std::move(done), std::move(result));
    executor([task] { task->first(std::move(task->second)); });
}

template <class Wanted, class T>
core::Result<T> fieldOf(Reply& reply, T Wanted::*field) {
    if (auto* wanted = std::get_if<Wanted>(&reply))
        return std::move(wanted->*field);
    return core::unexpected(mismatch());
}

core::Result<core::MediaInfo> resultOf(const Job::Done<core::MediaInfo>&, const Request&, Reply& reply) {
    return fieldOf(reply, &ProbeReply::info);
}
core::Result<core::Image> resultOf(const Job::Done<core::Image>&, const Request&, Reply& reply) {
    return fieldOf(reply, &ImageReply::image);
}
core::Result<MediaIndex> resultOf(const Job::Done<MediaIndex>&, const Request&, Reply& reply) {
    return fieldOf(reply, &IndexReply::index);
}
core::Result<core::LoudnessPart> resultOf(const Job::Done<core::LoudnessPart>&, const Request&, Reply& reply) {
    return fieldOf(reply, &LoudnessReply::part);
}
core::Result<std::vector<std::string>> resultOf(const Job::Done<std::vector<std::string>>&, const Request& request,
                                                Reply& reply) {
    auto segments = fieldOf(reply, &LadderReply::segments);
    const auto* ladder = std::get_if<LadderRequest>(&request);
    if (segments && (!ladder || segments->size() != ladder->spec.tracks.size()))
        return core::unexpected(mismatch());
    return segments;
}
core::Result<std::vector<double>> resultOf(const Job::Done<std::vector<double>>&, const Request& request,
                                           Reply& reply) {
    auto qualities = fieldOf(reply, &QualityReply::qualities);
    const auto* wanted = std::get_if<QualityRequest>(&request);
    if (qualities && (!wanted || qualities->size() != wanted->spec.tracks.size()))
        return core::unexpected(mismatch());
    return qualities;
}
core::Result<std::string> resultOf(const Job::Done<std::string>&, const Request& request, Reply& reply) {
    if (std::holds_alternative<SegmentRequest>(request))
        return fieldOf(reply, &SegmentReply::bytes);
    return fieldOf(reply, &SubtitleReply::text);
}

}  // namespace

void finish(const core::Executor& executor, JobPtr job, Reply reply) {
    if (auto* failure = std::get_if<FailureReply>(&reply)) {
        finish(executor, std::move(job), core::Error{failure->code, failure->detail, failure->text});
        return;
    }
    job->closeFiles();
    std::visit(
        [&](auto& done) {
            auto result = resultOf(done, job->request, reply);
            post(executor, std::move(done), std::move(result));
        },
        job->done);
}

void finish(const core::Executor& executor, JobPtr job, core::Error error) {
    job->closeFiles();
    std::visit(
        [&]<class T>(std::function<void(core::Result<T>)>& done) {
            post<T>(executor, std::move(done), core::unexpected(std::move(error)));
        },
        job->done);
}

const Job* JobQueue::front() const {
    for (const auto& level : levels_) {
        if (!level.empty())
            return level.front().get();
    }
    return nullptr;
}

JobPtr JobQueue::pop() {
    for (auto& level : levels_) {
        if (level.empty())
            continue;
        JobPtr job = std::move(level.front());
        level.pop_front();
        return job;
    }
    return nullptr;
}

JobPtr JobQueue::take(JobId id) {
    for (auto& level : levels_) {
        const auto found =
            std::find_if(level.begin(), level.end(), [&](const JobPtr& job) { return jobOf(job->request) == id; });
        if (found == level.end())
            continue;
        JobPtr job = std::move(*found);
        level.erase(found);
        return job;
    }
    return nullptr;
}

}  // namespace marea::server
