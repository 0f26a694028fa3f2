#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/io/prober.h"
#include "server/packaging/segment.h"

namespace marea::server {

// Subtitles that are pictures, in files of their own, for encodings that burn them in under that number.
struct SourceBeside {
    int stream = 0;
    int track = 0;                        // which of the file's languages
    std::vector<core::FileHandle> files;  // a .sup, or an .idx and its .sub
    core::Result<SourceBeside> duplicate() const;
};

// An open file that segments are made from.
struct SegmentSource {
    core::FileHandle file;
    std::string name;                         // without folders; a hint for the format, and for messages
    std::string fingerprint;                  // the file's identity: a worker that has it open already is preferred
    std::optional<SourceBeside> beside = {};  // where the encoding wants it
    core::Result<SegmentSource> duplicate() const;
};

inline core::Result<SourceBeside> SourceBeside::duplicate() const {
    SourceBeside copy{stream, track, {}};
    for (const core::FileHandle& file : files) {
        auto own = file.duplicate();
        if (!own)
            return core::unexpected(own.error());
        copy.files.push_back(std::move(*own));
    }
    return copy;
}

inline core::Result<SegmentSource> SegmentSource::duplicate() const {
    auto own = file.duplicate();
    if (!own)
        return core::unexpected(own.error());
    SegmentSource copy{std::move(*own), name, fingerprint};
    if (beside) {
        auto theirs = beside->duplicate();
        if (!theirs)
            return core::unexpected(theirs.error());
        copy.beside = std::move(*theirs);
    }
    return copy;
}

// The port to making packaged media: calls return at once, `done` comes exactly once on the implementation's executor.
// Errors as Prober's, and Busy when too much waits. Bytes come as std::string, as the gateway takes bodies.
class SegmentMaker {
public:
    template <class T>
    using Done = std::function<void(core::Result<T>)>;
    using Ticket = std::uint64_t;

    // From most to least urgent: somebody waits for it; it is the next that somebody will ask for; later ones; batch.
    enum class Urgency { Requested, Next, Prefetch, Batch };

    virtual ~SegmentMaker() = default;

    virtual Ticket index(SegmentSource source, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) = 0;
    virtual Ticket segment(SegmentSource source, SegmentSpec spec, Urgency urgency, Done<std::string> done) = 0;
    // Each track of `spec` (encodings of one video stream at one frame rate, at most kMaxRungs) as an MP4 segment of
    // its own, in their order: what segment() gives for each, but decoded once for all.
    static constexpr std::size_t kMaxRungs = 6;
    virtual Ticket ladder(SegmentSource source, SegmentSpec spec, Urgency urgency,
                          Done<std::vector<std::string>> done) = 0;
    // A whole WebVTT file.
    virtual Ticket subtitles(SegmentSource source, SubtitleWish wish, Urgency urgency, Done<std::string> done) = 0;
    // One JPEG of tiles, row by row.
    virtual Ticket sprites(SegmentSource source, SpriteWish wish, Urgency urgency, Done<core::Image> done) = 0;

    // No longer wanted: answered with Cancelled, soon also when it has begun, unless it is done before that.
    virtual void cancel(Ticket ticket) = 0;
    // Wanted in another way: answered with Cancelled when it has not begun, else it goes on.
    virtual void withdraw(Ticket ticket) = 0;
};

}  // namespace marea::server
