#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "tests/unit/app/window.h"
#include "tests/unit/sync_engine/faketarget.h"

namespace marea::app::test {

inline constexpr int kDevicePatience = 120'000;

class FakeFinder final : public DeviceFinder {
public:
    void start() override { started = true; }
    QList<FoundDevice> devices() const override { return list; }
    void look() override { ++looked; }
    void show(const QList<FoundDevice>& devices) {
        list = devices;
        Q_EMIT changed();
    }
    QList<FoundDevice> list;
    int looked = 0;
    bool started = false;
};

// The files of the device outlive the sessions that open it.
struct Memory {
    sync::test::FakeTarget device;
    std::mutex mutex;
    std::condition_variable changed;
    bool held = false;       // writes wait
    bool listHeld = false;   // lists wait
    bool isListing = false;  // somebody asked what is there
    bool refused = false;    // it does not let us in
    std::atomic<int> open = 0;
    void hold(bool on) {
        const std::lock_guard lock(mutex);
        held = on;
        changed.notify_all();
    }
    void holdLists(bool on) {
        const std::lock_guard lock(mutex);
        listHeld = on;
        isListing = false;
        changed.notify_all();
    }
    bool listing() {
        const std::lock_guard lock(mutex);
        return isListing;
    }
    void pass() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return !held; });
    }
    void passList() {
        std::unique_lock lock(mutex);
        isListing = true;
        changed.wait(lock, [this] { return !listHeld; });
    }
};

class MemoryTarget final : public sync::Target {
public:
    explicit MemoryTarget(std::shared_ptr<Memory> memory) : memory_(std::move(memory)) { ++memory_->open; }
    ~MemoryTarget() override { --memory_->open; }
    MemoryTarget(const MemoryTarget&) = delete;
    MemoryTarget& operator=(const MemoryTarget&) = delete;
    sync::TargetAbilities abilities() const override { return memory_->device.abilities(); }
    core::Result<std::vector<sync::ListedFile>> list(const Look& look) override {
        memory_->passList();
        return memory_->device.list(look);
    }
    core::Result<sync::ListedFile> about(const std::string& path) override { return memory_->device.about(path); }
    core::Result<std::int64_t> freeBytes() override { return memory_->device.freeBytes(); }
    core::Result<std::int64_t> totalBytes() override { return memory_->device.capacity; }
    core::Result<void> write(const std::string& path, sync::ByteStream& content) override {
        memory_->pass();
        return memory_->device.write(path, content);
    }
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override {
        return memory_->device.read(path, sink);
    }
    core::Result<void> rename(const std::string& from, const std::string& to) override {
        return memory_->device.rename(from, to);
    }
    core::Result<void> remove(const std::string& path) override { return memory_->device.remove(path); }
    core::Result<void> flush() override { return memory_->device.flush(); }

private:
    std::shared_ptr<Memory> memory_;
};

inline FoundDevice stick() {
    FoundDevice device;
    device.key = device.place = QLatin1String("/media/ana/STICK");
    device.name = device.model = QLatin1String("STICK");
    device.node = QLatin1String("/dev/sdb1");
    device.total = 4'000'000;
    device.free = 3'000'000;
    return device;
}

inline FoundDevice phone(FoundDevice::Problem problem) {
    FoundDevice device;
    device.kind = FoundDevice::Kind::Phone;
    device.key = device.place = QLatin1String("mtp:0A1B");
    device.name = device.model = QLatin1String("Pixel 8");
    device.problem = problem;
    return device;
}

struct DeviceSong {
    const char *id, *title;
    qint64 size;
};

inline QJsonObject songJson(const char* id, const char* title, qint64 size) {
    const QJsonObject stream{{QLatin1String("index"), 0},
                             {QLatin1String("kind"), QLatin1String("audio")},
                             {QLatin1String("codec"), QLatin1String("mp3")},
                             {QLatin1String("channels"), 2}};
    const QJsonObject file{{QLatin1String("id"), QLatin1String(id) + QLatin1String("-file")},
                           {QLatin1String("name"), QLatin1String("x.mp3")},
                           {QLatin1String("container"), QLatin1String("mp3")},
                           {QLatin1String("size"), size},
                           {QLatin1String("streams"), QJsonArray{stream}}};
    return {{QLatin1String("id"), QLatin1String(id)},
            {QLatin1String("kind"), QLatin1String("track")},
            {QLatin1String("title"), QLatin1String(title)},
            {QLatin1String("status"), QLatin1String("ok")},
            {QLatin1String("artist"), QLatin1String("Ana Ribera")},
            {QLatin1String("album"), QLatin1String("Low Water")},
            {QLatin1String("files"), QJsonArray{file}}};
}

// What the server has, also as files.
inline void offerSongs(FakeHttp& http, const QList<DeviceSong>& songs) {
    QList<QJsonObject> items;
    for (const auto& song : songs) {
        items << songJson(song.id, song.title, song.size);
        const QString url = QStringLiteral("/api/v1/downloads/") + QLatin1String(song.id) + QStringLiteral("/file");
        http.files[url] = QByteArray(song.size, song.id[0]);
    }
    http.on("GET /api/v1/media", 200, listOf(items));
    http.answers[QLatin1String("POST /api/v1/downloads")] = [](const core::HttpRequest& request) {
        const auto id = QJsonDocument::fromJson(request.body)[QLatin1String("media_id")].toString();
        const QJsonObject made{{QLatin1String("id"), id},
                               {QLatin1String("file_id"), QLatin1String("f")},
                               {QLatin1String("file_name"), QLatin1String("x.mp3")},
                               {QLatin1String("state"), QLatin1String("ready")},
                               {QLatin1String("url"), QStringLiteral("/api/v1/downloads/%1/file").arg(id)}};
        return core::HttpResponse{201, {}, QJsonDocument(made).toJson()};
    };
    http.on("GET /api/v1/playlists", 200, listOf({}));
}

struct DeviceWorld : World {
    DeviceWorld() {
        memory->device.capacity = 40'000'000;  // some is left free for the file system
        context.devices()->setOpener([memory = memory](const DeviceWish& wish) -> core::Result<OpenDevice> {
            if (memory->refused)
                return core::fail(core::ErrorCode::Busy, "Another program has it.");
            return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", wish.place};
        });
        context.devices()->setCommands([this](const QStringList& command, CommandDone done) {
            commands << command.join(QLatin1Char(' '));
            openThen << memory->open;
            if (late)
                return unfinished.push_back(std::move(done));
            done(command.first() == works ? core::Result<void>() : core::fail(core::ErrorCode::Io, "No."));
        });
        auto owned = std::make_unique<FakeFinder>();
        finder = owned.get();
        std::vector<std::unique_ptr<DeviceFinder>> finders;
        finders.push_back(std::move(owned));
        context.devices()->start(std::move(finders));
        offer({{"a", "Sea", 3000}, {"b", "Sand", 5000}});
    }
    void offer(const QList<DeviceSong>& songs) { offerSongs(http, songs); }
    void offerList() {
        http.on("GET /api/v1/playlists", 200,
                listOf({{{QLatin1String("id"), QLatin1String("p1")},
                         {QLatin1String("name"), QLatin1String("Evening")},
                         {QLatin1String("visibility"), QLatin1String("private")}}}));
        http.on("GET /api/v1/playlists/p1/entries", 200, listOf({{{QLatin1String("media_id"), QLatin1String("b")}}}));
    }
    DeviceViewModel* opened() {
        finder->show({stick()});
        auto* device = context.devices()->device(stick().key);
        if (device)
            device->open();
        return device && ready(*device) ? device : nullptr;
    }
    static bool ready(DeviceViewModel& device) {
        return QTest::qWaitFor(
            [&] { return device.state() == QLatin1String("ready") && !device.stepsText().isEmpty(); }, kDevicePatience);
    }
    static bool takes(DeviceViewModel& device, const QString& folder) {
        device.setFolder(folder);
        return QTest::qWaitFor([&] { return device.folder() == folder; }, kDevicePatience);
    }
    static bool synced(DeviceViewModel& device, int times) {
        return QTest::qWaitFor([&] { return device.history().size() == times; }, kDevicePatience) && ready(device);
    }
    std::shared_ptr<Memory> memory = std::make_shared<Memory>();
    FakeFinder* finder = nullptr;
    QStringList commands;
    QList<int> openThen;  // how often the device was open when each began
    bool late = false;    // commands do not end yet
    std::vector<CommandDone> unfinished;
    QString works = QStringLiteral("udisksctl");
};

inline QStringList checkedOf(const QVariantList& list) {
    QStringList values;
    for (const auto& one : list)
        if (one.toMap()[QLatin1String("checked")].toBool())
            values << one.toMap()[QLatin1String("value")].toString();
    return values;
}

}  // namespace marea::app::test
