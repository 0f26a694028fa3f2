#pragma once

#include <cstdint>

#include "server/pipeline/libav.h"

namespace marea::server {

// Finds out whether a stream's groups of pictures can be decoded without the one before them, from packets in decoding
// order: any number of groups, each from its keyframe on. Those of H.264 and HEVC may be open (discs, television, and
// what x265 makes by default); those of other codecs are not.
class OpenGroups {
public:
    explicit OpenGroups(const AVCodecParameters* parameters) : parameters_(parameters) {}

    void see(const AVPacket& packet);
    bool canBe() const;                      // with this codec
    bool looked() const { return looked_; }  // at a keyframe, at least
    bool found() const { return found_; }

private:
    const AVCodecParameters* parameters_;
    bool looked_ = false, found_ = false;
    bool afterClean_ = false;  // behind a clean random access picture, whose leading ones may need what was before
};

}  // namespace marea::server
