#include "app/devices/eject.h"
#include "core/io/windowsfiles.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/massstorage/windowsdrive.h"

#include <winioctl.h>

#include <cfgmgr32.h>

#include <array>
#include <cerrno>
#include <QCoreApplication>
#include <QThreadPool>

// learn.microsoft.com/windows-hardware/drivers/ddi/cfgmgr32/nf-cfgmgr32-cm_request_device_ejectw, and
// learn.microsoft.com/windows/win32/fileio/ for the volume's own controls
namespace marea::app {
namespace {

namespace windows = core::windows;

constexpr int kTries = 20;  // what we had open ourselves is just being closed
constexpr DWORD kBetweenMs = 250;
constexpr GUID kDiskInterface{0x53f56307, 0xb6bf, 0x11d0, {0x94, 0xf2, 0x00, 0xa0, 0xc9, 0x1e, 0xfb, 0x8b}};

struct Ended {
    core::Result<void> done;
    std::string holder;
};

Ended failed(const char* what, const std::string& holder = {}) {
    auto error = core::systemError(errno, what);
    error.text = "The system did not let go of the device.";
    return {core::unexpected<core::Error>(std::move(error)), holder};
}

bool control(const core::FileHandle& drive, DWORD code, void* in = nullptr, DWORD size = 0) {
    DWORD got = 0;
    return windows::done(DeviceIoControl(windows::handleOf(drive.get()), code, in, size, nullptr, 0, &got, nullptr));
}

template <class Try>
bool untilDone(Try once) {
    for (int attempt = 1; !once(); ++attempt) {
        if (attempt == kTries)
            return false;
        Sleep(kBetweenMs);
    }
    return true;
}

Ended ejectMedium(const core::FileHandle& drive) {
    FlushFileBuffers(windows::handleOf(drive.get()));
    if (!untilDone([&] { return control(drive, FSCTL_LOCK_VOLUME); }))  // nobody has a file of it open
        return failed("cannot lock the volume");
    PREVENT_MEDIA_REMOVAL allow{};
    if (!control(drive, FSCTL_DISMOUNT_VOLUME))
        return failed("cannot dismount the volume");
    control(drive, IOCTL_STORAGE_MEDIA_REMOVAL, &allow, sizeof allow);
    return control(drive, IOCTL_STORAGE_EJECT_MEDIA) ? Ended{} : failed("cannot eject the medium");
}

// The disk's number; -1: it does not say.
int numberOf(const core::FileHandle& drive) {
    STORAGE_DEVICE_NUMBER number{};
    DWORD got = 0;
    return drive && DeviceIoControl(windows::handleOf(drive.get()), IOCTL_STORAGE_GET_DEVICE_NUMBER, nullptr, 0,
                                    &number, sizeof number, &got, nullptr)
               ? static_cast<int>(number.DeviceNumber)
               : -1;
}

std::wstring diskInterfaces() {
    GUID disks = kDiskInterface;
    ULONG length = 0;
    if (CM_Get_Device_Interface_List_SizeW(&length, &disks, nullptr, CM_GET_DEVICE_INTERFACE_LIST_PRESENT) !=
        CR_SUCCESS)
        return {};
    std::wstring list(length, L'\0');
    const bool isListed = CM_Get_Device_Interface_ListW(&disks, nullptr, list.data(), length,
                                                        CM_GET_DEVICE_INTERFACE_LIST_PRESENT) == CR_SUCCESS;
    return isListed ? list : std::wstring();
}

// What is unplugged: the device that has the disk in it.
DEVINST deviceOf(int number) {
    const std::wstring list = diskInterfaces();
    for (const wchar_t* at = list.c_str(); *at; at += wcslen(at) + 1) {
        const core::FileHandle disk =
            windows::owned(CreateFileW(at, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr));
        std::wstring id = windows::wide(sync::instanceOf(windows::utf8(at)));
        DEVINST node = 0, parent = 0;
        if (numberOf(disk) == number && CM_Locate_DevNodeW(&node, id.data(), CM_LOCATE_DEVNODE_NORMAL) == CR_SUCCESS &&
            CM_Get_Parent(&parent, node, 0) == CR_SUCCESS)
            return parent;
    }
    return 0;
}

Ended ejectDevice(int number) {
    const DEVINST device = number < 0 ? 0 : deviceOf(number);
    if (!device)
        return errno = ENODEV, failed("cannot find the device");
    PNP_VETO_TYPE type = PNP_VetoTypeUnknown;
    std::array<wchar_t, MAX_PATH> name{};
    const bool isDone = untilDone([&] {
        const auto result = CM_Request_Device_EjectW(device, &type, name.data(), static_cast<ULONG>(name.size()), 0);
        return result == CR_SUCCESS && type == PNP_VetoTypeUnknown;
    });
    if (isDone)
        return {};
    errno = EBUSY;
    return failed("the device was not let go of", sync::vetoHolder(static_cast<int>(type), windows::utf8(name.data())));
}

// No other volume is on the same medium.
bool isAlone(int number) {
    int volumes = 0;
    for (const auto& volume : sync::mountedVolumes())
        volumes += numberOf(sync::openDrive(volume.device.front(), 0)) == number ? 1 : 0;
    return volumes == 1;
}

Ended ejectDrive(char letter) {
    const int number = numberOf(sync::openDrive(letter, 0));
    if (sync::ejectWayOf(sync::driveAt(letter)) == sync::EjectWay::Medium && isAlone(number)) {
        const core::FileHandle volume = sync::openDrive(letter, GENERIC_READ | GENERIC_WRITE);
        if (volume)
            return ejectMedium(volume);
    }
    return ejectDevice(number);
}

}  // namespace

void eject(const CommandRunner&, const FoundDevice& device, EjectDone done) {
    const char letter = device.node.isEmpty() ? '\0' : device.node.at(0).toLatin1();
    QThreadPool::globalInstance()->start([letter, done = std::move(done)] {
        const Ended ended = ejectDrive(letter);
        QMetaObject::invokeMethod(QCoreApplication::instance(), [ended, done] {
            done({ended.done, QString::fromStdString(ended.holder)});
        });
    });
}

}  // namespace marea::app
