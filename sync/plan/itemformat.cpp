#include "sync/plan/itemformat.h"

#include "sync/plan/forms.h"

namespace marea::sync {

namespace {

void take(FileFormat& format, const core::StreamInfo& stream) {
    if (stream.kind == core::StreamKind::Audio && format.audioCodec.empty()) {
        format.audioCodec = stream.codec;
        format.channels = stream.channels;
        format.sampleRate = stream.sampleRate;
    } else if (stream.kind == core::StreamKind::Video && !stream.attachedPicture && format.videoCodec.empty()) {
        format.videoCodec = stream.codec;
        format.width = stream.width;
        format.height = stream.height;
    }
}

FileFormat formatOf(const core::MediaInfo& info) {
    FileFormat format;
    format.container = info.container;
    format.bitrate = info.bitrate;
    for (const core::StreamInfo& stream : info.streams) {
        take(format, stream);
    }
    return format;
}

TrackTags tagsOf(const core::Tags& tags) {
    const std::string genre = tags.genres.empty() ? "" : tags.genres.front();
    return {tags.title, tags.artist, tags.album, tags.albumArtist, genre, tags.track, tags.year};
}

}  // namespace

void describe(LibraryItem& item, const core::MediaInfo& info) {
    FileFormat found = formatOf(info);
    if (!isVideo(item)) {
        if (found.audioCodec.empty()) {
            return;
        }
        found.videoCodec.clear();
        found.width = found.height = 0;
        item.tags = tagsOf(info.tags);
    }
    item.format = std::move(found);
    item.duration = info.duration;
    item.kind = isVideo(item) ? "video" : "track";
}

}  // namespace marea::sync
