#include "player/multimedia/qtplayback.h"

#include <algorithm>
#include <QAudioDevice>
#include <QAudioOutput>
#include <QLocale>
#include <QLoggingCategory>
#include <QMediaDevices>
#include <QMediaMetaData>
#include <QUrl>
#include <QVideoSink>

namespace marea::player {
namespace {

Q_LOGGING_CATEGORY(multimediaLog, "marea.player", QtInfoMsg)

QString languageOf(const QMediaMetaData& data) {
    const auto language = data.value(QMediaMetaData::Language).value<QLocale::Language>();
    return language == QLocale::AnyLanguage || language == QLocale::C ? QString() : QLocale(language).bcp47Name();
}

// Codecs are left out: Qt's backends before 6.5 name another one as often as not.
void append(QList<Track>& list, Track::Kind kind, const QList<QMediaMetaData>& all, int active) {
    for (qsizetype i = 0; i < all.size(); ++i) {
        Track track;
        track.id = static_cast<int>(i) + 1;
        track.kind = kind;
        track.language = languageOf(all[i]);
        track.title = all[i].stringValue(QMediaMetaData::Title);
        track.selected = i == active;
        list << track;
    }
}

core::Error unplayable(std::string detail) {
    return {
        core::ErrorCode::Unprocessable, std::move(detail),
        QT_TRANSLATE_NOOP("Player", "This file can't be played: it is damaged, or of a kind that Marea does not play")};
}

}  // namespace

QtPlayback::QtPlayback(std::shared_ptr<FrameBox> frames, bool silent) : frames_(std::move(frames)), silent_(silent) {}

QtPlayback::~QtPlayback() {
    end();
}

void QtPlayback::begin(int title, const std::shared_ptr<TitleBytes>& bytes, double start) {
    end();
    title_ = title;
    start_ = start;
    loaded_ = started_ = over_ = paused_ = false;
    if (const auto done = bytes->open(); !done)
        return fail(done.error());
    open(bytes);
}

void QtPlayback::open(const std::shared_ptr<TitleBytes>& bytes) {
    bytes_ = bytes;
    device_ = std::make_unique<TitleDevice>(bytes);
    player_ = std::make_unique<QMediaPlayer>();
    output_ = makeOutput();
    makeSink();
    listen();
    player_->setAudioOutput(output_.get());
    if (sink_)
        player_->setVideoSink(sink_.get());
    // An address without meaning; Qt's GStreamer backend does nothing without any.
    player_->setSourceDevice(device_.get(), QUrl(QStringLiteral("marea:%1").arg(title_)));
}

void QtPlayback::makeSink() {
    if (sink_ || !frames_)
        return;
    sink_ = std::make_unique<QVideoSink>();
    // Directly: a backend may show its pictures on a thread of its own.
    connect(
        sink_.get(), &QVideoSink::videoFrameChanged, this, [this](const QVideoFrame& frame) { onFrame(frame); },
        Qt::DirectConnection);
    connect(
        sink_.get(), &QVideoSink::subtitleTextChanged, this,
        [box = frames_](const QString& text) { box->setWords(text); }, Qt::DirectConnection);
}

void QtPlayback::listen() {
    auto* player = player_.get();
    connect(player, &QMediaPlayer::mediaStatusChanged, this, &QtPlayback::onStatus);
    connect(player, &QMediaPlayer::errorOccurred, this, [this](QMediaPlayer::Error error, const QString& text) {
        if (error != QMediaPlayer::NoError)
            fail(unplayable(text.toStdString()));
    });
    connect(player, &QMediaPlayer::positionChanged, this, [this](qint64 ms) {
        if (loaded_ && !over_)
            Q_EMIT moved(title_, static_cast<double>(ms) / 1000);
    });
    for (const auto signal :
         {&QMediaPlayer::tracksChanged, &QMediaPlayer::activeTracksChanged, &QMediaPlayer::metaDataChanged})
        connect(player, signal, this, &QtPlayback::tell);
    connect(player, &QMediaPlayer::durationChanged, this, &QtPlayback::tell);
    connect(player, &QMediaPlayer::hasVideoChanged, this, &QtPlayback::tell);
}

std::unique_ptr<QAudioOutput> QtPlayback::makeOutput() const {
    auto output = std::make_unique<QAudioOutput>();
    for (const auto& device : QMediaDevices::audioOutputs())
        if (!deviceId_.isEmpty() && device.id() == deviceId_)
            output->setDevice(device);
    output->setVolume(static_cast<float>(volume_));
    output->setMuted(muted_ || silent_);
    return output;
}

void QtPlayback::end() {
    if (!player_)
        return;
    player_->disconnect(this);
    bytes_->cancel();
    player_->setSource({});
    player_.reset();
    output_.reset();
    device_.reset();
    bytes_.reset();
    if (frames_) {
        frames_->setFrame({});
        frames_->setWords({});
    }
}

void QtPlayback::onStatus(QMediaPlayer::MediaStatus status) {
    using Status = QMediaPlayer;
    if (status == Status::LoadedMedia || status == Status::BufferedMedia)
        onLoaded();
    else if (status == Status::EndOfMedia)
        onEnd();
    else if (status == Status::InvalidMedia)
        fail(unplayable("invalid media"));
    if (status == Status::BufferedMedia && loaded_ && !(sink_ && player_->hasVideo()))
        announceStart();
}

// Once: it is open, and goes to where it is to begin.
void QtPlayback::onLoaded() {
    if (loaded_)
        return;
    loaded_ = true;
    Q_EMIT opened(title_, describe());
    if (speed_ != 1)
        player_->setPlaybackRate(speed_);
    if (start_ > 0)
        player_->setPosition(static_cast<qint64>(start_ * 1000));
    if (!paused_)
        return player_->play();
    player_->pause();
    if (!player_->hasVideo())
        announceStart();
}

void QtPlayback::onFrame(const QVideoFrame& frame) {
    if (!frame.isValid())
        return;
    frames_->setFrame(frame);
    QMetaObject::invokeMethod(this, [this] { announceStart(); });
}

void QtPlayback::announceStart() {
    if (!loaded_ || std::exchange(started_, true))
        return;
    Q_EMIT started(title_);
}

// A title that broke off is not at its end, and may do so before it is open.
void QtPlayback::onEnd() {
    if (over_)
        return;
    if (auto broken = bytes_->error(); !broken.text.empty())
        return fail(std::move(broken));
    if (!loaded_)
        return;
    announceStart();
    over_ = true;
    Q_EMIT ended(title_);
}

// Said once. What the source says counts for more than what follows from it.
void QtPlayback::fail(core::Error error) {
    if (std::exchange(over_, true))
        return;
    if (bytes_)
        if (auto broken = bytes_->error(); !broken.text.empty())
            error = std::move(broken);
    if (!error.detail.empty())
        qCInfo(multimediaLog, "%s", error.detail.c_str());
    Q_EMIT failed(title_, error);
}

void QtPlayback::tell() {
    if (loaded_)
        Q_EMIT changed(title_, describe());
}

OpenTitle QtPlayback::describe() const {
    OpenTitle what;
    what.duration = static_cast<double>(player_->duration()) / 1000;
    what.picture = player_->hasVideo();
    append(what.tracks, Track::Kind::Video, player_->videoTracks(), player_->activeVideoTrack());
    append(what.tracks, Track::Kind::Audio, player_->audioTracks(), player_->activeAudioTrack());
    append(what.tracks, Track::Kind::Subtitle, player_->subtitleTracks(), player_->activeSubtitleTrack());
    return what;
}

void QtPlayback::setPaused(bool paused) {
    paused_ = paused;
    if (!player_ || !loaded_ || over_)
        return;
    if (paused)
        player_->pause();
    else
        player_->play();
}

// Also from the end, which is then none any more.
void QtPlayback::seek(int number, double seconds) {
    if (!player_ || !loaded_)
        return;
    player_->setPosition(static_cast<qint64>(seconds * 1000));
    if (over_ && bytes_->error().text.empty()) {
        over_ = false;
        if (!paused_)
            player_->play();
    }
    Q_EMIT sought(title_, number);
}

void QtPlayback::setVolume(double linear) {
    volume_ = linear;
    if (output_)
        output_->setVolume(static_cast<float>(linear));
}

void QtPlayback::setMuted(bool muted) {
    muted_ = muted;
    if (output_)
        output_->setMuted(muted || silent_);
}

void QtPlayback::setSpeed(double factor) {
    speed_ = factor;
    if (player_ && loaded_)
        player_->setPlaybackRate(factor);
}

void QtPlayback::selectTrack(Track::Kind kind, int index) {
    if (!player_ || !loaded_)
        return;
    if (kind == Track::Kind::Video)
        player_->setActiveVideoTrack(index);
    else if (kind == Track::Kind::Audio)
        player_->setActiveAudioTrack(index);
    else
        player_->setActiveSubtitleTrack(index);
    tell();
}

void QtPlayback::setDevice(const QByteArray& id) {
    deviceId_ = id;
    if (!output_)
        return;
    auto wanted = QMediaDevices::defaultAudioOutput();
    for (const auto& device : QMediaDevices::audioOutputs())
        if (device.id() == id)
            wanted = device;
    output_->setDevice(wanted);
}

void QtPlayback::savePicture(const QString& path) {
    const auto frame = frames_ ? frames_->shown().frame : QVideoFrame();
    Q_EMIT pictureSaved(path, frame.isValid() && frame.toImage().save(path, "PNG"));
}

}  // namespace marea::player
