#include "server/host/catalogprepared.h"

#include <algorithm>

#include "server/apps/library/librarytitles.h"
#include "server/apps/library/playbackplan.h"

namespace marea::server {

using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kPage = 500;

}  // namespace

// An owner's wish is the server's work from then on, also when the owner has left.
Result<StreamTitlePtr> CatalogPrepared::open(const core::Id& user, const core::Id& media, const core::Id& file) {
    auto item = catalog_.itemForWork(media);
    if (!item) {
        return unexpected<core::Error>(item.error());
    }
    const auto known =
        std::find_if(item->files.begin(), item->files.end(), [&](const ItemFile& one) { return one.id == file; });
    if (known == item->files.end() || known->status != "ok") {
        return core::fail(core::ErrorCode::NotFound, "The file is gone.");
    }
    auto opened = catalog_.openForWork(file);
    if (!opened) {
        return unexpected<core::Error>(opened.error());
    }
    return std::make_shared<const StreamTitle>(streamTitle(user, *item, *known, std::move(*opened)));
}

// As playback chooses, so that the names are those that it asks for.
Result<CatalogPrepared::Choice> CatalogPrepared::choose(const core::Id&, const core::Id& media, const core::Id& file,
                                                        const core::Capabilities& client, StreamProfilePtr profile) {
    auto item = catalog_.itemForWork(media);
    if (!item) {
        return unexpected<core::Error>(item.error());
    }
    PlaybackRequest request;
    request.client = client;
    request.file = file;
    request = underProfile(std::move(request), std::move(profile));
    const auto plan = planPlayback(*item, request);
    if (!plan) {
        return unexpected<core::Error>(plan.error());
    }
    const ItemFile& chosen = item->files[plan->file];
    return Choice{chosen.id, streamChoice(*item, chosen, request)};
}

Result<std::map<core::Id, CatalogPrepared::Place>> CatalogPrepared::places(const std::set<core::Id>& files) {
    std::map<core::Id, Place> places;
    std::int64_t last = 0;
    while (true) {
        const auto page = catalog_.filmFiles(last, kPage);
        if (!page) {
            return unexpected<core::Error>(page.error());
        }
        for (const FilmFile& file : *page) {
            last = file.num;
            if (files.contains(file.id)) {
                places[file.id] = {file.etag, file.playable};
            }
        }
        if (static_cast<std::int64_t>(page->size()) < kPage) {
            return places;
        }
    }
}

}  // namespace marea::server
