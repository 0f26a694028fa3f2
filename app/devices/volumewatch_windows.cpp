#include "app/devices/volumewatch.h"

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <dbt.h>
#include <QAbstractNativeEventFilter>
#include <QCoreApplication>

namespace marea::app {
namespace {

// Every top window is told of volumes, without asking for it: learn.microsoft.com/windows/win32/devio/wm-devicechange
class WindowWatch final : public VolumeWatch, public QAbstractNativeEventFilter {
public:
    explicit WindowWatch(std::function<void()> changed) : changed_(std::move(changed)) {
        QCoreApplication::instance()->installNativeEventFilter(this);
    }

    bool nativeEventFilter(const QByteArray&, void* event, qintptr*) override {
        const auto& message = *static_cast<const MSG*>(event);
        if (message.message == WM_DEVICECHANGE &&
            (message.wParam == DBT_DEVICEARRIVAL || message.wParam == DBT_DEVICEREMOVECOMPLETE))
            changed_();
        return false;
    }

private:
    std::function<void()> changed_;
};

}  // namespace

std::unique_ptr<VolumeWatch> watchVolumes(std::function<void()> changed) {
    return std::make_unique<WindowWatch>(std::move(changed));
}

}  // namespace marea::app
