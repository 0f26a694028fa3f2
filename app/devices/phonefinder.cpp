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
constexpr int kMostAgain = 5;

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
        phone.readOnly = device.storages.front().isReadOnly;
    }
    return phone;
}

std::optional<std::chrono::milliseconds> phoneLookAfter(int abandoned, std::chrono::milliseconds first) {
    return abandoned < 1 || abandoned > kMostAgain ? std::nullopt : std::optional(first * (1 << (abandoned - 1)));
}

PhoneFinder::PhoneFinder(QObject* parent) : PhoneFinder(phones, Waits(), parent) {}

PhoneFinder::PhoneFinder(Look bus, Waits waits, QObject* parent)
    : DeviceFinder(parent), bus_(std::move(bus)), waits_(waits) {
    thread_.setPatience(waits_.patience);
    soon_.setSingleShot(true);
    soon_.setInterval(kSettleMs);
    again_.setSingleShot(true);
    again_.setInterval(kAgainMs);
    connect(&soon_, &QTimer::timeout, this, &PhoneFinder::look);
    connect(&again_, &QTimer::timeout, this, &PhoneFinder::look);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &PhoneFinder::look);
    connect(&thread_, &DeviceThread::abandoned, this, &PhoneFinder::onAbandoned);
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
    later_.stop();
    thread_.run(
        [pulse = thread_.pulse(), bus = bus_] {
            pulse->asked();
            auto found = bus();
            pulse->answered();
            return found;
        },
        [this](const QList<FoundDevice>& now) { take(now); });
}

void PhoneFinder::onAbandoned() {
    looking_ = false;
    if (const auto after = phoneLookAfter(++abandoned_, waits_.again))
        later_.start(*after);
}

void PhoneFinder::take(const QList<FoundDevice>& now) {
    looking_ = false;
    abandoned_ = 0;
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
