#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>

#include "server/stream/title.h"

namespace marea::server {

// Titles as opened a moment ago, so that the segments of a film do not ask the database one by one. What a user may
// see is looked up again after `lifetime`. Blocks when it has to open; thread-safe.
class OpenTitles {
public:
    using Clock = std::chrono::steady_clock;

    explicit OpenTitles(TitleSource& source, std::size_t most = 256,
                        Clock::duration lifetime = std::chrono::seconds(10))
        : source_(source), most_(most), lifetime_(lifetime) {}

    core::Result<StreamTitlePtr> open(const Principal& who, const core::Id& title, const core::Id& file);
    core::Result<StreamTitlePtr> openSidecar(const Principal& who, const core::Id& title, const core::Id& sidecar);
    // What is opened from now on is looked up anew.
    void forget();
    // What titles are looked up from is being written: until all such changes have ended nothing is kept, so that who
    // learns of one finds it.
    void beginChange();
    void endChange();

private:
    struct Entry {
        std::string key;
        StreamTitlePtr title;
        Clock::time_point until;
    };
    StreamTitlePtr known(const std::string& key);
    std::uint64_t age();
    core::Result<StreamTitlePtr> remember(const std::string& key, core::Result<StreamTitle> opened, std::uint64_t age);

    TitleSource& source_;
    const std::size_t most_;
    const Clock::duration lifetime_;
    std::mutex mutex_;
    std::list<Entry> entries_;  // the latest first
    std::uint64_t age_ = 0;     // counts what was forgotten
    int changing_ = 0;          // changes under way
};

}  // namespace marea::server
