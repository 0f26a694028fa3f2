#include <algorithm>
#include <array>

#include "server/apps/library/playlists.h"
#include "server/apps/subsonic/handlers.h"
#include "server/gateway/clientwatch.h"

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr int kUsualCover = 640, kLargestCover = 1920;  // pixels
constexpr std::int64_t kMostKbit = 10'000, kLongest = 10'000'000;
constexpr int kEntriesForCover = 50;
constexpr std::array<const char*, 4> kPlayable = {"track", "movie", "episode", "video"};

Response problemOf(const Error& error) {
    return Response::problem(error);
}

// What programs call the formats; others are made as MP3.
std::string codecOf(std::string_view format) {
    const bool opus = format == "opus" || format == "ogg" || format == "oga";
    return format.empty() || format == "raw" ? "" : opus ? "opus" : format == "flac" ? "flac" : "mp3";
}

Result<SoundWish> soundWish(const Call& call) {
    const Parameters& given = call.parameters;
    const auto id = given.id();
    const auto song = id ? call.song(*id) : Result<Entry>(unexpected<Error>(id.error()));
    const auto kbit = given.integer("maxBitRate", 0, 0, kMostKbit), from = given.integer("timeOffset", 0, 0, kLongest);
    if (!song) {
        return unexpected<Error>(song.error());
    }
    if (!kbit || !from) {
        return unexpected<Error>(kbit ? from.error() : kbit.error());
    }
    SoundWish wish;
    wish.item = song->item.id;
    wish.file = song->part;
    wish.asIs = given.text("format") == "raw";
    wish.codec = codecOf(given.text("format"));
    wish.maxBitrate = *kbit * 1000;
    wish.from = static_cast<double>(*from);
    return wish;
}

struct Cover {
    Id item;
    std::string version;
};

Cover coverAmong(const std::vector<Item>& items) {
    for (const Item& item : items) {
        if (const Id id = coverOf(item); !id.empty()) {
            return {id, item.artworkVersion};
        }
    }
    return {};
}

// Of an artist, an album or a song; of a playlist, what its first titles have.
Result<Cover> coverFor(const Call& call, const Id& id) {
    const Id& user = call.who().userId;
    auto items = call.parts.catalog.items(user, {id});
    if (items && items->empty()) {
        const auto entries = call.parts.database.readValue<std::vector<PlaylistEntry>>(
            [&](core::db::Session& session) { return playlistEntries(session, user, id, {}, kEntriesForCover); });
        if (!entries) {
            return unexpected<Error>(entries.error());
        }
        std::vector<Id> titles;
        std::transform(entries->begin(), entries->end(), std::back_inserter(titles),
                       [](const PlaylistEntry& entry) { return entry.mediaId; });
        items = call.parts.catalog.items(user, titles);
    }
    if (!items) {
        return unexpected<Error>(items.error());
    }
    Cover cover = coverAmong(*items);
    return cover.item.empty() ? fail(ErrorCode::NotFound, "There is no picture.") : Result<Cover>(std::move(cover));
}

Response pictureResponse(const core::Image& image, const Cover& cover, int width) {
    Response response = Response::text(
        200, image.mimeType, std::string(reinterpret_cast<const char*>(image.bytes.data()), image.bytes.size()));
    if (!cover.version.empty()) {
        response.headers.set("ETag", "\"" + cover.version + "-" + std::to_string(width) + "\"");
    }
    response.headers.set("Cache-Control", "private, max-age=86400");
    return response;
}

// Whoever removes the app password ends what is under way to it.
void noteAudience(const Call& call, const Id& title) {
    if (call.request.client) {
        call.request.client->belongsTo(Audience::of(call.who().userId, call.who().sessionId, title));
    }
}

}  // namespace

// Videos come as the files that they are.
void stream(const Call& call, const SharedReply& reply) {
    const auto id = call.parameters.id();
    const auto playable = id ? call.entry(*id, kPlayable) : Result<Entry>(unexpected<Error>(id.error()));
    if (playable && isVideo(playable->item)) {
        noteAudience(call, *id);
        return (*reply)(call.parts.sounds.download(call.request, *id));
    }
    const auto wish = soundWish(call);
    noteAudience(call, wish ? wish->item : Id());
    if (!wish) {
        return (*reply)(problemOf(wish.error()));
    }
    call.parts.sounds.stream(call.request, *wish, reply);
}

void download(const Call& call, const SharedReply& reply) {
    const auto id = call.parameters.id();
    auto song = id ? call.entry(*id, kPlayable) : Result<Entry>(unexpected<Error>(id.error()));
    song = song || !id ? std::move(song) : call.song(*id);
    noteAudience(call, Id());
    (*reply)(song ? call.parts.sounds.download(call.request, song->item.id, song->part) : problemOf(song.error()));
}

void getCoverArt(const Call& call, const SharedReply& reply) {
    const auto id = call.parameters.id();
    const auto size = call.parameters.integer("size", kUsualCover, 1, kLargestCover);
    const auto cover = id ? coverFor(call, *id) : Result<Cover>(unexpected<Error>(id.error()));
    if (!cover || !size) {
        return (*reply)(problemOf(cover ? size.error() : cover.error()));
    }
    const int width = static_cast<int>(*size);
    call.parts.catalog.picture(call.who().userId, cover->item, width,
                               [reply, cover = *cover, width](Result<core::Image> image) {
                                   (*reply)(image ? pictureResponse(*image, cover, width) : problemOf(image.error()));
                               });
}

}  // namespace marea::server::subsonic
