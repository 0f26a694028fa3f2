#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "server/farm/downloadfiles.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/packaging/downloadplan.h"
#include "server/packaging/filetags.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// What a download is made of.
struct DownloadOrder {
    core::Id user, media, file;
    std::string fingerprint;  // of the media file, as SegmentSource's
    std::string name;         // for people, in lists of jobs
    DownloadWish wish;
};
// Names the content: whoever orders the same gets the same file.
std::string downloadKey(const DownloadOrder& order, const std::string& build);
core::json::object toJson(const DownloadOrder& order);
core::Result<DownloadOrder> downloadOrderOf(const core::json::object& payload);

// The library's side. open() blocks; the others answer once, from any thread.
class DownloadLibrary {
public:
    struct Opened {
        StreamTitlePtr title;
        FileTags tags;  // without the cover
        std::vector<core::Chapter> chapters;
    };
    virtual ~DownloadLibrary() = default;
    // NotFound: gone, or no longer theirs.
    virtual core::Result<Opened> open(const DownloadOrder& order) = 0;
    // The title's picture: its type and its bytes, both empty where there is none.
    virtual void cover(const DownloadOrder& order, std::function<void(std::string type, std::string bytes)> done) = 0;
    // The subtitle file of that number of the title's, as WebVTT.
    virtual core::Result<StreamTitlePtr> openSidecar(const DownloadOrder& order, std::size_t number) = 0;
};

// Downloads made by the farm: the segments of every track, from the cache where they are there, each kept as soon as it
// is made, then put together. All parameters outlive it and its jobs.
class DownloadJobs {
public:
    static constexpr const char* kKind = "download";

    struct Parts {
        DownloadFiles& files;
        DownloadLibrary& library;
        StreamService& streams;
        SegmentMaker& maker;
    };
    explicit DownloadJobs(Parts parts) : parts_(parts) {}

    FarmRunner::Handler handler();
    static NewJob job(const DownloadOrder& order, const std::string& key);

private:
    const Parts parts_;
};

}  // namespace marea::server
