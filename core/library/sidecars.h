#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

enum class SidecarType { Subtitle, Lyrics, Image, Nfo };

// A file that tells about a media file beside it, or about its folder.
struct SidecarName {
    SidecarType type = SidecarType::Subtitle;
    std::size_t index = 0;  // into the names given
    int media = -1;         // index of the media file it belongs to; -1: the folder
    std::string language;   // BCP 47
    bool forced = false, hearingImpaired = false, isDefault = false;
    std::string format;  // its extension, ".jpeg" as "jpg"
    // Of images, how well it serves as the picture: 0 not at all (fanart), else smaller is better.
    int rank = 0;
};

// Whether a file of that name may be one, or a part of one, by its extension.
bool mayBeSidecar(std::string_view fileName);

// "Film.sub" of "Film.idx": the pictures that a VobSub index tells about, without which it is no sidecar. Empty for
// other names.
std::string vobSubData(std::string_view indexName);

// Whether a folder of that name holds the subtitles of the films beside it: "Subs", "Subtitles".
bool isSubtitleFolder(std::string_view name);

// Finds the sidecars among `others`, names of one folder, or "Subs/name" and "Subs/film/name" for what is in a folder
// of subtitles; `media` are the names of its media files.
std::vector<SidecarName> matchSidecars(const std::vector<std::string_view>& media,
                                       const std::vector<std::string_view>& others);

// "en" of "eng", "English" or "en"; "pt-BR" as it is; empty when it is no language we know.
std::string languageTag(std::string_view word);

// Rank of an image that stands for its folder ("cover.jpg"), 0 when it does not.
int folderImageRank(std::string_view stem);

}  // namespace marea::core::library
