#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/packaging/moviefile.h"
#include "server/packaging/movieparts.h"

namespace marea::server {

// A track as its boxes are made from: all samples in a row, and how they stand in chunks.
struct LaidTrack {
    InitParts init;
    std::string handler;  // "vide", "soun", "sbtl"
    std::string language, title;
    bool isEnabled = true, isForced = false;
    int group = 0;                     // alternatives of one another
    std::vector<MovieSample> samples;  // times from 0
    std::vector<std::uint32_t> inChunk;
    std::vector<std::uint64_t> places;  // of the chunks, in the file
    std::uint64_t length = 0;           // in its unit
    std::int64_t begin = 0;             // what its unit 0 … of the title stands at: negative, it begins later
    std::uint64_t shown = 0;            // how long it is presented, in its unit
    std::string text;                   // the bytes of a text track's only chunk
};

// Corrupt when its initialisation segment is none; Unprocessable when it is empty.
core::Result<LaidTrack> layTrack(const MovieTrack& track);
LaidTrack layText(const MovieText& text);

}  // namespace marea::server
