#include "app/viewmodels/notices.h"

#include <utility>

namespace marea::app {

namespace {
constexpr int kShortMs = 5000, kWithActionMs = 10000;
}

Notices::Notices(QObject* parent) : QObject(parent) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Notices::dismiss);
}

void Notices::tell(const QString& text, const QString& actionText, Action action) {
    show(text, actionText, std::move(action), false);
}

void Notices::warn(const QString& text) {
    show(text, {}, {}, true);
}

void Notices::show(const QString& text, const QString& actionText, Action action, bool warning) {
    text_ = text;
    actionText_ = actionText;
    action_ = std::move(action);
    warning_ = warning;
    timer_.start(actionText_.isEmpty() && !warning ? kShortMs : kWithActionMs);
    Q_EMIT changed();
}

void Notices::act() {
    const auto action = std::exchange(action_, {});
    dismiss();
    if (action)
        action();
}

void Notices::dismiss() {
    timer_.stop();
    text_.clear();
    actionText_.clear();
    action_ = {};
    Q_EMIT changed();
}

void Notices::hold(bool on) {
    if (on)
        timer_.stop();
    else if (!text_.isEmpty())
        timer_.start(kWithActionMs);
}

}  // namespace marea::app
