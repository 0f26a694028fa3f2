#include "app/viewmodels/waveformviewmodel.h"

#include <algorithm>
#include <QJsonDocument>

namespace marea::app {

WaveformViewModel::WaveformViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent)
    : QObject(parent), api_(api), player_(player) {
    connect(&player_, &PlayerViewModel::entryChanged, this, &WaveformViewModel::forgetOther);
    connect(&player_, &PlayerViewModel::positionChanged, this, &WaveformViewModel::moved);
    connect(&player_, &PlayerViewModel::durationChanged, this, &WaveformViewModel::moved);
}

double WaveformViewModel::progress() const {
    const double whole = player_.duration();
    return whole > 0 ? std::clamp(player_.position() / whole, 0.0, 1.0) : 0.0;
}

QString WaveformViewModel::track() const {
    return player_.isMusic() && !player_.mediaId().isEmpty() ? player_.place() + QLatin1Char('\n') + player_.mediaId()
                                                             : QString();
}

void WaveformViewModel::forgetOther() {
    if (asked_.isEmpty() || asked_ == track())
        return;
    asked_.clear();
    peaks_.clear();
    Q_EMIT changed();
}

void WaveformViewModel::look() {
    const auto now = track();
    forgetOther();
    if (now.isEmpty() || now == asked_)
        return;
    asked_ = now;
    const auto question = [id = player_.mediaId()](ApiClient& api) { return api.waveform(id); };
    const auto done = [this, now](const core::Result<Waveform>& waveform) { take(now, waveform); };
    if (player_.place().isEmpty())
        return deliver(question(api_), this, done);
    if (auto* there = player_.library())
        there->ask<Waveform>(question, this, done);
}

void WaveformViewModel::take(const QString& track, const core::Result<Waveform>& waveform) {
    if (track != asked_)
        return;
    const bool isKept = !waveform && kept_ && player_.place().isEmpty();
    const auto kept = isKept ? kept_(player_.mediaId()) : QByteArray();
    if (!waveform && kept.isEmpty())
        return;  // without one nothing is missed
    peaks_ = (waveform ? *waveform : parseWaveform(QJsonDocument::fromJson(kept).object())).peaks;
    Q_EMIT changed();
}

void WaveformViewModel::seekTo(double share) {
    if (available() && player_.duration() > 0)
        player_.seek(std::clamp(share, 0.0, 1.0) * player_.duration());
}

}  // namespace marea::app
