#pragma once

#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "server/outbound/outbound.h"
#include "tests/support/places.h"

namespace marea::server::test {

// A clock that stands until it is told, and what waits for it.
class TestThread final : public OutboundThread {
public:
    core::TimeMs now() const override { return now_; }
    void after(core::TimeMs wait, std::function<void()> task) override {
        waits.push_back(wait);
        tasks_.emplace(now_ + wait, std::move(task));
    }
    void advance(core::TimeMs by) {
        const core::TimeMs until = now_ + by;
        while (!tasks_.empty() && tasks_.begin()->first <= until) {
            auto task = tasks_.extract(tasks_.begin());
            now_ = std::max(now_, task.key());
            task.mapped()();
        }
        now_ = until;
    }
    std::size_t waiting() const { return tasks_.size(); }

    std::vector<core::TimeMs> waits;

private:
    core::TimeMs now_ = 1'000'000;
    std::multimap<core::TimeMs, std::function<void()>> tasks_;
};

inline OutboundAnswer answer(int status, std::string body = {},
                             const std::vector<std::pair<std::string, std::string>>& fields = {}) {
    OutboundAnswer made;
    made.status = status;
    made.body = std::move(body);
    for (const auto& [name, value] : fields) {
        made.headers.set(name, value);
    }
    return made;
}

inline core::Result<OutboundAnswer> failure(core::ErrorCode code) {
    return core::fail(code, "It failed.", "test");
}

// Answers from a list, or from recorded files, and keeps what was asked. Thread-safe.
class FakeOutbound final : public Outbound {
public:
    // In their order, one a request; then what `at` and `record` say; then 404.
    FakeOutbound& then(core::Result<OutboundAnswer> next) {
        next_.push_back(std::move(next));
        return *this;
    }
    // Every request whose address begins so.
    void at(const std::string& prefix, OutboundAnswer made) { places_[prefix] = std::move(made); }
    void record(const std::string& prefix, const std::string& file, const std::string& type = "application/json") {
        std::ifstream stream(tests::testData("/") + file, std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        at(prefix, answer(stream.good() ? 200 : 599, text.str(), {{"Content-Type", type}}));
    }
    void hold(bool on) { holds_ = on; }  // answers nobody
    void send(OutboundRequest request, Done done) override {
        core::Result<OutboundAnswer> made = answer(404);
        {
            const std::lock_guard lock(mutex_);
            made = choose(request.url);
            requests.push_back(std::move(request));
            if (holds_) {
                held.push_back(std::move(done));
                return;
            }
        }
        done(std::move(made));
    }

    std::vector<OutboundRequest> requests;
    std::vector<Done> held;

private:
    core::Result<OutboundAnswer> choose(const std::string& url) {
        if (!next_.empty()) {
            auto first = std::move(next_.front());
            next_.pop_front();
            return first;
        }
        const OutboundAnswer* best = nullptr;
        for (const auto& [prefix, made] : places_) {
            best = url.starts_with(prefix) ? &made : best;  // the longest is the last that fits
        }
        return best ? *best : answer(404);
    }

    std::mutex mutex_;
    bool holds_ = false;
    std::deque<core::Result<OutboundAnswer>> next_;
    std::map<std::string, OutboundAnswer> places_;
};

}  // namespace marea::server::test
