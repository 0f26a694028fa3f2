#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "server/apps/identity/secrets.h"

namespace marea::server {

// Codes that let somebody in once in place of their password, for some minutes: to be read off one screen and typed on
// another. In memory alone, by digest, a few at a time. Thread-safe.
class OneTimeCodes {
public:
    static constexpr core::TimeMs kLife = 10 * 60 * 1000;
    static constexpr std::size_t kMost = 8;  // the oldest goes first

    std::string issue(const core::Id& user, core::TimeMs now);  // as randomCode()
    // Whether it is theirs and good; from now on it is not. Takes as long whatever was typed.
    bool take(const core::Id& user, std::string_view typed, core::TimeMs now);
    void clear();

private:
    struct Issued {
        core::Id user;
        Digest digest;
        core::TimeMs expiresAt = 0;
    };

    std::mutex mutex_;
    std::deque<Issued> issued_;
};

}  // namespace marea::server
