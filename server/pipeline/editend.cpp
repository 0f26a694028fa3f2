#include "server/pipeline/editend.h"

#include <string_view>

namespace marea::server {
namespace {

// libav's flag has no name that is public: AVINDEX_DISCARD_FRAME.
constexpr int notShown = 2;

// Of the sample table, which is in memory as a whole. Other files' indexes grow while they are read.
const AVIndexEntry* lastEntry(const AVFormatContext& file, const AVStream& stream) {
    if (!std::string_view(file.iformat->name).starts_with("mov"))
        return nullptr;
    auto* table = const_cast<AVStream*>(&stream);
    const int count = avformat_index_get_entries_count(table);
    return count > 0 ? avformat_index_get_entry(table, count - 1) : nullptr;
}

}  // namespace

std::int64_t editedLength(const AVFormatContext& file, const AVStream& video) {
    const AVIndexEntry* last = lastEntry(file, video);
    return last && (last->flags & notShown) && video.duration > 0 ? video.duration : 0;
}

std::int64_t editedTail(const AVFormatContext& file, const AVStream& audio) {
    const AVIndexEntry* last = lastEntry(file, audio);
    return last && audio.duration > last->timestamp ? audio.duration - last->timestamp : 0;
}

}  // namespace marea::server
