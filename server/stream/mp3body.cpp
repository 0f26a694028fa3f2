#include "server/stream/mp3body.h"

#include "server/packaging/rendition.h"
#include "server/stream/playlists.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

// Where a client is. One piece is asked for at a time, so no two threads are at it together.
struct Mp3Reading {
    StreamService& service;
    SegmentWish wish;
    Mp3File file;
    std::uint64_t offset = 0;
};

StreamBody::Piece partOf(Mp3Reading& reading, std::string bytes, std::uint64_t start) {
    std::string part = bytes.substr(reading.offset - start);
    reading.offset += part.size();
    return std::optional<std::string>(std::move(part));
}

StreamBody::Piece pieceOf(Mp3Reading& reading, const Mp3File::Piece& piece, Result<SegmentCache::Entry> entry) {
    auto bytes = entry ? bytesOf(*entry) : Result<std::string>(unexpected<core::Error>(entry.error()));
    if (!bytes) {
        return unexpected<core::Error>(bytes.error());
    }
    if (bytes->size() != piece.size) {
        return fail(ErrorCode::Internal, "The answer broke off.", "an MP3 piece of another size than was said");
    }
    return partOf(reading, std::move(*bytes), piece.offset);
}

}  // namespace

Result<Mp3File> mp3FileOf(const StreamTitle& title, const MediaIndex& index, std::string_view rendition) {
    const auto tracks = parseRendition(rendition, title.info);
    if (!tracks) {
        return unexpected<core::Error>(tracks.error());
    }
    const auto* audio = tracks->size() == 1 ? std::get_if<AudioEncoding>(&tracks->front().encoding) : nullptr;
    const TrackIndex* track = findTrack(index, tracks->front().stream);
    if (audio && audio->codec == "mp3" && track) {
        if (auto file = Mp3File::of(track->end, audio->channels, static_cast<int>(audio->bitrate / 1000))) {
            return std::move(*file);
        }
    }
    return fail(ErrorCode::NotFound, "There is no such rendition.", "not an MP3");
}

StreamBody mp3Body(StreamService& service, SegmentWish wish, const Mp3File& file) {
    wish.format = SegmentFormat::Raw;
    const auto reading = std::make_shared<Mp3Reading>(Mp3Reading{service, std::move(wish), file});
    StreamBody body;
    body.length = file.size();
    body.seek = [reading](std::uint64_t offset) { reading->offset = offset; };
    body.ask = [reading](std::function<void(StreamBody::Piece)> done) {
        if (reading->offset >= reading->file.size()) {
            return done(std::nullopt);
        }
        const Mp3File::Piece* piece = reading->file.pieceAt(reading->offset);
        if (!piece) {
            return done(partOf(*reading, reading->file.header(), 0));
        }
        reading->wish.number = piece->number;
        reading->service.segment(reading->wish, [reading, piece, done](Result<SegmentCache::Entry> entry) {
            done(pieceOf(*reading, *piece, std::move(entry)));
        });
    };
    return body;
}

}  // namespace marea::server
