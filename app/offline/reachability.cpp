#include "app/offline/reachability.h"

#include <algorithm>

namespace marea::app {
namespace {

constexpr int kFirstMs = 1000, kLongestMs = 20'000;

}  // namespace

Reachability::Reachability(ApiClient& api, QObject* parent) : QObject(parent), api_(api) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &Reachability::ask);
    connect(&api_, &ApiClient::missed, this, &Reachability::onMissed);
    connect(&api_, &ApiClient::answered, this, [this] { set(true); });
}

void Reachability::watch(bool on) {
    watching_ = on;
    if (on)
        return;
    again_.stop();
    set(true);
}

// One request may be lost for many reasons: the server is asked before it counts as away.
void Reachability::onMissed() {
    if (watching_ && reachable_)
        ask();
}

void Reachability::ask() {
    if (!watching_ || asking_)
        return;
    asking_ = true;
    deliver(api_.serverInfo(), this, [this](const core::Result<ServerInfo>& info) {
        asking_ = false;
        if (info)
            return set(true);
        set(false);
        ++misses_;
        again_.start(std::min(kLongestMs, kFirstMs << std::min(misses_, 5)));
    });
}

void Reachability::set(bool reachable) {
    if (reachable) {
        misses_ = 0;
        again_.stop();
    }
    if (reachable_ == reachable || (!watching_ && !reachable))
        return;
    reachable_ = reachable;
    Q_EMIT changed();
}

}  // namespace marea::app
