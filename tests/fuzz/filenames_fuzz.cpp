// Names of files and folders, by whoever gave them: what they are recognised as.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/filekinds.h"
#include "core/library/recognise.h"
#include "core/library/sidecars.h"
#include "core/library/videoname.h"

using namespace marea::core;
using namespace marea::core::library;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < 12) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void checkSidecars(const std::vector<std::string_view>& names) {
    std::vector<std::string_view> media, others;
    for (const std::string_view name : names)
        (fileKind(name) == FileKind::Other ? others : media).push_back(name);
    for (const SidecarName& found : matchSidecars(media, others))
        demand(found.index < others.size() && found.media < static_cast<int>(media.size()));
}

void checkFolder(const std::vector<std::string_view>& names) {
    MediaInfo info;
    info.streams.resize(1);
    info.streams[0].kind = StreamKind::Video;
    FolderInput folder;
    for (const std::string_view name : names) {
        if (folder.path.empty())
            folder.path = name;
        folder.files.push_back({std::string(name), &info, nullptr});
    }
    demand(recogniseFolder(folder).size() == folder.files.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto names = linesOf(text);
    for (const std::string_view name : names) {
        for (const bool withPart : {true, false})
            static_cast<void>(parseVideoName(name, withPart));
        static_cast<void>(parseFolderName(name));
        static_cast<void>(seasonOfFolder(name));
        static_cast<void>(discOfFolder(name));
        static_cast<void>(parseLooseEpisode(name));
        static_cast<void>(belongsToParent(name));
        static_cast<void>(languageTag(name));
    }
    checkSidecars(names);
    checkFolder(names);
    return 0;
}
