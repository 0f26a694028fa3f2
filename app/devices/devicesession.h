#pragma once

#include <memory>

#include "app/devices/devicefiles.h"
#include "app/devices/devicelibrary.h"
#include "app/devices/opendevice.h"
#include "app/devices/storageuse.h"
#include "app/devices/watchedtarget.h"
#include "sync/engine/importrun.h"
#include "sync/engine/syncengine.h"

namespace marea::app {

// One open device: what is on it, the plan for it, the run of that. All on the device's thread, which its calls block.
class DeviceSession {
public:
    using Opener = std::function<core::Result<OpenDevice>(const DeviceWish& wish)>;
    using Ptr = std::shared_ptr<DeviceSession>;

    // Busy while another program syncs it, Forbidden when nothing can be put on it.
    static core::Result<Ptr> open(const DeviceWish& wish, const DeviceFiles& files, std::shared_ptr<Pulse> pulse,
                                  const Opener& opener = openDevice);

    const std::string& model() const { return model_; }
    core::Result<void> read(sync::SyncControl& control);  // what is there, after clearing up; again after each run
    StorageUse use() const { return storageUse(state_.listed, state_.freeBytes, total_); }

    struct Wish {
        DeviceLibraryPtr library;
        sync::SyncRules rules;
        sync::DeviceProfile profile;
        bool takeOver = false;  // what other computers put there is this one's from now on
    };
    sync::Plan plan(const Wish& wish) const;
    core::Result<sync::SyncReport> run(const sync::Plan& plan, const Wish& wish, sync::EncodeCache* encodings,
                                       sync::SyncControl& control, const sync::ProgressSink& progress);
    sync::Target& target() { return *target_; }

private:
    DeviceSession(std::unique_ptr<sync::Target> target, std::string model, std::unique_ptr<sync::JournalFile> journal,
                  std::unique_ptr<sync::LibraryCopy> copy, sync::LibraryOwner owner);

    std::unique_ptr<sync::Target> target_;
    std::string model_;
    std::unique_ptr<sync::JournalFile> journal_;
    std::unique_ptr<sync::LibraryCopy> copy_;
    core::SystemClock clock_;
    sync::SyncEngine engine_;
    sync::DeviceState state_;
    std::int64_t total_ = 0;
};

// Copies what was taken with a device (its DCIM) into a folder of this computer, on the device's thread.
core::Result<sync::ImportReport> importFrom(DeviceWish wish, const std::string& folder, std::shared_ptr<Pulse> pulse,
                                            sync::SyncControl& control, const sync::ProgressSink& progress,
                                            const DeviceSession::Opener& opener = openDevice);

}  // namespace marea::app
