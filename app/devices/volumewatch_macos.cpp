#include "app/devices/volumewatch.h"

#include <CoreFoundation/CoreFoundation.h>
#include <DiskArbitration/DiskArbitration.h>

namespace marea::app {
namespace {

// The main run loop is that of the GUI thread. A volume that comes appears first, and has its path with a change.
class DiskWatch final : public VolumeWatch {
public:
    explicit DiskWatch(std::function<void()> changed)
        : changed_(std::move(changed)), session_(DASessionCreate(kCFAllocatorDefault)) {
        if (!session_)
            return;
        DARegisterDiskAppearedCallback(session_, nullptr, &DiskWatch::onDisk, this);
        DARegisterDiskDisappearedCallback(session_, nullptr, &DiskWatch::onDisk, this);
        DARegisterDiskDescriptionChangedCallback(session_, nullptr, kDADiskDescriptionWatchVolumePath,
                                                 &DiskWatch::onChange, this);
        DASessionScheduleWithRunLoop(session_, CFRunLoopGetMain(), kCFRunLoopCommonModes);
    }
    ~DiskWatch() override {
        if (!session_)
            return;
        DASessionUnscheduleFromRunLoop(session_, CFRunLoopGetMain(), kCFRunLoopCommonModes);
        CFRelease(session_);
    }
    DiskWatch(const DiskWatch&) = delete;
    DiskWatch& operator=(const DiskWatch&) = delete;

private:
    static void onDisk(DADiskRef, void* self) { static_cast<DiskWatch*>(self)->changed_(); }
    static void onChange(DADiskRef disk, CFArrayRef, void* self) { onDisk(disk, self); }

    std::function<void()> changed_;
    DASessionRef session_;
};

}  // namespace

std::unique_ptr<VolumeWatch> watchVolumes(std::function<void()> changed) {
    return std::make_unique<DiskWatch>(std::move(changed));
}

}  // namespace marea::app
