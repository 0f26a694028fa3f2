#include "app/devices/volumewatch.h"

#include <fcntl.h>

#include <QSocketNotifier>

#include "core/io/filehandle.h"

namespace marea::app {
namespace {

// proc(5): the file is readable out of band when something was mounted or unmounted.
class MountWatch final : public VolumeWatch {
public:
    MountWatch(core::FileHandle mounts, std::function<void()> changed)
        : mounts_(std::move(mounts)), notifier_(mounts_.get(), QSocketNotifier::Exception) {
        QObject::connect(&notifier_, &QSocketNotifier::activated, std::move(changed));
    }

private:
    core::FileHandle mounts_;
    QSocketNotifier notifier_;
};

}  // namespace

std::unique_ptr<VolumeWatch> watchVolumes(std::function<void()> changed) {
    core::FileHandle mounts(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC));
    return mounts ? std::make_unique<MountWatch>(std::move(mounts), std::move(changed)) : nullptr;
}

}  // namespace marea::app
