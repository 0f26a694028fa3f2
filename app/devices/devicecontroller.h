#pragma once

#include <optional>
#include <QObject>

#include "app/devices/devicesession.h"
#include "app/devices/devicethread.h"

namespace marea::app {

// How a run ended. `cancelled`: by a person.
struct SyncEnd {
    core::Result<sync::SyncReport> report;
    bool cancelled = false;
};
struct ImportEnd {
    core::Result<sync::ImportReport> report;
    bool cancelled = false;
};

// One device at work: opened and read, planned for, synced. Everything that waits for the device is on its thread. GUI
// thread.
class DeviceController : public QObject {
    Q_OBJECT
public:
    enum class State { Closed, Opening, Open, Syncing, Importing };
    bool isBusy() const { return state_ == State::Syncing || state_ == State::Importing; }
    struct Parts {
        DeviceFiles files;
        DeviceSession::Opener opener = openDevice;
        std::shared_ptr<sync::EncodeCache> encodings = nullptr;  // null: nothing is encoded
    };
    explicit DeviceController(Parts parts, QObject* parent = nullptr);
    ~DeviceController() override;

    State state() const { return state_; }
    const std::optional<core::Error>& error() const { return error_; }  // why it is closed
    const StorageUse& use() const { return use_; }
    // Null while there is none, or it is being made.
    const std::shared_ptr<const sync::Plan>& plan() const { return plan_; }
    const sync::Progress& progress() const { return progress_; }
    bool paused() const { return paused_; }
    std::size_t seen() const { return control_->looks(); }  // on the device, while it is opened

    void open(const DeviceWish& wish);
    // While it is synced: at the end of that. `then`, once the device is let go of; not called where it is not.
    void close(std::function<void()> then = {});
    void setWish(DeviceSession::Wish);  // makes the plan, once it is open; a null library: none
    const DeviceSession::Wish& wish() const { return wish_; }
    void sync();  // the plan that there is
    // Copies what was taken with the device into a folder of this computer; also while it is closed.
    void importTo(const DeviceWish& wish, const std::string& folder);
    void setPaused(bool paused);
    void cancel();  // also while it is opened: it is closed then, for Cancelled
    void setPatience(std::chrono::milliseconds most) { thread_.setPatience(most); }

Q_SIGNALS:
    void changed();     // the state, or the plan
    void progressed();  // a few times a second
    void finished(const marea::app::SyncEnd& end);
    void imported(const marea::app::ImportEnd& end);

private:
    // Where the device's thread has the session: null before it is open and after it was closed. Only its jobs look
    // into it, each of which has its place.
    using Place = std::shared_ptr<DeviceSession::Ptr>;
    void read();
    void makePlan();
    void letGo(std::function<void()> then = {});
    void onRead(const core::Result<void>& done, const StorageUse& use);
    void onEnd(const core::Result<sync::SyncReport>& report);
    void onImported(const core::Result<sync::ImportReport>& report, const DeviceWish& wish);
    void begin(std::int64_t bytes);
    sync::ProgressSink sink();
    void fail(const core::Error& error);
    void setState(State state);

    Parts parts_;
    DeviceThread thread_;
    State state_ = State::Closed;
    std::optional<core::Error> error_;
    Place session_;
    DeviceSession::Wish wish_;
    std::shared_ptr<sync::SyncControl> control_ = std::make_shared<sync::SyncControl>();
    std::shared_ptr<const sync::Plan> plan_;
    int planNumber_ = 0, opening_ = 0;  // what comes of an earlier one is late
    StorageUse use_;
    sync::Progress progress_;
    bool paused_ = false, isRead_ = false, wanted_ = false, calledOff_ = false;
};

}  // namespace marea::app
