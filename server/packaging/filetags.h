#pragma once

#include <cstdint>
#include <string>

#include "core/media/mediainfo.h"

namespace marea::server {

// What a file that is made tells of itself.
struct FileTags {
    core::Tags tags;
    std::string overview;   // of a film or an episode
    std::string cover;      // a JPEG or PNG; empty: none
    std::string coverType;  // "image/jpeg", "image/png"
    std::string encodedBy;  // the program
};

// Samples that are in an audio file and not of the music: iTunes' way to say it, in an MP4's tag "iTunSMPB".
std::string gaplessTag(std::uint64_t before, std::uint64_t after, std::uint64_t samples);

// An ID3v2.4 tag (id3.org) with the tags and the cover; UTF-8 throughout.
std::string id3Tag(const FileTags& tags);

// The ilst box of an MP4 (as QuickTime and iTunes have it); `gapless` as gaplessTag gives it, or empty.
std::string itunesTags(const FileTags& tags, const std::string& gapless);

}  // namespace marea::server
