// What of a Host is for sale.
#include "server/apps/catalog/catalog.h"
#include "server/apps/events/events.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/library/playback.h"
#include "server/apps/library/soundpreview.h"
#include "server/apps/licence/licences.h"
#include "server/apps/store/store.h"
#include "server/apps/store/storelicences.h"
#include "server/apps/store/stripe.h"
#include "server/apps/store/wallet.h"
#include "server/host/host.h"
#include "server/outbound/client.h"
#include "server/stream/streamservice.h"

namespace marea::server {

using core::Result;

void Host::openStore() {
    const StoreConfig& wished = config_.store;
    store::OrderOptions options;
    options.region = wished.region;
    options.refunds.days = static_cast<int>(wished.refundDays);
    options.payWithin = core::TimeMs{wished.payWithin} * 60 * 1000;
    store::Orders::Providers providers;
    providers.push_back(std::make_unique<store::Wallet>());
    if (!wished.stripeKey.empty()) {
        const std::string back = config_.publicUrl + "/store/return?paid=";
        providers.push_back(std::make_unique<store::Stripe>(
            store::StripeOptions{
                wished.stripeUrl, wished.stripeKey, wished.stripeWebhookSecrets, {back + "yes", back + "no"}},
            *outbound_, logger_));
    }
    Store::Parts parts{events_->database(),
                       *viewers_,
                       licences_->master(),
                       *pool_,
                       clock_,
                       logger_,
                       [this](const core::Id& media, int width, std::function<void(Result<core::Image>)> done) {
                           catalog_->pictureForWork(media, width, std::move(done));
                       },
                       [this](const core::Id& media) -> Result<bool> {
                           const auto schemes = licences_->protection().of(media);
                           return schemes ? Result<bool>(schemes->has_value()) : errorOf(schemes);
                       },
                       config_.name,
                       [this](const Principal& who, const core::Id& media, std::function<void(Result<Response>)> done) {
                           const auto item = catalog_->itemForWork(media);
                           if (!item) {
                               return done(errorOf(item));
                           }
                           soundPreview(
                               *streams_, who, *item,
                               [this](const core::Id& file) { return catalog_->openForWork(file); }, std::move(done));
                       },
                       [this](const Principal& who, const core::Id& media) -> Result<core::json::value> {
                           const auto trailers = catalog_->trailersForWork(media);
                           if (!trailers || trailers->empty()) {
                               return trailers ? Result<core::json::value>(core::json::value(nullptr))
                                               : errorOf(trailers);
                           }
                           return core::json::value(catalog_->trailerLink(trailers->front(), who.sessionId));
                       }};
    store_ = std::make_unique<Store>(std::move(parts), std::move(providers), std::move(options));
    playback_->onTaken([this](const core::Id& user, const core::Id& media) { store_->taken(user, media); });
    playback_->watchedBy(store_->deliveries());
    LicenceOptions licences;
    licences.devices = wished.licenceDevices;
    licences.offline = core::TimeMs{wished.offlineDays} * 24 * 3600 * 1000;
    licences.region = wished.region;
    storeLicences_ = std::make_unique<StoreLicences>(
        StoreLicences::Parts{database(), *viewers_, *pool_, clock_, logger_}, std::move(licences));
}

}  // namespace marea::server
