#include "app/devices/phonefinder.h"

#include <algorithm>
#include <QDir>
#include <QStandardPaths>

#include "sync/devices/mtp/mtptarget.h"
#include "sync/devices/mtp/usbhotplug.h"

namespace marea::app {
namespace {

constexpr int kSettleMs = 1200;  // a phone that is plugged in comes and goes a few times
constexpr int kAgainMs = 4000;
constexpr std::chrono::milliseconds kPatience{120'000};

QStringList fileManagersMounts() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/gvfs");
    return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

QList<FoundDevice> phones() {
    QList<FoundDevice> found;
    const auto mounts = fileManagersMounts();
    for (const auto& device : sync::MtpTarget::devices())
        found << phoneFrom(device, mounts);
    return found;
}

}  // namespace

FoundDevice phoneFrom(const sync::MtpDevice& device, const QStringList& mounts) {
    using State = sync::MtpDevice::State;
    FoundDevice phone;
    phone.kind = FoundDevice::Kind::Phone;
    phone.place = QStringLiteral("mtp:") + QString::fromStdString(device.serial);
    phone.key = phone.place;
    phone.model = QString::fromStdString(device.model).simplified();
    phone.name = phone.model;
    phone.problem = device.state == State::Ready  ? FoundDevice::Problem::None
                    : device.state == State::Held ? FoundDevice::Problem::Held
                                                  : FoundDevice::Problem::Locked;
    phone.holder = QString::fromStdString(device.holder);
    if (device.state == State::Held) {
        std::vector<std::string> names;
        for (const auto& name : mounts)
            names.push_back(name.toStdString());
        phone.release = QString::fromStdString(sync::mtpMountOf(names, device.usb, device.serial));
    }
    for (const auto& storage : device.storages)
        phone.storages << QString::fromStdString(storage.name);
    if (!device.storages.empty()) {
        phone.total = device.storages.front().totalBytes;
        phone.free = device.storages.front().freeBytes;
    }
    return phone;
}

PhoneFinder::PhoneFinder(QObject* parent) : DeviceFinder(parent) {
    thread_.setPatience(kPatience);
    soon_.setSingleShot(true);
    soon_.setInterval(kSettleMs);
    again_.setSingleShot(true);
    again_.setInterval(kAgainMs);
    connect(&soon_, &QTimer::timeout, this, &PhoneFinder::look);
    connect(&again_, &QTimer::timeout, this, &PhoneFinder::look);
    connect(&thread_, &DeviceThread::abandoned, this, [this] { looking_ = false; });
}

PhoneFinder::~PhoneFinder() = default;

void PhoneFinder::start() {
    hotplug_ = std::make_unique<sync::UsbHotplug>([this] {
        QMetaObject::invokeMethod(
            this, [this] { soon_.start(); }, Qt::QueuedConnection);
    });
    look();
}

void PhoneFinder::setInUse(bool inUse) {
    inUse_ = inUse;
    if (!inUse && wanted_)
        look();
}

void PhoneFinder::look() {
    wanted_ = looking_ || inUse_;
    if (wanted_)
        return;
    looking_ = true;
    thread_.run(
        [pulse = thread_.pulse()] {
            pulse->asked();
            auto found = phones();
            pulse->answered();
            return found;
        },
        [this](const QList<FoundDevice>& now) { take(now); });
}

void PhoneFinder::take(const QList<FoundDevice>& now) {
    looking_ = false;
    const bool waits = std::any_of(now.begin(), now.end(),
                                   [](const auto& phone) { return phone.problem != FoundDevice::Problem::None; });
    if (waits || (hotplug_ && !hotplug_->works() && !now.isEmpty()))
        again_.start();
    if (now != devices_) {
        devices_ = now;
        Q_EMIT changed();
    }
    if (wanted_)
        look();
}

}  // namespace marea::app
