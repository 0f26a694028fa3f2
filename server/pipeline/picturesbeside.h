#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/io/filehandle.h"
#include "server/pipeline/subtitlefeed.h"

namespace marea::server {

// Subtitles that are pictures, in files of their own beside a film: PGS (.sup), or VobSub (.idx and .sub). Their times
// are since the title's start.
class PicturesBeside {
public:
    using Files = std::shared_ptr<const std::vector<core::FileHandle>>;
    // `files`: .idx before .sub; shared, as a locked-down worker can make no second descriptor of a file. `stream`: how
    // encodings name these subtitles; `track`: which of the file's languages they are, from 0. ErrorCode::Unprocessable
    // or Corrupt, in words.
    static core::Result<std::unique_ptr<PicturesBeside>> open(Files files, int stream, int track);

    int stream() const { return stream_; }
    // The same bytes in the same language under the same name.
    bool isSame(const PicturesBeside& other) const;

    // What begins at or before `from` in packets(from, to) begins with one that needs none before it. This object
    // outlives the feed.
    core::Result<std::unique_ptr<SubtitleFeed>> feed();

private:
    PicturesBeside(Files files, int stream, int track) : files_(std::move(files)), stream_(stream), track_(track) {}

    Files files_;
    std::vector<MediaSource> sources_;
    int stream_, track_;
};

}  // namespace marea::server
