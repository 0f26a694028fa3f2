#include "app/devices/devicecontroller.h"

namespace marea::app {

namespace {

constexpr core::TimeMs kTellEvery = 200;

// From the device's thread, a few times a second, and the end.
sync::ProgressSink thinned(std::function<void(const sync::Progress&)> tell) {
    auto last = std::make_shared<core::TimeMs>(0);
    return [last, tell = std::move(tell)](const sync::Progress& progress) {
        const core::TimeMs now = core::SystemClock().now();
        if (now - *last >= kTellEvery || now < *last || progress.filesDone == progress.filesTotal) {
            *last = now;
            tell(progress);
        }
    };
}

}  // namespace

DeviceController::DeviceController(Parts parts, QObject* parent) : QObject(parent), parts_(std::move(parts)) {
    connect(&thread_, &DeviceThread::abandoned, this, [this] {
        session_.reset();  // its thread still has it
        const State before = state_;
        fail({core::ErrorCode::Timeout, "no sign of life",
              "The device does not answer. Unplug it and plug it in again."});
        if (before == State::Syncing)
            Q_EMIT finished({core::unexpected<core::Error>(*error_)});
        if (before == State::Importing)
            Q_EMIT imported({core::unexpected<core::Error>(*error_)});
    });
}

DeviceController::~DeviceController() {
    letGo();
}

// It ends where it was used, after what was asked of it before.
void DeviceController::letGo(std::function<void()> then) {
    control_->cancel();
    ++opening_;
    if (session_)
        thread_.run([place = std::exchange(session_, nullptr)] { return place->reset(), 0; },
                    [then = std::move(then)](int) {
                        if (then)
                            then();
                    });
    else if (then)
        then();
}

void DeviceController::setState(State state) {
    state_ = state;
    Q_EMIT changed();
}

void DeviceController::fail(const core::Error& error) {
    error_ = error;
    plan_.reset();
    isRead_ = false;
    ++planNumber_;
    setState(State::Closed);
}

void DeviceController::open(const DeviceWish& wish) {
    wanted_ = true;
    if (state_ != State::Closed)
        return;
    error_.reset();
    control_ = std::make_shared<sync::SyncControl>();
    session_ = std::make_shared<DeviceSession::Ptr>();
    setState(State::Opening);
    thread_.run(
        [wish, place = session_, files = parts_.files, opener = parts_.opener, pulse = thread_.pulse()] {
            auto session = DeviceSession::open(wish, files, pulse, opener);
            *place = session.value_or(nullptr);
            return session.map([](const auto&) {});
        },
        [this, number = opening_](const core::Result<void>& opened) {
            if (number != opening_)
                return;
            if (opened)
                return read();
            session_.reset();
            fail(opened.error());
        });
}

void DeviceController::read() {
    isRead_ = false;
    plan_.reset();
    struct Found {
        core::Result<void> done;
        StorageUse use;
    };
    thread_.run(
        [place = session_, control = control_] {
            auto done = (*place)->read(*control);
            return Found{done, done ? (*place)->use() : StorageUse{}};
        },
        [this, number = opening_](const Found& found) {
            if (number == opening_)
                onRead(found.done, found.use);
        });
}

void DeviceController::onRead(const core::Result<void>& done, const StorageUse& use) {
    if (!done) {
        letGo();
        return fail(done.error());
    }
    if (!wanted_)
        return close();
    use_ = use;
    isRead_ = true;
    state_ = State::Open;
    makePlan();
    Q_EMIT changed();
}

void DeviceController::close(std::function<void()> then) {
    wanted_ = false;
    if (isBusy())
        return;
    const bool wasOpen = session_ != nullptr;
    letGo(std::move(then));
    if (!wasOpen)
        return;
    plan_.reset();
    isRead_ = false;
    ++planNumber_;
    setState(State::Closed);
}

void DeviceController::setWish(DeviceSession::Wish wish) {
    wish_ = std::move(wish);
    if (state_ == State::Open)
        makePlan();
    Q_EMIT changed();
}

void DeviceController::makePlan() {
    plan_.reset();
    const int number = ++planNumber_;
    if (!wish_.library || !isRead_)
        return;
    thread_.run([place = session_, wish = wish_] { return std::make_shared<const sync::Plan>((*place)->plan(wish)); },
                [this, number](std::shared_ptr<const sync::Plan> plan) {
                    if (number != planNumber_)
                        return;
                    plan_ = std::move(plan);
                    Q_EMIT changed();
                });
}

void DeviceController::begin(std::int64_t bytes) {
    control_ = std::make_shared<sync::SyncControl>();
    progress_ = {};
    progress_.bytesTotal = bytes;
    paused_ = calledOff_ = false;
}

sync::ProgressSink DeviceController::sink() {
    return thinned([this, home = thread_.home()](const sync::Progress& progress) {
        home([this, progress] {
            progress_ = progress;
            Q_EMIT progressed();
        });
    });
}

void DeviceController::sync() {
    if (state_ != State::Open || !plan_)
        return;
    begin(plan_->bytesToWrite);
    setState(State::Syncing);
    thread_.run([place = session_, plan = plan_, wish = wish_, encodings = parts_.encodings, control = control_,
                 sink = sink()] { return (*place)->run(*plan, wish, encodings.get(), *control, sink); },
                [this](const core::Result<sync::SyncReport>& report) { onEnd(report); });
}

void DeviceController::importTo(const DeviceWish& wish, const std::string& folder) {
    if (isBusy())
        return;
    const bool wanted = wanted_;
    close();  // a phone is open once
    wanted_ = wanted;
    begin(0);
    setState(State::Importing);
    thread_.run([wish, folder, opener = parts_.opener, pulse = thread_.pulse(), control = control_,
                 sink = sink()] { return importFrom(wish, folder, pulse, *control, sink, opener); },
                [this, wish](const core::Result<sync::ImportReport>& report) { onImported(report, wish); });
}

void DeviceController::onImported(const core::Result<sync::ImportReport>& report, const DeviceWish& wish) {
    const bool gone = !report && sync::isGone(report.error());
    paused_ = false;
    if (gone)
        fail(report.error());
    else
        setState(State::Closed);
    if (wanted_ && !gone)
        open(wish);
    Q_EMIT imported({report, calledOff_ && !gone});
}

void DeviceController::onEnd(const core::Result<sync::SyncReport>& report) {
    const bool gone = !report && sync::isGone(report.error());
    state_ = State::Open;
    paused_ = false;
    control_ = std::make_shared<sync::SyncControl>();
    if (gone) {
        const auto error = report.error();
        close();
        fail(error);
    } else if (wanted_) {
        read();
        setState(State::Opening);
    } else {
        close();
    }
    Q_EMIT finished({report, calledOff_ && !gone});
}

void DeviceController::setPaused(bool paused) {
    if (!isBusy() || paused_ == paused)
        return;
    paused_ = paused;
    paused ? control_->pause() : control_->resume();
    Q_EMIT progressed();
}

void DeviceController::cancel() {
    calledOff_ = isBusy();
    if (calledOff_ || state_ == State::Opening)
        control_->cancel();
}

}  // namespace marea::app
