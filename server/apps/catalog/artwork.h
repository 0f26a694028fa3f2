#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/io/prober.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// Scaled pictures, made in the worker when first asked for and kept in a folder of bounded size, the least recently
// used going first. Requests for one picture while it is being made wait for it. Thread-safe.
class ArtworkCache : public std::enable_shared_from_this<ArtworkCache> {
public:
    struct Picture {
        core::FileHandle file;
        std::int64_t size = 0;
        std::string mimeType, etag;
        core::TimeMs modified = 0;
    };
    using Done = std::function<void(core::Result<Picture>)>;
    using Open = std::function<core::Result<std::pair<core::FileHandle, std::string>>()>;  // the source and its name

    ArtworkCache(std::string folder, std::int64_t maxBytes, core::Prober& prober, WorkPool& pool,
                 std::shared_ptr<core::Logger> logger);

    // `key` names source, version and width, in characters fit for a file's name. Calls `done` once, on this thread or
    // one of the pool's. `open` is called only when the picture has to be made.
    void get(const std::string& key, int width, const Open& open, Done done);

    static int roundedWidth(int asked);  // up to 160, 320, 480, 640, 960, 1280 or 1920

private:
    core::Result<Picture> stored(const std::string& key) const;
    void make(const std::string& key, int width, const Open& open);
    void finish(const std::string& key, core::Result<core::Image> image, bool wasRead = true);
    core::Result<void> store(const std::string& key, const core::Image& image);
    void shrink();  // under the mutex

    std::string folder_;
    std::int64_t maxBytes_;
    core::Prober& prober_;
    WorkPool& pool_;
    std::shared_ptr<core::Logger> logger_;
    std::mutex mutex_;
    std::map<std::string, std::vector<Done>> waiting_;
    std::set<std::string> failed_;  // keys without a readable picture, so that they are not tried each time
    std::int64_t bytes_ = -1;       // -1: not counted yet
};

}  // namespace marea::server
