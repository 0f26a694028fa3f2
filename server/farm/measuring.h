#pragma once

#include <cstdint>

#include "core/base/result.h"

namespace marea::server {

// What the jobs have in common that measure the content of a library's files (LoudnessJobs, RungJobs).

// What trying again does not mend.
inline bool isOfTheFile(const core::Error& error) {
    return error.code == core::ErrorCode::Corrupt || error.code == core::ErrorCode::Unprocessable ||
           error.code == core::ErrorCode::Invalid;
}

// Walks files in order of `num`, page by page: `pageAfter(num, limit)` gives those after it, `queue(page)` adds jobs
// for them and says how many. All that were added, or the first error.
template <class PageAfter, class Queue>
core::Result<std::int64_t> queuePages(PageAfter pageAfter, Queue queue) {
    constexpr std::size_t limit = 500;
    std::int64_t added = 0, last = 0;
    for (std::size_t got = limit; got == limit;) {
        auto page = pageAfter(last, static_cast<std::int64_t>(limit));
        if (!page) {
            return core::unexpected<core::Error>(page.error());
        }
        auto queued = queue(*page);
        if (!queued) {
            return queued;
        }
        added += *queued;
        got = page->size();
        last = page->empty() ? last : page->back().num;
    }
    return added;
}

}  // namespace marea::server
