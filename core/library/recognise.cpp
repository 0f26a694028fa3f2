#include "core/library/recognise.h"

#include <algorithm>

#include "core/library/filekinds.h"
#include "core/library/recogniseaudio.h"
#include "core/library/recognisevideo.h"
#include "core/library/text.h"
#include "core/library/videoname.h"

namespace marea::core::library {

namespace {

bool isVideoFile(const FolderFile& file) {
    if (!file.info || (!hasVideo(*file.info) && !hasAudio(*file.info))) {
        return fileKind(file.name) == FileKind::Video;
    }
    return hasVideo(*file.info);
}

// In an extras folder below some title; at the top such a folder is a library's own way of sorting.
bool inExtras(std::string_view path) {
    const auto parts = pathParts(path);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string folded = fold(parts[i]);
        if ((i > 0 || folded == "sample" || folded == "samples") && isExtrasFolder(parts[i])) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<Recognised> recogniseFolder(const FolderInput& folder) {
    std::vector<Recognised> result(folder.files.size());
    std::vector<std::size_t> videos, audios;
    const bool extras = inExtras(folder.path);
    for (std::size_t i = 0; i < folder.files.size(); ++i) {
        if (!isVideoFile(folder.files[i])) {
            audios.push_back(i);
        } else if (!extras && !isExtraFile(stem(folder.files[i].name))) {
            videos.push_back(i);
        }
    }
    recogniseVideos(folder, videos, result);
    recogniseAudio(folder, audios, result);
    for (Recognised& found : result) {
        if (found.sortTitle.empty()) {
            found.sortTitle = sortTitle(found.title);
        }
    }
    return result;
}

bool belongsToParent(std::string_view path) {
    const std::string_view name = fileName(path);
    return path.find('/') != std::string_view::npos && (seasonOfFolder(name) || discOfFolder(name));
}

}  // namespace marea::core::library
