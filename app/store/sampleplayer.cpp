#include "app/store/sampleplayer.h"

#include <algorithm>
#include <QFile>

#include "app/viewmodels/texts.h"

namespace marea::app {

using core::Result;
using player::PlaybackState;

SamplePlayer::SamplePlayer(ApiClient& api, PlayerViewModel& player, QObject* parent)
    : QObject(parent), store_(api), player_(player) {
    connect(&player_, &PlayerViewModel::stateChanged, this, [this] {
        if (mediaId_.isEmpty() || waiting_)
            return;
        if (!player_.playing()) {
            rests_ = true;
        } else if (rests_) {  // somebody wants to hear that instead
            resumes_ = false;
            end();
        }
    });
}

double SamplePlayer::progress() const {
    const double whole = engine_ ? engine_->duration() : 0;
    return whole > 0 ? std::clamp(engine_->position() / whole, 0.0, 1.0) : 0;
}

bool SamplePlayer::ready() {
    if (engine_)
        return true;
    engine_ = make_ ? make_() : nullptr;
    if (!engine_)
        return false;
    connect(engine_.get(), &player::PlayerEngine::stateChanged, this, &SamplePlayer::onState);
    connect(engine_.get(), &player::PlayerEngine::positionChanged, this, &SamplePlayer::moved);
    return true;
}

void SamplePlayer::toggle(const QString& productId, const QString& mediaId) {
    if (mediaId == mediaId_)
        return end();
    stopSample();
    if (!ready())
        return end(tr("Nothing can be heard on this computer."));
    mediaId_ = mediaId;
    waiting_ = true;
    error_.clear();
    Q_EMIT changed();
    deliver(store_.preview(productId, mediaId), this, [this, asked = generation_](const Result<QByteArray>& sound) {
        if (asked != generation_)
            return;
        sound ? play(*sound) : end(texts::error(sound.error()));
    });
}

// By a file: an engine reads streams of media alone from the server.
void SamplePlayer::play(const QByteArray& sound) {
    if (!folder_)
        folder_ = std::make_unique<QTemporaryDir>();
    QFile file(folder_->filePath(QStringLiteral("sample-%1.mp3").arg(generation_)));
    if (!file.open(QIODevice::WriteOnly) || file.write(sound) != sound.size())
        return end(tr("There is no room for what is to be heard."));
    file.close();
    if (player_.playing()) {
        player_.pause();
        resumes_ = true;
    }
    rests_ = !player_.playing();
    engine_->setVolume(player_.volume());
    engine_->setMuted(player_.muted());
    waiting_ = false;
    player::Source source;
    source.url = QUrl::fromLocalFile(file.fileName());
    engine_->load(source);
    Q_EMIT changed();
}

void SamplePlayer::onState() {
    if (mediaId_.isEmpty() || waiting_)
        return;
    if (engine_->state() == PlaybackState::Ended)
        end();
    else if (engine_->state() == PlaybackState::Failed)
        end(tr("This could not be heard."));
}

void SamplePlayer::stop() {
    end();
}

void SamplePlayer::stopSample() {
    ++generation_;
    const bool was = !mediaId_.isEmpty();
    mediaId_.clear();
    waiting_ = false;
    if (was && engine_)
        engine_->stop();
}

void SamplePlayer::end(const QString& error) {
    stopSample();
    error_ = error;
    if (std::exchange(resumes_, false))
        player_.resume();
    Q_EMIT changed();
    Q_EMIT moved();
}

}  // namespace marea::app
