#include "server/host/catalogdownloads.h"

#include <algorithm>

#include "marea_version.h"
#include "server/apps/identity/secrets.h"
#include "server/apps/library/librarytitles.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kCoverWidth = 960;  // pixels

void put(std::string& where, const std::string& known) {
    if (!known.empty()) {
        where = known;
    }
}

// What the catalogue knows goes before what the file says of itself.
FileTags tagsOf(const ItemDetail& item, const ItemFile& file) {
    FileTags tags;
    tags.tags = file.info.tags;
    tags.overview = item.overview;
    tags.encodedBy = std::string("Marea ") + MAREA_VERSION;
    put(tags.tags.title, item.title);
    put(tags.tags.artist, item.artist);
    put(tags.tags.albumArtist, item.albumArtist);
    put(tags.tags.album, item.album);
    put(tags.tags.show, item.series);
    tags.tags.year = item.year.value_or(tags.tags.year);
    tags.tags.track = item.track.value_or(tags.tags.track);
    tags.tags.disc = item.disc.value_or(tags.tags.disc);
    tags.tags.season = item.season.value_or(tags.tags.season);
    tags.tags.episode = item.episode.value_or(tags.tags.episode);
    if (!item.genres.empty()) {
        tags.tags.genres = item.genres;
    }
    return tags;
}

}  // namespace

Result<ItemDetail> CatalogDownloads::item(const core::Id& userId, const core::Id& itemId) {
    return catalog_.item(userId, itemId);
}

Result<std::vector<Item>> CatalogDownloads::titlesOf(const core::Id& userId, const core::Id& itemId, int most) {
    return catalog_.titlesOf(userId, itemId, most);
}

Result<OpenedFile> CatalogDownloads::openFile(const core::Id& userId, const core::Id& fileId) {
    return catalog_.openFile(userId, fileId);
}

Result<bool> CatalogDownloads::hides(const core::Id& userId, const core::Id& itemId) {
    return catalog_.hides(userId, itemId);
}

Result<void> CatalogDownloads::inTheClear(const core::Id& itemId) {
    const auto protection = protection_.of(itemId);
    if (!protection) {
        return unexpected<core::Error>(protection.error());
    }
    return *protection ? unexpected<core::Error>(protectedError()) : Result<void>();
}

// Common Encryption's key, since licences are asked for by its id: what a title's files are encrypted with comes from
// it.
Result<std::optional<DownloadSeal>> CatalogDownloads::sealOf(const core::Id& itemId) {
    const auto protection = protection_.of(itemId);
    if (!protection || !*protection) {
        return protection ? Result<std::optional<DownloadSeal>>(std::nullopt)
                          : unexpected<core::Error>(protection.error());
    }
    const auto key = keys_.key(itemId, ProtectionScheme::Cenc);
    if (!key) {
        return unexpected<core::Error>(key.error());
    }
    return DownloadSeal{key->id, base64Url(key->id), std::string(key->value.begin(), key->value.end())};
}

// Also of protected titles: what is made stays inside, and goes out encrypted.
Result<DownloadLibrary::Opened> CatalogDownloads::open(const DownloadOrder& order) {
    auto item = catalog_.item(order.user, order.media);
    if (!item) {
        return unexpected<core::Error>(item.error());
    }
    const auto file =
        std::find_if(item->files.begin(), item->files.end(), [&](const ItemFile& one) { return one.id == order.file; });
    if (file == item->files.end()) {
        return core::fail(ErrorCode::NotFound, "The file is gone.");
    }
    auto opened = catalog_.openFile(order.user, order.file);
    if (!opened) {
        return unexpected<core::Error>(opened.error());
    }
    return Opened{std::make_shared<const StreamTitle>(streamTitle(order.user, *item, *file, std::move(*opened))),
                  tagsOf(*item, *file), item->chapters};
}

void CatalogDownloads::cover(const DownloadOrder& order, std::function<void(std::string, std::string)> done) {
    catalog_.picture(order.user, order.media, kCoverWidth, [done = std::move(done)](Result<core::Image> image) {
        const bool known = image && (image->mimeType == "image/jpeg" || image->mimeType == "image/png");
        known ? done(image->mimeType, std::string(image->bytes.begin(), image->bytes.end())) : done({}, {});
    });
}

Result<StreamTitlePtr> CatalogDownloads::openSidecar(const DownloadOrder& order, std::size_t number) {
    auto opened = open(order);
    if (!opened || number >= opened->title->sidecars.size()) {
        return opened ? core::fail(ErrorCode::NotFound, "The subtitles are gone.")
                      : Result<StreamTitlePtr>(unexpected<core::Error>(opened.error()));
    }
    const StreamSidecar& sidecar = opened->title->sidecars[number];
    auto file = catalog_.openSidecar(order.user, sidecar.id);
    if (!file) {
        return unexpected<core::Error>(file.error());
    }
    StreamTitle own;
    own.user = order.user;
    own.title = order.media;
    own.file = sidecar.id;
    own.handle = std::move(file->file);
    own.name = std::move(file->name);
    own.fingerprint = std::move(file->etag);
    return std::make_shared<const StreamTitle>(std::move(own));
}

}  // namespace marea::server
