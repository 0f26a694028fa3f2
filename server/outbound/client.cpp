#include "server/outbound/client.h"

#include <sodium.h>

#include "server/outbound/place.h"

namespace marea::server {

namespace {

double randomDice() {
    return static_cast<double>(randombytes_uniform(1'000'000)) / 1'000'000;
}

}  // namespace

core::Result<std::unique_ptr<OutboundClient>> OutboundClient::create(OutboundOptions options,
                                                                     core::db::Database& database, core::Executor pool,
                                                                     std::shared_ptr<const core::Clock> clock,
                                                                     std::shared_ptr<core::Logger> logger) {
    auto net = NetOutbound::create({AddressRules(options.allowed), options.certificates, options.agent});
    if (!net) {
        return core::unexpected<core::Error>(net.error());
    }
    return std::unique_ptr<OutboundClient>(new OutboundClient(std::move(*net), std::move(options), database,
                                                              std::move(pool), std::move(clock), std::move(logger)));
}

OutboundClient::OutboundClient(std::unique_ptr<NetOutbound> net, OutboundOptions options, core::db::Database& database,
                               core::Executor pool, std::shared_ptr<const core::Clock> clock,
                               std::shared_ptr<core::Logger> logger)
    : logger_(logger),
      store_(database),
      counted_(*net, *this),
      paced_(counted_, *net, std::move(options.pace)),
      breaking_(paced_, *net, {}, [this](const std::string& host, bool open) { rests(host, open); }),
      retrying_(breaking_, *net, {randomDice, [clock] { return clock->now(); }, [this] { ++retries_; }}),
      redirecting_(retrying_),
      caching_({redirecting_, *net, store_, std::move(pool), clock, logger, [this] { ++kept_; }}),
      net_(std::move(net)) {}

void OutboundClient::send(OutboundRequest request, Done done) {
    net_->after(0, [this, request = std::move(request), done = std::move(done)]() mutable {
        caching_.send(std::move(request), std::move(done));
    });
}

void OutboundClient::Counted::send(OutboundRequest request, Done done) {
    ++client_.requests_;
    const std::string host = hostForLog(request.url);
    next_.send(std::move(request), [this, host, done = std::move(done)](core::Result<OutboundAnswer> outcome) {
        if (!outcome && outcome.error().code == core::ErrorCode::Forbidden) {
            ++client_.refused_;
        }
        if (!outcome || outcome->status >= 500) {
            ++client_.failures_;
            client_.logger_->info(
                "outbound.failed",
                {{"host", host}, {"detail", outcome ? std::to_string(outcome->status) : outcome.error().detail}});
        }
        done(std::move(outcome));
    });
}

void OutboundClient::rests(const std::string& host, bool open) {
    resting_ += open ? 1 : -1;
    logger_->write(open ? core::LogLevel::Warning : core::LogLevel::Info,
                   open ? "outbound.host_rests" : "outbound.host_is_back", {{"host", host}});
}

OutboundStatus OutboundClient::status() const {
    return {requests_, failures_, refused_, retries_, kept_, resting_};
}

}  // namespace marea::server
