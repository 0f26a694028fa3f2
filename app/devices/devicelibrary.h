#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <QObject>
#include <vector>

#include "app/devices/folderfarm.h"
#include "sync/engine/deviceencoder.h"
#include "sync/engine/librarysource.h"

namespace marea::app {

// What there is to put on devices, at one moment. Read by several threads, changed by none.
struct DeviceLibrary {
    std::vector<sync::LibraryItem> items;
    std::vector<sync::LibraryPlaylist> playlists;
    std::shared_ptr<sync::LibrarySource> source;   // opens the items' files
    std::shared_ptr<sync::DeviceEncoder> encoder;  // null: nothing here makes encodings
};
using DeviceLibraryPtr = std::shared_ptr<const DeviceLibrary>;

// The media of a folder of this computer; with a farm as it is looked into, and with what makes encodings. Blocks. Once
// `isWanted` says no it ends within a moment: Cancelled.
core::Result<DeviceLibraryPtr> readFolder(const std::string& folder, const FolderFarmPtr& farm = nullptr,
                                          const std::function<bool()>& isWanted = {},
                                          const sync::FolderSource::Told& told = {});

// Whether the device at `place` and the library's folder are one in the other (isOneInTheOther). The disk is asked on a
// thread of the pool, as it may be asleep, or hang. `answer` comes on the GUI thread, at once where nothing is to be
// asked, and never once `asker` is gone.
void askIsOneInTheOther(const std::string& place, const std::string& folder, QObject* asker,
                        std::function<void(bool is)> answer);

// How much of a library was read by now; `total` 0: it is not known how much there is.
struct LibraryProgress {
    std::size_t done = 0, total = 0;
};

// Where a library comes from: a folder, the account's server. What is under way ends with it. GUI thread.
class DeviceLibraryProvider {
public:
    using Done = std::function<void(core::Result<DeviceLibraryPtr> library)>;
    virtual ~DeviceLibraryProvider() = default;
    virtual void load(Done done) = 0;  // a later call takes the place of one that is under way
    virtual LibraryProgress progress() const = 0;
};

// The media of a folder of this computer, read on a thread of the pool. Invalid when it and the device that they are
// for are one in the other: what is put there would come again each time.
class FolderLibrary final : public DeviceLibraryProvider {
public:
    using MakeFarm = std::function<FolderFarmPtr()>;  // called on the pool's thread; empty: there is none
    explicit FolderLibrary(std::string folder, std::string device = {}, MakeFarm farm = {})
        : folder_(std::move(folder)), device_(std::move(device)), farm_(std::move(farm)) {}
    ~FolderLibrary() override { *alive_ = 0; }
    void load(Done done) override;
    LibraryProgress progress() const override { return {seen_->done, seen_->total}; }

private:
    struct Seen {
        std::atomic<std::size_t> done{0}, total{0};
    };
    std::string folder_, device_;  // device_: its place; "": none
    MakeFarm farm_;
    std::shared_ptr<Seen> seen_ = std::make_shared<Seen>();
    // The number of the latest call; 0: gone, and what is under way ends, as the program's end waits for the pool.
    std::shared_ptr<std::atomic<int>> alive_ = std::make_shared<std::atomic<int>>(1);
};

}  // namespace marea::app
