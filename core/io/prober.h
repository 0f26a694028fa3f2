#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/media/mediainfo.h"

namespace marea::core {

struct Image {
    std::string mimeType;             // "image/jpeg" or "image/png"
    std::vector<std::uint8_t> bytes;  // encoded
    int width = 0, height = 0;        // pixels
};

// How a file failed to be read, so that the catalogue can say so and decide whether to try again.
//   Corrupt      the file is broken or of no kind we know; `text` is the reason in words
//   Unavailable  the worker died or was ended twice over this file: quarantine it
//   Timeout      likewise, by taking too long
//   Cancelled    the pool is shutting down; nothing is known about the file
//
// The port to the only place where media is parsed: locked-down worker processes. Calls return at once; `done` is
// called exactly once on the executor given to the implementation. The handle is consumed.
class Prober {
public:
    template <class T>
    using Done = std::function<void(Result<T>)>;

    virtual ~Prober() = default;

    // Streams, chapters, tags. `name` is the file's name without folders: a hint for the format, and for messages.
    virtual void probe(FileHandle file, std::string name, Done<MediaInfo> done) = 0;

    // The embedded cover of a media file, or the picture that the file itself is, scaled down to fit
    // maxEdge × maxEdge pixels (never up) and encoded as JPEG, or PNG where it has transparency.
    virtual void image(FileHandle file, std::string name, int maxEdge, Done<Image> done) = 0;
};

}  // namespace marea::core
