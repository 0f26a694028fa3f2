#pragma once

#include <memory>
#include <QObject>

#include "sync/cloud/cloudlink.h"

namespace marea::app {

class ApiClient;

// The account's server as syncing sees it: by the client that the pages use, with its sign-in. Made on the GUI thread;
// send() is called on others, which wait.
class ApiLink final : public sync::CloudLink {
public:
    explicit ApiLink(ApiClient& api);
    ~ApiLink() override;

    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override;
    void close();  // whoever waits, and asks from now on, gets Cancelled; before the client goes

private:
    struct Shared;
    std::unique_ptr<QObject> desk_;
    std::shared_ptr<Shared> shared_;
};

}  // namespace marea::app
