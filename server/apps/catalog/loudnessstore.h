#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "core/media/mediainfo.h"
#include "core/media/soundmeasure.h"

namespace marea::server {

// A file with that content, and what its state on the disk was known by: OpenedFile's etag.
struct SoundPlace {
    core::Id file;
    std::string etag;
};

// Loudness in the database: measures by the content of files, and from them, else from tags, what items tell. Calls
// block; thread-safe.
class LoudnessStore {
public:
    LoudnessStore(core::db::Database& database, std::shared_ptr<const core::Clock> clock);

    // Files without measures, in order of `num`, those after it.
    core::Result<std::vector<core::SoundFile>> unmeasured(std::int64_t after, std::int64_t limit);
    core::Result<std::vector<SoundPlace>> places(const std::string& content);
    // The first is that of the main stream.
    core::Result<void> keep(const std::string& content, const std::vector<core::SoundMeasure>& measures);
    // Brings up to date what items tell, where files, tags or an album's tracks have changed. How many items.
    core::Result<std::int64_t> refresh();
    // Measures of what is in no library any more go. How many.
    core::Result<std::int64_t> sweep();

private:
    core::Result<std::int64_t> refreshItems();
    core::Result<std::int64_t> refreshAlbums();

    core::db::Database& database_;
    const std::shared_ptr<const core::Clock> clock_;
};

// The streams with sound of a file, the one that plays without a choice first.
std::vector<int> soundStreams(const core::MediaInfo& file);

}  // namespace marea::server
