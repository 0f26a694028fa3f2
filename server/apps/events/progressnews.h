#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "server/farm/job.h"

namespace marea::server {

// Which of the jobs looked at just now tell something that the look before did not: another state, or a hundredth more
// of it done. Pure; remembers what was told, of jobs under way alone.
class ProgressNews {
public:
    std::vector<Job> changed(std::vector<Job> looked);
    // From when on to look for jobs that are finished. They are found twice at the edge, and told once.
    core::TimeMs since() const { return since_; }
    void beginAt(core::TimeMs now) { since_ = now; }

private:
    struct Told {
        JobState state = JobState::Queued;
        double progress = -1;
        core::TimeMs updatedAt = 0;
    };
    std::map<core::Id, Told> told_;
    core::TimeMs since_ = 0;
};

core::json::object jobNews(const Job& job);
// Of a download: as GET /api/v1/downloads calls the states.
core::json::object downloadNews(const core::Id& download, const core::Id& media, const Job& job);

}  // namespace marea::server
