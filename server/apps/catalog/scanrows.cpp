#include "server/apps/catalog/scanrows.h"

#include <algorithm>

namespace marea::server {

bool FileRow::operator==(const FileRow& other) const {
    return itemId == other.itemId && folder == other.folder && path == other.path && libraryId == other.libraryId &&
           stamp.sameContent(other.stamp) && stamp.device == other.stamp.device && fingerprint == other.fingerprint &&
           state == other.state && problem == other.problem && part == other.part && version == other.version &&
           info == other.info && missingSince == other.missingSince;
}

bool SidecarRow::operator==(const SidecarRow& other) const {
    return fileId == other.fileId && kind == other.kind && language == other.language && forced == other.forced &&
           hearingImpaired == other.hearingImpaired && isDefault == other.isDefault && rank == other.rank &&
           size == other.size && mtimeNs == other.mtimeNs && data == other.data;
}

std::vector<std::string> splitLines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) {
            lines.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace marea::server
