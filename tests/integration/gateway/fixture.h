#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "client.h"
#include "server/gateway/server.h"

namespace marea::server::test {

// Knows the tokens "member", "owner" and, below /stream/, "film" for paths that start with /7/.
class FakeAuthenticator final : public Authenticator {
public:
    core::Result<Principal> bearer(std::string_view token) override;
    core::Result<Principal> stream(std::string_view token, std::string_view path) override;
};

// Waits until `condition` holds; false after two minutes.
bool eventually(const std::function<bool()>& condition);

// A gateway on a free port with a few routes; the parameter: over TLS.
class GatewayFixture : public ::testing::TestWithParam<bool> {
protected:
    GatewayFixture();
    ~GatewayFixture() override;

    void start();  // with `options` and `router` as they stand
    void restart();
    std::unique_ptr<Client> connect(int receiveBuffer = 0) {
        return std::make_unique<Client>(gateway->port(), GetParam(), receiveBuffer);
    }
    std::string writeFile(const std::string& name, std::size_t size);  // of random bytes, which it returns
    void addFileRoute(const std::string& pattern, const std::string& name, Access access = Access::Public);
    void addRoute(Method method, const std::string& pattern, PlainHandler handler, Access access = Access::Public,
                  std::size_t maxBody = 64 * 1024);

    std::filesystem::path folder;
    std::shared_ptr<core::FileHandle> root;
    GatewayOptions options;
    std::shared_ptr<Router> router = std::make_shared<Router>();
    std::unique_ptr<WorkPool> pool = std::make_unique<WorkPool>(2, 64);
    std::unique_ptr<Gateway> gateway;
};

inline std::string schemeName(const ::testing::TestParamInfo<bool>& info) {
    return info.param ? "Tls" : "Plain";
}

}  // namespace marea::server::test
