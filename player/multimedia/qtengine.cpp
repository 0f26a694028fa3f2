#include "player/multimedia/qtengine.h"

#include <algorithm>
#include <cmath>
#include <QAudioDevice>
#include <QCoreApplication>
#include <QLoggingCategory>
#include <QMetaObject>
#include <QPointer>

#include "player/cache/opensource.h"

namespace marea::player {
namespace {

Q_LOGGING_CATEGORY(engineLog, "marea.player", QtInfoMsg)

constexpr double kNearTheEnd = 2;  // seconds: positions are told now and then

}  // namespace

core::Result<std::unique_ptr<QtEngine>> QtEngine::create(const EngineOptions& options) {
    // Frames become images on threads of ours. Qt would make an OpenGL context in each for that
    // (qvideoframeconverter.cpp), which not every platform allows; this attribute, which concerns widgets, keeps it to
    // the processor.
    QCoreApplication::setAttribute(Qt::AA_ForceRasterWidgets);
    return std::unique_ptr<QtEngine>(new QtEngine(options));
}

QtEngine::QtEngine(const EngineOptions& options)
    : http_(options.http),
      frames_(options.video == VideoOutput::Scene ? std::make_shared<FrameBox>() : nullptr),
      playback_(new QtPlayback(frames_, options.audioOutput == QLatin1String("null"))) {
    thread_.setObjectName(QStringLiteral("player"));
    playback_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, playback_, &QObject::deleteLater);
    listen();
    thread_.start();
}

QtEngine::~QtEngine() {
    forget();
    thread_.quit();
    thread_.wait();
}

void QtEngine::listen() {
    connect(playback_, &QtPlayback::opened, this, &QtEngine::onOpened);
    connect(playback_, &QtPlayback::changed, this, &QtEngine::onChanged);
    connect(playback_, &QtPlayback::started, this, &QtEngine::onStarted);
    connect(playback_, &QtPlayback::moved, this, &QtEngine::onMoved);
    connect(playback_, &QtPlayback::sought, this, &QtEngine::onSought);
    connect(playback_, &QtPlayback::ended, this, &QtEngine::onEnded);
    connect(playback_, &QtPlayback::failed, this, &QtEngine::onFailed);
    connect(playback_, &QtPlayback::pictureSaved, this, &QtEngine::pictureTaken);
    connect(&devices_, &QMediaDevices::audioOutputsChanged, this, &QtEngine::audioDevicesChanged);
}

template <class Call>
void QtEngine::ask(Call call) {
    QMetaObject::invokeMethod(
        playback_, [playback = playback_, call] { call(*playback); }, Qt::QueuedConnection);
}

EngineAbilities QtEngine::can() {
    EngineAbilities some;
    some.name = QStringLiteral("Qt Multimedia");
    some.segments = some.gapless = some.overlap = some.chapters = some.subtitleFiles = some.subtitleStyle = false;
    some.delays = some.loop = some.equaliser = some.replayGain = some.exclusive = some.passThrough = some.highRange =
        false;
    return some;
}

std::shared_ptr<TitleBytes> QtEngine::bytesOf(const Source& source) {
    return std::make_shared<TitleBytes>(openerOf(
        source.url, source, http_, [engine = QPointer<QtEngine>(this), title = title_](const std::string& reason) {
            QMetaObject::invokeMethod(
                engine,
                [engine, title, text = QString::fromStdString(reason)] {
                    if (title == engine->title_)
                        Q_EMIT engine->stalled(text);
                },
                Qt::QueuedConnection);
        }));
}

// What is read for it ends at once, so that its thread is free.
void QtEngine::forget() {
    if (bytes_)
        bytes_->cancel();
    bytes_.reset();
    ++title_;
    opened_ = started_ = seeking_ = false;
    wantedSeek_.reset();
}

void QtEngine::load(const Source& source) {
    next_.reset();
    paused_ = false;
    setState(PlaybackState::Loading);
    begin(source, false);
}

void QtEngine::begin(const Source& source, bool goesOver) {
    forget();
    sinceLoad_.start();
    position_ = source.start;
    const auto before = std::exchange(open_, OpenTitle{});
    if (goesOver) {  // first of all that is said of it: what is said before is of the title before
        const int title = title_;
        Q_EMIT advanced();
        if (title != title_)
            return;  // whoever heard it wants another one, or none
        setState(PlaybackState::Loading);
    }
    tellFrom(before);
    Q_EMIT positionChanged();
    if (source.segmented)
        return refuse(
            QT_TRANSLATE_NOOP("Player", "The server would have to encode this title, and that needs libmpv here"));
    bytes_ = bytesOf(source);
    ask([title = title_, bytes = bytes_, start = source.start](QtPlayback& playback) {
        playback.begin(title, bytes, start);
    });
    ask([paused = paused_](QtPlayback& playback) { playback.setPaused(paused); });
}

// As everything: said by a signal, and not before the call returns.
void QtEngine::refuse(const char* reason) {
    QMetaObject::invokeMethod(
        this,
        [this, title = title_, text = QCoreApplication::translate("Player", reason)] {
            if (title == title_)
                failWith(text);
        },
        Qt::QueuedConnection);
}

void QtEngine::setNext(const Source& source) {
    if (state_ == PlaybackState::Idle)
        return load(source);
    next_ = source;
}

void QtEngine::stop() {
    next_.reset();
    forget();
    take({});
    ask([](QtPlayback& playback) { playback.end(); });
    setState(PlaybackState::Idle);
}

void QtEngine::setPaused(bool paused) {
    paused_ = paused;
    ask([paused](QtPlayback& playback) { playback.setPaused(paused); });
    if (started_ && state_ != PlaybackState::Ended)
        setState(paused ? PlaybackState::Paused : PlaybackState::Playing);
}

void QtEngine::seek(double seconds) {
    if (!bytes_)
        return;
    const double last = open_.duration > 0 ? open_.duration : seconds;
    wantedSeek_ = std::clamp(seconds, 0.0, std::max(0.0, last));
    position_ = *wantedSeek_;
    Q_EMIT positionChanged();
    if (opened_ && !seeking_)
        sendSeek();
}

// One at a time: while the mouse drags the bar only the newest place matters.
void QtEngine::sendSeek() {
    seeking_ = true;
    ask([number = ++seekNumber_, to = *wantedSeek_](QtPlayback& playback) { playback.seek(number, to); });
    wantedSeek_.reset();
}

void QtEngine::setVolume(double percent) {
    volume_ = std::clamp(percent, 0.0, 100.0);
    const double linear = std::pow(volume_ / 100, 3);  // cubic as mpv's, near to how loud it is heard
    ask([linear](QtPlayback& playback) { playback.setVolume(linear); });
    Q_EMIT volumeChanged();
}

void QtEngine::setMuted(bool muted) {
    muted_ = muted;
    ask([muted](QtPlayback& playback) { playback.setMuted(muted); });
    Q_EMIT volumeChanged();
}

void QtEngine::setSpeed(double factor) {
    speed_ = std::clamp(factor, 0.25, 4.0);
    ask([factor = speed_](QtPlayback& playback) { playback.setSpeed(factor); });
    Q_EMIT speedChanged();
}

void QtEngine::selectTrack(Track::Kind kind, int id) {
    ask([kind, index = id - 1](QtPlayback& playback) { playback.selectTrack(kind, std::max(index, -1)); });
}

void QtEngine::apply(const PlayerOptions& options) {
    if (std::exchange(device_, options.audioDevice) == options.audioDevice)
        return;
    ask([id = device_.toUtf8()](QtPlayback& playback) { playback.setDevice(id); });
}

QList<AudioDevice> QtEngine::audioDevices() const {
    QList<AudioDevice> list;
    for (const auto& device : QMediaDevices::audioOutputs())
        list << AudioDevice{QString::fromUtf8(device.id()), device.description()};
    return list;
}

PlaybackFacts QtEngine::facts() const {
    PlaybackFacts facts;
    const auto frame = frames_ ? frames_->shown().frame : QVideoFrame();
    if (!open_.picture || !frame.isValid())
        return facts;
    facts.width = frame.width();
    facts.height = frame.height();
    facts.decoder = QStringLiteral("Qt Multimedia");
    return facts;
}

void QtEngine::takePicture(const QString& path) {
    ask([path](QtPlayback& playback) { playback.savePicture(path); });
}

void QtEngine::onOpened(int title, const OpenTitle& what) {
    if (title != title_)
        return;
    opened_ = true;
    take(what);
    if (wantedSeek_)
        sendSeek();
}

void QtEngine::onChanged(int title, const OpenTitle& what) {
    if (title == title_)
        take(what);
}

void QtEngine::take(const OpenTitle& what) {
    tellFrom(std::exchange(open_, what));
}

void QtEngine::tellFrom(const OpenTitle& before) {
    if (before.duration != open_.duration)
        Q_EMIT durationChanged();
    if (before.picture != open_.picture)
        Q_EMIT videoChanged();
    Q_EMIT tracksChanged();
}

void QtEngine::onStarted(int title) {
    if (title != title_)
        return;
    started_ = true;
    qCInfo(engineLog, "engine_first_frame_ms=%lld", static_cast<long long>(sinceLoad_.elapsed()));
    Q_EMIT firstFrame();
    setState(paused_ ? PlaybackState::Paused : PlaybackState::Playing);
}

void QtEngine::onMoved(int title, double seconds) {
    if (title != title_ || seeking_ || wantedSeek_)
        return;
    position_ = seconds;
    Q_EMIT positionChanged();
}

void QtEngine::onSought(int title, int number) {
    if (title != title_ || number != seekNumber_)
        return;
    seeking_ = false;
    if (wantedSeek_)
        return sendSeek();
    if (state_ == PlaybackState::Ended)
        setState(paused_ ? PlaybackState::Paused : PlaybackState::Playing);
    Q_EMIT positionChanged();
}

void QtEngine::onEnded(int title) {
    if (title != title_)
        return;
    if (next_)
        return begin(*std::exchange(next_, std::nullopt), true);
    // A file that was cut ends where it is cut, whatever it says of its length.
    if (open_.duration > 0 && position_ > open_.duration - kNearTheEnd)
        position_ = open_.duration;
    Q_EMIT positionChanged();
    setState(PlaybackState::Ended);
}

void QtEngine::onFailed(int title, const core::Error& error) {
    if (title == title_)
        failWith(QCoreApplication::translate("Player", error.text.c_str()));
}

void QtEngine::failWith(const QString& reason) {
    next_.reset();
    forget();
    ask([](QtPlayback& playback) { playback.end(); });
    setState(PlaybackState::Failed);
    Q_EMIT failed(reason);
}

void QtEngine::setState(PlaybackState state) {
    if (state_ != state) {
        state_ = state;
        Q_EMIT stateChanged();
    }
}

}  // namespace marea::player
