#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/stream/protection.h"

namespace marea::server {

// What an owner chooses for: an item and all below it, or a library.
struct ProtectionTarget {
    enum class Kind { Media, Library };
    Kind kind = Kind::Media;
    core::Id id;
};

// As it counts for a target.
struct ProtectionChoice {
    bool protects = false;
    ProtectionSchemes schemes;  // that it goes out in; in none others, so in none when there is none
    core::Id from;              // the item or library that it was made for; empty: nobody chose
};

// Which titles are protected. A choice holds for an item and everything below it, or for a library; of several, the
// nearest counts: the item's own, then its season's, series', album's, artist's, and its library's. Calls block;
// thread-safe.
class ProtectionStore final : public TitleProtection {
public:
    ProtectionStore(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
        : database_(database), clock_(std::move(clock)) {}

    core::Result<std::optional<ProtectionSchemes>> of(const core::Id& title) override;

    // NotFound, all three: there is no such item or library.
    core::Result<ProtectionChoice> choice(const ProtectionTarget& target);
    // No schemes: in the clear, whatever holds for what it is in.
    core::Result<void> choose(const ProtectionTarget& target, const ProtectionSchemes& schemes, const core::Id& user);
    core::Result<void> inherit(const ProtectionTarget& target);

private:
    core::Result<void> change(const ProtectionTarget& target,
                              const std::function<core::Result<void>(core::db::Session&)>& work);

    core::db::Database& database_;
    const std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
