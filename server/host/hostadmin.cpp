// What owners look at and do about a Host, over HTTP or at its machine.
#include <future>

#include "server/apps/audit/auditlog.h"
#include "server/apps/catalog/catalog.h"
#include "server/farm/downloadfiles.h"
#include "server/farm/spritestore.h"
#include "server/gateway/target.h"
#include "server/host/adminroutes.h"
#include "server/host/host.h"
#include "server/stream/streamservice.h"

namespace marea::server {

using core::Result;

void Host::addAdminRoutes() {
    AdminPorts ports;
    ports.log = [this] { return log_; };
    ports.storage = [this] { return storage(); };
    ports.reload = [this] { return reload(); };
    marea::server::addAdminRoutes(*router_, *pool_, std::move(ports));
}

Result<StorageReport> Host::storage() {
    const auto libraries = catalog_->librarySizes();
    if (!libraries) {
        return core::unexpected<core::Error>(libraries.error());
    }
    const std::string& data = config_.dataFolder;
    const StreamStatus streams = streams_->status();
    StorageReport report;
    report.folder = data;
    report.space = spaceOf(data);
    report.databaseBytes = databaseBytes(data);
    report.backups = databaseCopies(data);
    report.caches = {{"streams", streams.segmentCache.bytes, config_.streamCacheBytes},
                     {"prepared", streams.segmentCache.heldBytes, config_.preparedBytes},
                     {"thumbnails", spriteStore_->status().bytes, config_.spriteBytes},
                     {"downloads", downloadFiles_->bytes(), config_.downloadBytes},
                     {"artwork", bytesBelow(data + "/artwork"), CatalogOptions{}.artworkCacheBytes},
                     {"crash traces", bytesBelow(data + "/crashes")}};
    for (const Catalog::LibrarySize& library : *libraries) {
        report.libraries.push_back({library, spaceOf(library.path)});
    }
    return report;
}

Response Host::callAsOwner(Method method, const std::string& target, std::string body) {
    const auto parts = splitTarget(target);
    auto path = parts ? decodePath(parts->path) : std::nullopt;
    auto query = parts ? decodeQuery(parts->query) : std::nullopt;
    Router::Match match = path && query ? router_->match(method, *path) : Router::Match();
    if (!match.route || !match.route->handler || match.route->access == Access::Stream) {
        return Response::problem(core::Error{core::ErrorCode::NotFound, target, "This server cannot do that."});
    }
    Request request;
    request.method = method;
    request.target = target;
    request.path = std::move(*path);
    request.query = std::move(*query);
    request.body = std::move(body);
    request.headers.set("Content-Type", "application/json");
    request.requestId = "local";
    request.principal = Principal{identity_->serverId(), identity_->serverId(), "command line", "owner"};
    request.params = std::move(match.params);
    const auto place = static_cast<std::size_t>(match.route - router_->routes().data());
    if (const RequestCheck* check = place < policies_.size() ? policies_[place].check.get() : nullptr) {
        auto wrong = check->query(request);
        wrong = wrong ? wrong : check->body(request);
        if (wrong) {
            return Response::problem(*wrong);
        }
    }
    std::promise<Response> answer;
    match.route->handler(std::move(request), Reply([&](Response response) { answer.set_value(std::move(response)); }));
    return answer.get_future().get();
}

}  // namespace marea::server
