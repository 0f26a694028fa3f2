#include "server/apps/licence/licences.h"

#include "server/apps/licence/licencehandlers.h"
#include "server/apps/licence/masterkeyfile.h"

namespace marea::server {

struct Licences::Impl {
    Impl(core::db::Database& database, const std::string& keyFolder, const std::shared_ptr<const core::Clock>& clock,
         std::shared_ptr<core::Logger> log)
        : master(keyFolder),
          keys(database, master, clock),
          seals(database, master, clock),
          protection(database, clock),
          time(clock),
          logger(std::move(log)) {}

    MasterKeyFile master;
    TitleKeyStore keys;
    SealKeyStore seals;
    ProtectionStore protection;
    std::shared_ptr<const core::Clock> time;
    std::shared_ptr<core::Logger> logger;
    std::unique_ptr<LicenceHandlers> licences;
    std::unique_ptr<LicenceProxy> proxy;
    std::unique_ptr<ProtectionHandlers> choices;
};

Licences::Licences(core::db::Database& database, const std::string& keyFolder, std::shared_ptr<const core::Clock> clock,
                   std::shared_ptr<core::Logger> logger)
    : impl_(std::make_unique<Impl>(database, keyFolder, clock, std::move(logger))) {
    if (const auto good = check(); !good) {
        impl_->logger->error("licences.keys_unusable", {{"detail", good.error().detail}});
    }
}

Licences::~Licences() = default;

TitleProtection& Licences::protection() {
    return impl_->protection;
}

TitleKeys& Licences::keys() {
    return impl_->keys;
}

SealKeyStore& Licences::seals() {
    return impl_->seals;
}

KeyWrapper& Licences::master() {
    return impl_->master;
}

core::Result<std::int64_t> Licences::check() {
    const auto closed = impl_->master.check();
    const auto titles = closed ? impl_->keys.check() : core::unexpected<core::Error>(closed.error());
    const auto seals = titles ? impl_->seals.check() : titles;
    return seals ? core::Result<std::int64_t>(*titles + *seals) : seals;
}

void Licences::addProxyRoutes(Router& router, LicenceGate& gate, WorkPool& pool, Outside outside) {
    impl_->proxy =
        std::make_unique<LicenceProxy>(LicenceProxy::Parts{impl_->keys, impl_->protection, gate, outside.outbound,
                                                           std::move(outside.sign), impl_->time, impl_->logger},
                                       std::move(outside.providers));
    LicenceProxy& proxy = *impl_->proxy;
    const auto add = [&](Method method, const char* pattern, Access access, auto ask) {
        auto handler = answeredLater(
            pool, [&proxy, ask](const Request& request, const SharedReply& reply) { (proxy.*ask)(request, reply); });
        router.add(Route{method, pattern, access, std::move(handler), LicenceProxy::kMostChallenge});
    };
    add(Method::Post, "/stream/{token}/{title}/e/{protection}/licence/{system}", Access::Stream,
        &LicenceProxy::ofStream);
    add(Method::Post, "/api/v1/drm/licence", Access::User, &LicenceProxy::ofDevice);
}

void Licences::addRoutes(Router& router, LicenceGate& gate, WorkPool& pool, Outside outside,
                         std::function<void()> changed, OfflineLicences* offline) {
    addProxyRoutes(router, gate, pool, std::move(outside));
    impl_->licences = std::make_unique<LicenceHandlers>(impl_->keys, impl_->protection, gate, offline);
    impl_->choices = std::make_unique<ProtectionHandlers>(
        impl_->protection,
        [logger = impl_->logger, changed = std::move(changed)](const ProtectionTarget& target, const Principal& who) {
            logger->info("protection.changed", {{"target", target.id}, {"user", who.userId}});
            changed();
        });
    const auto add = [&](Method method, const char* pattern, Access access, PlainHandler handler) {
        router.add(Route{method, pattern, access, pooled(pool, std::move(handler))});
    };
    LicenceHandlers& licences = *impl_->licences;
    add(Method::Get, "/stream/{token}/{title}/e/{protection}/key", Access::Stream,
        [&licences](const Request& request) { return licences.key(request); });
    add(Method::Post, "/stream/{token}/{title}/e/{protection}/clearkey", Access::Stream,
        [&licences](const Request& request) { return licences.streamClearKey(request); });
    add(Method::Post, "/api/v1/drm/clearkey", Access::User,
        [&licences](const Request& request) { return licences.clearKey(request); });
    ProtectionHandlers& choices = *impl_->choices;
    using Kind = ProtectionTarget::Kind;
    add(Method::Get, "/api/v1/admin/media/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.get(Kind::Media, request); });
    add(Method::Put, "/api/v1/admin/media/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.put(Kind::Media, request); });
    add(Method::Delete, "/api/v1/admin/media/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.remove(Kind::Media, request); });
    add(Method::Get, "/api/v1/admin/libraries/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.get(Kind::Library, request); });
    add(Method::Put, "/api/v1/admin/libraries/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.put(Kind::Library, request); });
    add(Method::Delete, "/api/v1/admin/libraries/{id}/protection", Access::Owner,
        [&choices](const Request& request) { return choices.remove(Kind::Library, request); });
}

}  // namespace marea::server
