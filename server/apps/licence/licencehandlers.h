#pragma once

#include "server/apps/licence/licencegate.h"
#include "server/apps/licence/offlinelicences.h"
#include "server/apps/licence/protectionstore.h"
#include "server/apps/licence/titlekeystore.h"
#include "server/gateway/http.h"

namespace marea::server {

// Keys over HTTP, for players: functions of a request, run on the work pool. No answer is kept by anybody.
class LicenceHandlers {
public:
    // `offline` null: no licences to keep.
    LicenceHandlers(TitleKeyStore& keys, TitleProtection& protection, LicenceGate& gate,
                    OfflineLicences* offline = nullptr)
        : keys_(keys), protection_(protection), gate_(gate), offline_(offline) {}

    Response key(const Request& request);             // GET /stream/{token}/{title}/e/{protection}/key
    Response streamClearKey(const Request& request);  // POST /stream/{token}/{title}/e/{protection}/clearkey
    Response clearKey(const Request& request);        // POST /api/v1/drm/clearkey

private:
    core::Result<ProtectionKind> kindOf(const Request& request);
    core::Result<ContentKey> granted(const Request& request, const Key128& id, const core::Id& title);
    Response licence(const Request& request, const core::Id& title);
    Response licenceToKeep(const Request& request, const std::vector<Key128>& ids);
    core::Result<TitleKeyStore::Owner> ownerOf(const Key128& id, const core::Id& title);

    TitleKeyStore& keys_;
    TitleProtection& protection_;
    LicenceGate& gate_;
    OfflineLicences* offline_;
};

// What owners choose: GET, PUT and DELETE of /api/v1/admin/{media,libraries}/{id}/protection.
class ProtectionHandlers {
public:
    using Changed = std::function<void(const ProtectionTarget& target, const Principal& who)>;
    ProtectionHandlers(ProtectionStore& store, Changed changed) : store_(store), changed_(std::move(changed)) {}

    Response get(ProtectionTarget::Kind kind, const Request& request);
    Response put(ProtectionTarget::Kind kind, const Request& request);
    Response remove(ProtectionTarget::Kind kind, const Request& request);

private:
    Response now(const ProtectionTarget& target);

    ProtectionStore& store_;
    const Changed changed_;
};

}  // namespace marea::server
