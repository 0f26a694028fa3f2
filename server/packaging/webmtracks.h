#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "server/packaging/moviefile.h"

namespace marea::server {

// How a track's times are told in WebM: Opus has samples that a decoder throws away, and blocks are later by those.
struct WebmTrack {
    std::int64_t scale = 1;    // units of its samples a second
    std::int64_t preSkip = 0;  // samples at 48 kHz
    std::int64_t shift = 0;    // units: what a sample's time is later by than the title's
    bool isOpus = false;
    std::string entry;  // the TrackEntry

    // Of what is presented at `at` (units): in ms, and as the block has it.
    std::int64_t presented(std::int64_t at) const;
    std::int64_t inBlock(std::int64_t at) const;
};

// `number` from 1. Corrupt when its head is none of ours, Unprocessable when it is empty.
core::Result<WebmTrack> webmTrack(const MovieTrack& track, std::uint64_t number);
// WebVTT, as WebM has it.
std::string webmTextEntry(const MovieText& text, std::uint64_t number);
std::string webmTextFrame(const Cue& cue);

}  // namespace marea::server
