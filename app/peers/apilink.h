#pragma once

#include <memory>
#include <QObject>
#include <string>

#include "sync/cloud/cloudlink.h"

namespace marea::app {

class ApiClient;

// An account's server as syncing sees it: by the client that the pages use, with its sign-in. Made on the GUI thread;
// send() is called on others, which wait.
class ApiLink {
public:
    explicit ApiLink(ApiClient& api);
    ~ApiLink();

    void setAccount(const std::string& account);  // that the client is signed in with; on the GUI thread
    // Cancelled where another account is signed in: one's library is nothing to tell another's server.
    core::Result<sync::CloudLink::Answer> send(const std::string& account, std::string_view method,
                                               const std::string& target, const std::string& body);
    void close();  // whoever waits, and asks from now on, gets Cancelled; before the client goes

private:
    struct Shared;
    std::unique_ptr<QObject> desk_;
    std::shared_ptr<Shared> shared_;
};

// That of one account.
class AccountLink final : public sync::CloudLink {
public:
    AccountLink(ApiLink& api, std::string account) : api_(api), account_(std::move(account)) {}
    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override {
        return api_.send(account_, method, target, body);
    }

private:
    ApiLink& api_;
    const std::string account_;
};

}  // namespace marea::app
