#include "server/apps/library/waveformroute.h"

#include "server/apps/catalog/catalog.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/soundfiles.h"
#include "server/stream/answeredlater.h"
#include "server/video/decision.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

// Of the file; until it changes the answer is the same.
constexpr const char* kKeepWaveform = "private, max-age=3600";

struct DrawnSound {
    StreamTitlePtr title;
    int stream = 0;
};

core::unexpected<core::Error> noWaveform() {
    return core::fail(ErrorCode::NotFound, "There is no waveform of this title.");
}

// What plays of it where everything can be played.
Result<DrawnSound> drawnSoundOf(Catalog& catalog, const core::Id& user, const core::Id& id) {
    const auto item = catalog.item(user, id);
    if (!item) {
        return unexpected<core::Error>(item.error());
    }
    SoundWish wish;
    wish.item = id;
    wish.asIs = true;
    std::size_t at = 0;
    if (const auto delivery = soundDelivery(*item, wish, at); !delivery) {
        return unexpected<core::Error>(delivery.error());
    }
    const ItemFile& file = item->files.at(at);
    const auto audio = defaultAudio(file.info);
    if (!audio || file.info.encrypted) {
        return noWaveform();
    }
    auto opened = catalog.openFile(user, file.id);
    if (!opened) {
        return unexpected<core::Error>(opened.error());
    }
    return DrawnSound{std::make_shared<const StreamTitle>(streamTitle(user, *item, file, std::move(*opened))),
                      file.info.streams[*audio].index};
}

Response waveformResponse(SegmentCache::Entry entry, const CacheKey& key) {
    Response response;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("ETag", "\"" + key + "\"");
    response.headers.set("Cache-Control", kKeepWaveform);
    if (entry.bytes) {
        response.body = std::move(entry.bytes);
    } else {
        response.body = FileBody{std::move(entry.file), static_cast<std::uint64_t>(entry.size)};
    }
    return response;
}

}  // namespace

void addWaveformRoute(Router& router, WorkPool& pool, Catalog& catalog, Waveforms& waveforms) {
    router.add(Route{Method::Get, "/api/v1/media/{id}/waveform", Access::User,
                     answeredLater(pool, [&](const Request& request, const SharedReply& reply) {
                         const auto sound =
                             drawnSoundOf(catalog, request.principal->userId, core::Id(request.param("id")));
                         if (!sound) {
                             return (*reply)(sourceProblem(sound.error()));
                         }
                         const CacheKey key = Waveforms::keyOf(*sound->title, sound->stream);
                         waveforms.get(sound->title, sound->stream, [reply, key](Result<SegmentCache::Entry> entry) {
                             (*reply)(entry ? waveformResponse(std::move(*entry), key) : sourceProblem(entry.error()));
                         });
                     })});
}

}  // namespace marea::server
