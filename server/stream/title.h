#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/media/mediainfo.h"
#include "server/audio/musictags.h"
#include "server/gateway/http.h"
#include "server/protection/schemes.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// A subtitle file beside a title.
struct StreamSidecar {
    core::Id id;
    std::string language, format, name;
    bool forced = false, hearingImpaired = false, isDefault = false;
};

// Subtitles that are pictures, in files of their own, open: besidestreams.h.
struct TitlePictures {
    SourceBeside source;
    std::string fingerprint;  // of its files
};

// A media file of a title, open, as the asking user may see it.
struct StreamTitle {
    core::Id user;  // who asked
    core::Id title, file;
    core::FileHandle handle;
    std::string name;         // without folders
    std::string fingerprint;  // changes whenever the bytes do
    core::MediaInfo info;
    MusicLoudness loudness;  // of the sound that plays without a choice, and of its album
    std::vector<StreamSidecar> sidecars;
    std::vector<TitlePictures> beside = {};       // of which pictures are streams of `info`
    std::optional<ProtectionSchemes> protection;  // with one, its picture and sound leave in no other form

    core::Result<SegmentSource> source() const;  // a descriptor of its own
    // With what an encoding of `tracks` burns in.
    core::Result<SegmentSource> source(const std::vector<TrackSpec>& tracks) const;
    // Of all that decides the bytes of a rendition of that name.
    std::string fingerprintOf(std::string_view rendition) const;
};
using StreamTitlePtr = std::shared_ptr<const StreamTitle>;

// What streams ask of the library. Calls block and are thread-safe. NotFound: unknown, vanished, not theirs, or of
// another title.
class TitleSource {
public:
    virtual ~TitleSource() = default;
    virtual core::Result<StreamTitle> open(const Principal& who, const core::Id& title, const core::Id& file) = 0;
    // The sidecar as a file of its own: without `info` and `sidecars`.
    virtual core::Result<StreamTitle> openSidecar(const Principal& who, const core::Id& title,
                                                  const core::Id& sidecar) = 0;
};

}  // namespace marea::server
