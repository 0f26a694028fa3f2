#pragma once

#include <memory>
#include <string>

#include "server/outbound/addresses.h"
#include "server/outbound/outbound.h"

namespace marea::server {

struct NetOptions {
    AddressRules addresses;
    std::string certificates;  // a PEM file of authorities that are trusted besides the system's; empty: none
    std::string agent;         // the User-Agent
};

// HTTP/1.1 over TCP and TLS (Beast, Asio, OpenSSL), one connection a request. The name is looked up, every address that
// the rules refuse is left out, and what is connected to is one of the others. Certificates are checked, always.
class NetOutbound final : public Outbound, public OutboundThread {
public:
    // Invalid: the file of certificates cannot be used.
    static core::Result<std::unique_ptr<NetOutbound>> create(NetOptions options);
    ~NetOutbound() override;  // stops first
    NetOutbound(const NetOutbound&) = delete;
    NetOutbound& operator=(const NetOutbound&) = delete;

    void send(OutboundRequest request, Done done) override;
    core::TimeMs now() const override;
    void after(core::TimeMs wait, std::function<void()> task) override;
    // Answers what is under way with Cancelled, runs what waits for a time at once, and ends the thread. What is sent
    // later is Cancelled, too.
    void stop();

    struct Impl;

private:
    explicit NetOutbound(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<Impl> impl_;
};

}  // namespace marea::server
