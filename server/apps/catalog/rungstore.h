#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "core/media/rungmeasure.h"
#include "server/apps/catalog/loudnessstore.h"

namespace marea::server {

// What was measured of pictures, in the database, by the content of files. Calls block; thread-safe.
class RungStore {
public:
    RungStore(core::db::Database& database, std::shared_ptr<const core::Clock> clock);

    // Files without measures, in order of `num`, those after it.
    core::Result<std::vector<core::PictureFile>> unmeasured(std::int64_t after, std::int64_t limit);
    // A file of that content, and what it holds; NotFound when there is none.
    core::Result<core::MediaInfo> info(const std::string& content);
    core::Result<void> keep(const std::string& content, const std::vector<core::RungMeasure>& rungs,
                            const std::string& problem);
    // Measures of what is in no library any more go. How many.
    core::Result<std::int64_t> sweep();

private:
    core::db::Database& database_;
    const std::shared_ptr<const core::Clock> clock_;
};

// As the table has them. What is not readable is nothing measured.
std::string toText(const std::vector<core::RungMeasure>& rungs);
std::vector<core::RungMeasure> rungsFromText(std::string_view text);

}  // namespace marea::server
