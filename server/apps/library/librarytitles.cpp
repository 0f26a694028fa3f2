#include "server/apps/library/librarytitles.h"

#include <algorithm>

#include "server/apps/library/picturesidecars.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

core::unexpected<core::Error> noFile() {
    return fail(ErrorCode::NotFound, "There is no such file.");
}

}  // namespace

StreamTitle streamTitle(const Id& user, const ItemDetail& item, const ItemFile& file, OpenedFile opened) {
    StreamTitle title;
    title.user = user;
    title.title = item.id;
    title.file = file.id;
    title.handle = std::move(opened.file);
    title.name = std::move(opened.name);
    title.fingerprint = std::move(opened.etag);
    title.info = file.info;
    title.loudness = {item.loudness.loudness, item.loudness.peak, item.loudness.albumLoudness, item.loudness.albumPeak};
    for (const Sidecar& sidecar : item.sidecars) {
        if (sidecar.kind == SidecarKind::Subtitle) {
            title.sidecars.push_back({sidecar.id, sidecar.language, sidecar.format, sidecar.name, sidecar.forced,
                                      sidecar.hearingImpaired, sidecar.isDefault});
        }
    }
    return title;
}

Result<Id> LibraryTitles::user(const Principal& who) {
    return who.userId.empty() ? service_.userOfLogin(who.sessionId) : Result<Id>(who.userId);
}

Result<StreamTitle> LibraryTitles::open(const Principal& who, const Id& title, const Id& file) {
    const auto asking = user(who);
    if (!asking) {
        return unexpected<core::Error>(asking.error());
    }
    if (const auto may = service_.maySend(who.sessionId, title); !may) {
        return unexpected<core::Error>(may.error());
    }
    const auto item = media_.item(*asking, title);
    if (!item) {
        return unexpected<core::Error>(item.error());
    }
    const auto known =
        std::find_if(item->files.begin(), item->files.end(), [&](const ItemFile& one) { return one.id == file; });
    if (known == item->files.end()) {
        return noFile();
    }
    if (known->status != "ok") {
        return fail(ErrorCode::Unprocessable,
                    known->problem.empty() ? "The file is not there at the moment." : known->problem);
    }
    auto opened = media_.openFile(*asking, file);
    if (!opened || opened->itemId != title) {
        return opened ? Result<StreamTitle>(noFile()) : unexpected<core::Error>(opened.error());
    }
    auto protection = media_.protection(title);
    if (!protection) {
        return unexpected<core::Error>(protection.error());
    }
    service_.streamed(who.sessionId, title);
    StreamTitle made = streamTitle(*asking, *item, *known, std::move(*opened));
    made.beside = openPictureSidecars(media_, *asking, *item);
    made.protection = std::move(*protection);
    return made;
}

Result<StreamTitle> LibraryTitles::openSidecar(const Principal& who, const Id& title, const Id& sidecar) {
    const auto asking = user(who);
    if (!asking) {
        return unexpected<core::Error>(asking.error());
    }
    auto opened = media_.openSidecar(*asking, sidecar);
    if (!opened || opened->itemId != title) {
        return opened ? Result<StreamTitle>(noFile()) : unexpected<core::Error>(opened.error());
    }
    StreamTitle own;
    own.user = *asking;
    own.title = title;
    own.file = sidecar;
    own.handle = std::move(opened->file);
    own.name = std::move(opened->name);
    own.fingerprint = std::move(opened->etag);
    return own;
}

}  // namespace marea::server
