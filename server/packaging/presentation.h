#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/packaging/deliveryplan.h"
#include "server/packaging/finergrid.h"
#include "server/packaging/rendition.h"
#include "server/packaging/segment.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

// Bits per second of a rendition's segments, the container's share included.
struct Bandwidth {
    std::int64_t peak = 0;     // never exceeded by a run of segments of 0.5 to 1.5 target durations (RFC 8216, 4.3.4.2)
    std::int64_t average = 0;  // over the whole
    bool operator==(const Bandwidth&) const = default;
};

// What manifests say of a rendition.
struct Rendition {
    std::string name;  // with where it is finer
    std::vector<TrackSpec> tracks;
    std::optional<int> finerFrom;
    core::StreamInfo source;  // of the first track
    std::vector<Cut> cuts;
    std::vector<Cut> pictures;      // video: those that decode alone (pictureGrid)
    std::int64_t picturesPeak = 0;  // bits per second of them: never exceeded
    std::string codecs;             // RFC 6381, of all its tracks, joined by ','
    Bandwidth bandwidth;
    PictureSize size;   // video, as shown
    PictureSize coded;  // video, before rotation, in pixels that need not be square
    double pixelAspect = 1;
    double frameRate = 0;      // video; 0: unknown
    Rational constantRate;     // video; 0/1 where it is not constant
    std::string range;         // video: "SDR", "PQ", "HLG"
    bool independent = true;   // each segment decodes without the others
    std::string supplemental;  // video: what is more than that, and its brand: "dvh1.08.07/db4h"
    int channels = 0;          // audio
    int sampleRate = 0;        // audio, Hz
};

// A WebVTT file beside the renditions.
struct TextTrack {
    std::string name;      // its folder in URLs: "s3", "x" and an id
    std::string language;  // BCP 47; empty: undetermined
    std::string title;
    bool forced = false, hearingImpaired = false;
};

// Small pictures of the title on sheets of tiles, row by row, at "sprites/<sheet>.jpg" beside the renditions.
struct Thumbnails {
    int columns = 1, rows = 1;          // of a sheet
    int tileWidth = 0, tileHeight = 0;  // pixels
    int tiles = 0;                      // 0: there are none
    Ticks every = 0;                    // between two tiles
    Ticks duration = 0;                 // of the title

    int onSheet() const { return columns * rows; }
    int sheets() const { return (tiles + onSheet() - 1) / onSheet(); }
    std::int64_t peak() const;  // bits per second
};

struct Presentation {
    std::vector<Rendition> video, audio;
    std::vector<TextTrack> text;
    Thumbnails thumbnails;
    Ticks duration = 0;
};

// Unprocessable when it cannot be cut: no keyframes, a track that the index does not know, or one without a length.
// `finerFrom`: where its grid is finer (finergrid.h).
core::Result<Rendition> describeRendition(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                                          const MediaIndex& index, std::optional<int> finerFrom = {});

// `sidecars` in the plan's order, those that are still there. Renditions that cannot be cut are left out; Unprocessable
// when none is left.
core::Result<Presentation> present(const DeliveryPlan& plan, const core::MediaInfo& file, const MediaIndex& index,
                                   std::vector<TextTrack> sidecars = {});

// Dolby Atmos in E-AC-3, as it is.
bool hasJointObjects(const Rendition& audio);

// The longest segment in whole seconds, rounded up; at least 1.
std::int64_t targetDuration(const std::vector<Cut>& cuts);

// How players list it: its title, or its language in words; unique among `taken`, which it joins.
std::string displayName(const std::string& title, const std::string& language, std::string_view otherwise,
                        std::vector<std::string>& taken);

}  // namespace marea::server
