#include "server/apps/events/progressnews.h"

#include <algorithm>

namespace marea::server {

namespace json = core::json;

namespace {

constexpr double kStep = 0.01;

bool isUnderWay(const Job& job) {
    return job.state == JobState::Queued || job.state == JobState::Leased;
}

std::string_view downloadState(JobState state) {
    switch (state) {
        case JobState::Queued:
            return "queued";
        case JobState::Leased:
            return "making";
        case JobState::Done:
            return "ready";
        case JobState::Failed:
            return "failed";
        case JobState::Cancelled:
            break;
    }
    return "cancelled";
}

}  // namespace

std::vector<Job> ProgressNews::changed(std::vector<Job> looked) {
    std::map<core::Id, Told> now;
    std::vector<Job> changed;
    for (Job& job : looked) {
        const auto before = told_.find(job.id);
        const bool isNew = before == told_.end() || before->second.state != job.state;
        const bool isNews = isNew || (isUnderWay(job) && job.progress >= before->second.progress + kStep);
        now[job.id] = isNews ? Told{job.state, job.progress, job.updatedAt} : before->second;
        if (!isUnderWay(job)) {
            since_ = std::max(since_, job.updatedAt);
        }
        if (isNews) {
            changed.push_back(std::move(job));
        }
    }
    told_ = std::move(now);
    return changed;
}

json::object jobNews(const Job& job) {
    return {{"type", "job"},
            {"id", job.id},
            {"kind", job.kind},
            {"state", name(job.state)},
            {"progress", job.state == JobState::Done ? 1.0 : job.progress}};
}

json::object downloadNews(const core::Id& download, const core::Id& media, const Job& job) {
    return {{"type", "download"},
            {"id", download},
            {"media_id", media},
            {"state", downloadState(job.state)},
            {"progress", job.state == JobState::Done ? 1.0 : job.progress}};
}

}  // namespace marea::server
