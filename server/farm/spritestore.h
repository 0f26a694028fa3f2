#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "server/packaging/segment.h"
#include "server/stream/spriteplan.h"

namespace marea::server {

// Sheets of thumbnails made ahead, as files: <folder>/<fingerprint>/<sheet>.jpg, and a meta.json that says by which
// plan they were made, so that those of an earlier plan are not given out. Files come to be by a rename, after their
// bytes are on the disk. A set that is being made is given out as far as it goes, and goes on after a restart. Calls
// block on the disk; thread-safe, with one maker for each fingerprint.
class SpriteStore {
public:
    explicit SpriteStore(std::string folder);  // its own; made when it is needed

    bool complete(std::string_view fingerprint, const SpritePlan& plan) const;
    // What is there of another plan goes.
    core::Result<void> begin(std::string_view fingerprint, const SpritePlan& plan);
    bool contains(std::string_view fingerprint, std::size_t sheet) const;
    core::Result<void> keep(std::string_view fingerprint, std::size_t sheet, std::string_view jpeg);
    core::Result<void> end(std::string_view fingerprint);  // all sheets are there

    struct Sheet {
        core::FileHandle file;
        std::int64_t size = 0;
    };
    std::optional<Sheet> open(std::string_view fingerprint, const SpritePlan& plan, std::size_t sheet) const;

    // The sheet of exactly that wish.
    std::optional<Sheet> find(std::string_view fingerprint, const SpritePlan& plan, const SpriteWish& wish) const;

    // Sets of other fingerprints than these go. How many.
    std::size_t sweep(const std::set<std::string>& fingerprints);

private:
    std::string setOf(std::string_view fingerprint) const;
    bool isOfPlan(const std::string& set, const SpritePlan& plan, bool alsoBeingMade) const;

    const std::string folder_;
};

}  // namespace marea::server
