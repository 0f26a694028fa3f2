#pragma once

#include <functional>
#include <random>

#include "server/apps/sync/synchandlers.h"
#include "sync/cloud/cloudsync.h"
#include "tests/unit/sync_server/syncfixture.h"

namespace marea::sync::test {

// The server's own handlers, asked without a network. `fault` says of each request whether it is lost on its way (1) or
// its answer is (2).
class DirectLink final : public CloudLink {
public:
    DirectLink(server::SyncService& service, std::string user) : handlers_(service, {}), user_(std::move(user)) {}

    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override {
        const int happens = fault ? fault() : 0;
        ++requests;
        if (happens == 1) {
            return lost();
        }
        const Answer answer = ask(method, target, body);
        return happens == 2 ? lost() : core::Result<Answer>(answer);
    }

    std::function<int()> fault;
    int requests = 0;
    std::size_t bytes = 0;

private:
    static core::unexpected<core::Error> lost() {
        return core::fail(core::ErrorCode::Unavailable, "The connection broke.");
    }
    Answer ask(std::string_view method, const std::string& target, const std::string& body) {
        server::Request request;
        const std::size_t mark = target.find('?');
        request.path = target.substr(0, mark);
        for (std::string_view rest = mark == std::string::npos ? std::string_view()
                                                               : std::string_view(target).substr(mark + 1);
             !rest.empty();) {
            const std::string_view one = rest.substr(0, rest.find('&'));
            const std::size_t equals = one.find('=');
            request.query.emplace_back(one.substr(0, equals), one.substr(equals + 1));
            rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        }
        request.body = body;
        request.principal = server::Principal{user_, "login-" + user_, user_, "member"};
        const bool isPost = method == "POST";
        const server::Response response = request.path == "/api/v1/sync/devices"
                                              ? (isPost ? handlers_.add(request) : handlers_.devices(request))
                                          : isPost ? handlers_.take(request)
                                                   : handlers_.changes(request);
        const auto* text = std::get_if<std::string>(&response.body);
        bytes += body.size() + (text ? text->size() : 0);
        return {response.status, text ? *text : std::string()};
    }

    server::SyncHandlers handlers_;
    const std::string user_;
};

// A clock that is wrong by so much.
class SkewedClock final : public core::Clock {
public:
    SkewedClock(std::shared_ptr<const core::Clock> right, core::TimeMs skew) : right_(std::move(right)), skew_(skew) {}
    core::TimeMs now() const override { return right_->now() + skew_; }

private:
    std::shared_ptr<const core::Clock> right_;
    core::TimeMs skew_;
};

// The program ends within a transaction, now and then: nothing of it is there.
class EndingDatabase final : public core::db::Database {
public:
    explicit EndingDatabase(core::db::Database& inner) : inner_(inner) {}
    core::Result<void> read(const std::function<core::Result<void>(core::db::Session&)>& work) override {
        return inner_.read(work);
    }
    core::Result<void> write(const std::function<core::Result<void>(core::db::Session&)>& work) override {
        return inner_.write([&](core::db::Session& session) -> core::Result<void> {
            auto done = work(session);
            return done && ends && ends() ? core::fail(core::ErrorCode::Io, "The program ended.") : done;
        });
    }
    core::Result<void> backup(const std::string& path) override { return inner_.backup(path); }

    std::function<bool()> ends;

private:
    core::db::Database& inner_;
};

}  // namespace marea::sync::test
