#include "server/apps/subsonic/pagemarks.h"

#include <algorithm>

namespace marea::server::subsonic {

std::optional<PageMarks::Mark> PageMarks::find(const std::string& list, std::int64_t offset) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.offset == offset && entry.list == list; });
    return found == entries_.end() ? std::nullopt : std::optional(found->mark);
}

void PageMarks::put(const std::string& list, std::int64_t offset, Mark mark) {
    const std::lock_guard lock(mutex_);
    entries_.remove_if([&](const Entry& entry) { return entry.offset == offset && entry.list == list; });
    entries_.push_front({list, offset, std::move(mark)});
    if (entries_.size() > most_) {
        entries_.pop_back();
    }
}

}  // namespace marea::server::subsonic
