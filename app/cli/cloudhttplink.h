#pragma once

#include <QByteArray>
#include <QUrl>

#include "core/http/httpclient.h"
#include "sync/cloud/cloudlink.h"

namespace marea::app {

// The account's server over HTTP. Blocks: not for the thread of a window.
class CloudHttpLink final : public sync::CloudLink {
public:
    CloudHttpLink(core::HttpClient& http, QUrl server, QByteArray token)
        : http_(http), server_(std::move(server)), token_(std::move(token)) {}

    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override;

private:
    core::HttpClient& http_;
    const QUrl server_;
    const QByteArray token_;
};

}  // namespace marea::app
