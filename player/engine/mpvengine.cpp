#include "player/engine/mpvengine.h"

#include <mpv/client.h>

#include <algorithm>
#include <array>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPointer>

#include "player/cache/opensource.h"
#include "player/engine/mpvengineids.h"
#include "player/engine/mpvlibrary.h"
#include "player/engine/mpvnode.h"
#include "player/engine/mpvoptions.h"

namespace marea::player {
namespace {

constexpr int outputPatienceMs = 1500;
// A playlist may name other addresses, so it may name nothing but web addresses, and in them nothing but MPEG-TS and
// text. Only what a server answered to a playback request is opened like this, never a file.
constexpr char segmentedOptions[] =
    "protocol_whitelist=[http,https,tcp,tls,crypto],format_whitelist=[hls,mpegts,webvtt],http_persistent=1";
constexpr char segmentTimeout[] = "120";  // seconds, as long as a server tries

QString extensionOf(const QUrl& url) {
    const QString suffix = QFileInfo(url.path()).suffix().toLower();
    const bool plain = suffix.size() <= 5 && std::all_of(suffix.begin(), suffix.end(), [](QChar c) {
                           return c.unicode() < 128 && c.isLetterOrNumber();
                       });
    return plain ? suffix : QString();
}

bool sameServer(const QUrl& a, const QUrl& b) {
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port() == b.port();
}

// What mpv has where nobody has set anything: not worth a change.
QByteArray unsetValue(const QByteArray& property) {
    static const auto all = [] {
        QHash<QByteArray, QByteArray> values;
        for (const auto& [name, value] : mpvProperties({}, 0)) {
            values[name] = value;
        }
        return values;
    }();
    return all.value(property);
}

bool systemHasWindows() {
    static const QStringList all{QStringLiteral("xcb"), QStringLiteral("wayland"), QStringLiteral("wayland-egl"),
                                 QStringLiteral("windows"), QStringLiteral("cocoa")};
    return all.contains(QGuiApplication::platformName());
}

// A film from the server brings subtitles from there only; beside a local file only local ones.
bool belongsTogether(const QUrl& subtitle, const QUrl& title) {
    return subtitle.isLocalFile() || (isWeb(subtitle) && isWeb(title) && sameServer(subtitle, title));
}

}  // namespace

core::Result<std::unique_ptr<MpvEngine>> MpvEngine::create(const EngineOptions& options) {
    auto core = MpvCore::create(options);
    if (!core) {
        return core::unexpected<core::Error>(core.error());
    }
    std::unique_ptr<MpvEngine> engine(new MpvEngine(std::move(*core)));
    engine->wantsOutput_ = options.video == VideoOutput::Scene;
    engine->windowsHere_ = options.windows.value_or(systemHasWindows());
    engine->observe();
    return engine;
}

MpvEngine::MpvEngine(std::shared_ptr<MpvCore> core)
    : core_(std::move(core)), draining_(std::make_shared<std::atomic<bool>>(false)) {
    outputPatience_.setSingleShot(true);
    connect(&outputPatience_, &QTimer::timeout, this, &MpvEngine::startPending);
}

MpvEngine::~MpvEngine() {
    libmpv().setWakeupCallback(core_->handle(), nullptr, nullptr);
    forget(current_);
    forget(next_);
}

void MpvEngine::observe() {
    struct Property {
        Observed id;
        const char* name;
        mpv_format format;
    };
    static constexpr std::array properties{Property{ObservedPosition, "time-pos", MPV_FORMAT_DOUBLE},
                                           Property{ObservedDuration, "duration", MPV_FORMAT_DOUBLE},
                                           Property{ObservedBuffered, "demuxer-cache-time", MPV_FORMAT_DOUBLE},
                                           Property{ObservedPaused, "pause", MPV_FORMAT_FLAG},
                                           Property{ObservedEnd, "eof-reached", MPV_FORMAT_FLAG},
                                           Property{ObservedCacheWait, "paused-for-cache", MPV_FORMAT_FLAG},
                                           Property{ObservedVolume, "volume", MPV_FORMAT_DOUBLE},
                                           Property{ObservedMuted, "mute", MPV_FORMAT_FLAG},
                                           Property{ObservedSpeed, "speed", MPV_FORMAT_DOUBLE},
                                           Property{ObservedFullScreen, "fullscreen", MPV_FORMAT_FLAG},
                                           Property{ObservedTracks, "track-list", MPV_FORMAT_NODE},
                                           Property{ObservedChapters, "chapter-list", MPV_FORMAT_NODE},
                                           Property{ObservedWidth, "dwidth", MPV_FORMAT_INT64},
                                           Property{ObservedFields, "video-frame-info/interlaced", MPV_FORMAT_FLAG},
                                           Property{ObservedDevices, "audio-device-list", MPV_FORMAT_NODE},
                                           Property{ObservedPicture, "video-params", MPV_FORMAT_NODE},
                                           Property{ObservedSound, "audio-params", MPV_FORMAT_NODE},
                                           Property{ObservedDecoder, "hwdec-current", MPV_FORMAT_STRING},
                                           Property{ObservedRate, "container-fps", MPV_FORMAT_DOUBLE},
                                           Property{ObservedDropped, "frame-drop-count", MPV_FORMAT_INT64}};
    for (const Property& property : properties) {
        libmpv().observeProperty(core_->handle(), property.id, property.name, property.format);
    }
    libmpv().setWakeupCallback(core_->handle(), &MpvEngine::onWakeup, this);
}

// On any thread of mpv's, where mpv must not be called: one queued drain stands for all wakeups until it runs.
void MpvEngine::onWakeup(void* self) {
    auto* engine = static_cast<MpvEngine*>(self);
    if (!engine->draining_->exchange(true)) {
        QMetaObject::invokeMethod(
            engine, [engine] { engine->drain(); }, Qt::QueuedConnection);
    }
}

OpenByteSource MpvEngine::opener(const QUrl& url, const Source& source) {
    return openerOf(url, source, core_->sharedHttp(),
                    [engine = QPointer<MpvEngine>(this), alive = draining_](const std::string& reason) {
                        QMetaObject::invokeMethod(
                            engine, [engine, text = QString::fromStdString(reason)] { Q_EMIT engine->stalled(text); },
                            Qt::QueuedConnection);
                    });
}

MpvEngine::Item MpvEngine::makeItem(const Source& source) {
    Item item;
    item.source = source;
    item.stream = core_->protocol().add(opener(source.url, source), [engine = QPointer<MpvEngine>(this)](int id) {
        QMetaObject::invokeMethod(
            engine, [engine, id] { engine->onStreamError(id); }, Qt::QueuedConnection);
    });
    const bool follows = source.segmented && isWeb(source.url);
    item.address = follows ? source.url.toEncoded() : StreamProtocol::address(item.stream->id, extensionOf(source.url));
    return item;
}

void MpvEngine::forget(std::optional<Item>& item) {
    if (item) {
        core_->protocol().remove(item->stream->id);
        item.reset();
    }
}

void MpvEngine::resetReadings() {
    started_ = loaded_ = restarted_ = reconfigured_ = frameDrawn_ = firstFrameSent_ = ended_ = false;
    stalledForCache_ = seeking_ = seekSent_ = tracksKnown_ = windowRefused_ = false;
    wantedSeek_.reset();
    failure_.clear();
    videoId_ = 0;
    bufferedUntil_ = 0;
}

void MpvEngine::load(const Source& source) {
    forget(next_);
    forget(current_);
    resetReadings();
    facts_ = {};
    current_ = makeItem(source);
    position_ = source.start;
    duration_ = 0;
    sinceLoad_.start();
    setPaused(false);
    setState(PlaybackState::Loading);
    Q_EMIT positionChanged();
    Q_EMIT durationChanged();
    pendingLoad_ = true;
    // Loaded before its render context exists, a film would fail or stay without picture.
    if (wantsOutput_ && outputsExpected_ > 0 && !hasOutput()) {
        command({"stop"});
        outputPatience_.start(outputPatienceMs);
        return;
    }
    startPending();
}

void MpvEngine::startPending() {
    outputPatience_.stop();
    if (!pendingLoad_ || !current_) {
        return;
    }
    pendingLoad_ = false;
    sendLoad(*current_, "replace", ReplyLoad);
    if (next_) {
        sendLoad(*next_, "append", ReplyNext);
    }
}

void MpvEngine::sendLoad(const Item& item, const char* flags, std::uint64_t reply) {
    NamedCommand loadFile("loadfile");
    loadFile.add("url", item.address);
    loadFile.add("flags", flags);
    QList<std::pair<QByteArray, QByteArray>> options{{"start", QByteArray::number(item.source.start, 'f', 3)},
                                                     {"vid", !wantsOutput_ || hasOutput() ? "auto" : "no"},
                                                     {"aid", "auto"},  // what was chosen was of the title before
                                                     {"sid", "auto"},
                                                     {"deinterlace", "no"},  // until there is a picture of fields
                                                     {"force-media-title", item.source.title.toUtf8()}};
    if (item.source.segmented) {
        options.emplaceBack("demuxer-lavf-o", segmentedOptions);
        options.emplaceBack("access-references", "yes");
        // libav leaves out a segment that takes longer, and what is encoded may take its time.
        options.emplaceBack("network-timeout", segmentTimeout);
        options.emplaceBack("demuxer", "lavf");  // else mpv plays the lines of a playlist that failed, one by one
    }
    loadFile.addMap("options", options);
    if (reply == ReplyLoad) {
        videoOwed_ = wantsOutput_ && !hasOutput();
    }
    loadFile.send(core_->handle(), reply);
}

void MpvEngine::setNext(const Source& source) {
    clearNext();
    if (!current_) {
        return load(source);
    }
    next_ = makeItem(source);
    if (!pendingLoad_) {
        sendLoad(*next_, "append", ReplyNext);
    }
}

void MpvEngine::clearNext() {
    if (next_ && !pendingLoad_) {
        command({"playlist-remove", "1"});
    }
    forget(next_);
}

void MpvEngine::stop() {
    outputPatience_.stop();
    pendingLoad_ = false;
    forget(next_);
    forget(current_);
    resetReadings();
    command({"stop"});
    setState(PlaybackState::Idle);
}

void MpvEngine::setPaused(bool paused) {
    paused_ = paused;
    setFlag("pause", paused);
    updateState();
}

void MpvEngine::seek(double seconds) {
    if (!current_ || !failure_.isEmpty()) {
        return;
    }
    const double last = duration_ > 0 ? duration_ : seconds;
    wantedSeek_ = std::clamp(seconds, 0.0, std::max(0.0, last));
    position_ = *wantedSeek_;
    Q_EMIT positionChanged();
    if (pendingLoad_) {
        current_->source.start = *wantedSeek_;
        wantedSeek_.reset();
    } else if (loaded_ && !seekSent_) {
        sendSeek();
    }
}

// One at a time: while the mouse drags the bar only the newest place matters.
void MpvEngine::sendSeek() {
    const QByteArray target = QByteArray::number(*wantedSeek_, 'f', 3);
    wantedSeek_.reset();
    seekSent_ = seeking_ = true;
    command({"seek", target.constData(), "absolute+exact"}, ReplySeek);
}

void MpvEngine::seekRelative(double seconds) {
    seek(position_ + seconds);
}

void MpvEngine::setVolume(double percent) {
    setReal("volume", std::clamp(percent, 0.0, 100.0));  // mpv's scale is cubic, near to how loud it is heard
}

void MpvEngine::setMuted(bool muted) {
    setFlag("mute", muted);
}

void MpvEngine::setSpeed(double factor) {
    setReal("speed", std::clamp(factor, 0.25, 4.0));
}

EngineAbilities MpvEngine::can() {
    EngineAbilities all;
    all.name = QStringLiteral("libmpv");
    return all;
}

void MpvEngine::raiseSubtitles(double share) {
    raised_ = std::clamp(share, 0.0, 0.5);
    applyOptions();
}

void MpvEngine::apply(const PlayerOptions& options) {
    options_ = options;
    applyOptions();
}

// Only what is another than before: setting a filter or a device anew is heard.
void MpvEngine::applyOptions() {
    for (const auto& [name, value] : mpvProperties(options_, raised_)) {
        const auto before = applied_.constFind(name);
        if (before == applied_.constEnd() ? value == unsetValue(name) : *before == value) {
            continue;
        }
        applied_[name] = value;
        setText(name.constData(), value);
    }
}

void MpvEngine::takePicture(const QString& path) {
    pictures_ << path;
    command({"screenshot-to-file", path.toUtf8().constData(), "subtitles"}, ReplyPicture);
}

void MpvEngine::selectTrack(Track::Kind kind, int id) {
    const char* property = kind == Track::Kind::Video ? "vid" : kind == Track::Kind::Audio ? "aid" : "sid";
    setText(property, id > 0 ? QByteArray::number(id) : QByteArray("no"));
}

void MpvEngine::addSubtitles() {
    added_.clear();
    for (const ExternalSubtitle& subtitle : current_->source.subtitles) {
        added_.append(QByteArray());
        if (!belongsTogether(subtitle.url, current_->source.url)) {
            continue;
        }
        // Lives as long as the engine: small, and a broken one must not fail the film.
        const auto stream = core_->protocol().add(opener(subtitle.url, current_->source), {});
        const QByteArray address = StreamProtocol::address(stream->id, extensionOf(subtitle.url));
        added_.last() = address;
        command({"sub-add", address.constData(), "auto", subtitle.title.toUtf8().constData(),
                 subtitle.language.toUtf8().constData()});
    }
}

void MpvEngine::command(std::initializer_list<const char*> words, std::uint64_t reply) {
    std::vector<const char*> list(words);
    list.push_back(nullptr);
    libmpv().commandAsync(core_->handle(), reply, list.data());
}

void MpvEngine::setFlag(const char* property, bool value) {
    int flag = value ? 1 : 0;
    libmpv().setPropertyAsync(core_->handle(), 0, property, MPV_FORMAT_FLAG, &flag);
}

void MpvEngine::setReal(const char* property, double value) {
    libmpv().setPropertyAsync(core_->handle(), 0, property, MPV_FORMAT_DOUBLE, &value);
}

void MpvEngine::setText(const char* property, const QByteArray& value) {
    const char* text = value.constData();
    libmpv().setPropertyAsync(core_->handle(), 0, property, MPV_FORMAT_STRING, &text);
}

}  // namespace marea::player
