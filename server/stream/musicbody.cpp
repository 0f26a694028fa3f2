#include "server/stream/musicbody.h"

#include "server/packaging/rendition.h"
#include "server/stream/playlists.h"
#include "server/video/decision.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::string_view kName = "audio.";

// Where a client is. One piece is asked for at a time, so no two threads are at it together.
struct Reading {
    StreamService& service;
    SegmentWish wish;
    MusicFilePtr file;
    std::uint64_t offset = 0;  // in the file, where its length is known
    std::size_t next = 0;      // else the piece that follows
};
using Piece = MusicFile::Piece;

MusicTags tagsOf(const StreamTitle& title, const AudioEncoding& encoding, int stream) {
    const auto usual = defaultAudio(title.info);
    const bool isMeasured = usual && title.info.streams[*usual].index == stream && !encoding.night;
    const core::Tags& tags = title.info.tags;
    MusicTags made{tags.title, tags.artist, tags.album, tags.albumArtist, tags.date, tags.genres,
                   tags.track, tags.disc,   {}};
    made.loudness = louder(title.loudness, encoding.gain, isMeasured);
    return made;
}

// The piece that comes next; nullptr at the end, or where the header is.
const Piece* pieceOf(const Reading& reading) {
    if (reading.file->size()) {
        return reading.file->pieceAt(reading.offset);
    }
    const auto& pieces = reading.file->pieces();
    return reading.next < pieces.size() ? &pieces[reading.next] : nullptr;
}

bool isDone(const Reading& reading) {
    return reading.file->size() ? reading.offset >= *reading.file->size()
                                : reading.next >= reading.file->pieces().size();
}

StreamBody::Piece partOf(Reading& reading, std::string bytes, std::uint64_t start) {
    std::string part = bytes.substr(reading.offset - start);
    reading.offset += part.size();
    return std::optional<std::string>(std::move(part));
}

StreamBody::Piece answer(Reading& reading, const Piece& piece, const Result<SegmentCache::Entry>& entry) {
    auto frames = entry ? bytesOf(*entry) : Result<std::string>(unexpected<core::Error>(entry.error()));
    auto bytes = frames ? reading.file->bytes(piece, std::move(*frames)) : frames;
    if (!bytes) {
        return unexpected<core::Error>(bytes.error());
    }
    if (reading.file->size()) {
        return partOf(reading, std::move(*bytes), piece.offset);
    }
    ++reading.next;
    return std::optional<std::string>(std::move(*bytes));
}

// Whole, when every piece is in the cache.
MusicFilePtr measured(StreamService& service, SegmentWish wish, const MusicFilePtr& file) {
    std::vector<std::uint64_t> sizes;
    for (const Piece& piece : file->pieces()) {
        wish.number = piece.number;
        const auto size = service.sizeOf(wish);
        if (!size) {
            return nullptr;
        }
        sizes.push_back(*size);
    }
    return file->ofSizes(sizes);
}

}  // namespace

std::string_view musicCodec(std::string_view piece) {
    const std::string_view codec = piece.starts_with(kName) ? piece.substr(kName.size()) : std::string_view();
    return codec == "mp3" || codec == "opus" || codec == "flac" ? codec : std::string_view();
}

Result<MusicFilePtr> musicFileOf(const StreamTitle& title, const MediaIndex& index, std::string_view rendition,
                                 std::string_view codec, Ticks from) {
    const auto tracks = parseRendition(rendition, title.info);
    if (!tracks) {
        return unexpected<core::Error>(tracks.error());
    }
    const auto* audio = tracks->size() == 1 ? std::get_if<AudioEncoding>(&tracks->front().encoding) : nullptr;
    const TrackIndex* track = findTrack(index, tracks->front().stream);
    if (!audio || audio->codec != codec || !track) {
        return fail(ErrorCode::NotFound, "There is no such rendition.", "not a file of music");
    }
    if (from < 0 || from >= track->end) {
        return fail(ErrorCode::Invalid, "from must be a time before the end.");
    }
    const MusicWish wish{audio->codec,
                         track->end,
                         audio->channels,
                         audio->sampleRate,
                         audio->bitrate,
                         from,
                         tagsOf(title, *audio, track->stream)};
    if (auto file = musicFile(wish)) {
        return file;
    }
    return fail(ErrorCode::NotFound, "There is no such rendition.", "no file of such music");
}

StreamBody musicBody(StreamService& service, SegmentWish wish, MusicFilePtr file) {
    wish.format = SegmentFormat::Raw;
    if (const auto whole = file->size() ? nullptr : measured(service, wish, file)) {
        file = whole;
    }
    const auto reading = std::make_shared<Reading>(Reading{service, std::move(wish), std::move(file)});
    StreamBody body;
    body.length = reading->file->size();
    if (body.length) {
        body.seek = [reading](std::uint64_t offset) { reading->offset = offset; };
    }
    body.ask = [reading](std::function<void(StreamBody::Piece)> done) {
        if (isDone(*reading)) {
            return done(std::nullopt);
        }
        const Piece* piece = pieceOf(*reading);
        if (!piece) {
            return done(partOf(*reading, reading->file->header(), 0));
        }
        reading->wish.number = piece->number;
        reading->service.segment(reading->wish, [reading, piece, done](const Result<SegmentCache::Entry>& entry) {
            done(answer(*reading, *piece, entry));
        });
    };
    return body;
}

}  // namespace marea::server
