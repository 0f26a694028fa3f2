#pragma once

#include <functional>
#include <memory>
#include <vector>

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

// The media of a folder of this computer. Blocks.
core::Result<DeviceLibraryPtr> readFolder(const std::string& folder);

// Where a library comes from: a folder, the account's server. GUI thread.
class DeviceLibraryProvider {
public:
    using Done = std::function<void(core::Result<DeviceLibraryPtr> library)>;
    virtual ~DeviceLibraryProvider() = default;
    virtual void load(Done done) = 0;  // a later call takes the place of one that is under way
};

// The media of a folder of this computer, read on a thread of the pool.
class FolderLibrary final : public DeviceLibraryProvider {
public:
    explicit FolderLibrary(std::string folder) : folder_(std::move(folder)) {}
    ~FolderLibrary() override { *alive_ = 0; }
    void load(Done done) override;

private:
    std::string folder_;
    std::shared_ptr<int> alive_ = std::make_shared<int>(1);  // the number of the latest call; 0: gone. GUI thread
};

}  // namespace marea::app
