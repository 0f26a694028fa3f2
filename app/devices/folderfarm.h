#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/devices/serveritems.h"
#include "core/io/prober.h"
#include "sync/engine/deviceencoder.h"
#include "sync/engine/foldersource.h"

namespace marea::app {

// What was found in files, so that nobody looks into them twice. Any thread.
class KnownFiles {
public:
    bool fill(sync::LibraryItem& item) const;  // false: not known
    void keep(const sync::LibraryItem& item);

private:
    struct Found {
        std::string kind;
        sync::FileFormat format;
        double duration = 0;
        sync::TrackTags tags;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Found> found_;
};

// What looks into the files of folders, and makes others of them, where no server does. Any thread.
class FolderFarm {
public:
    virtual ~FolderFarm() = default;
    virtual core::Prober& prober() = 0;
    virtual std::size_t atOnce() const = 0;  // files in the making, for full speed
    // Writes the file `path`. Blocks, and ends soon once `control` is cancelled.
    virtual core::Result<void> make(core::FileHandle file, const std::string& name, const DownloadForm& form,
                                    const std::string& path, const sync::SyncControl& control) = 0;
    KnownFiles& known() { return known_; }

private:
    KnownFiles known_;
};
using FolderFarmPtr = std::shared_ptr<FolderFarm>;
// `folder`: for what is under way. Null: there is none in this program.
using FolderFarms = std::function<FolderFarmPtr(const std::string& folder)>;

// Fills in what the files are made of. One that cannot be read stays what its name says. Blocks; false once `isWanted`
// says no, within a moment, whatever is under way.
bool lookInto(std::vector<sync::LibraryItem>& items, const sync::FolderSource& source, FolderFarm& farm,
              const std::function<bool()>& isWanted = {}, const sync::FolderSource::Told& told = {});

// The files of a folder as devices want them.
class FolderEncoder final : public sync::DeviceEncoder {
public:
    FolderEncoder(std::shared_ptr<sync::FolderSource> source, FolderFarmPtr farm)
        : source_(std::move(source)), farm_(std::move(farm)) {}

    core::Result<void> encode(const sync::LibraryItem& item, const sync::Encoding& encoding, const std::string& path,
                              sync::SyncControl& control) override;
    std::size_t atOnce() const override { return farm_->atOnce(); }

private:
    std::shared_ptr<sync::FolderSource> source_;
    FolderFarmPtr farm_;
};

}  // namespace marea::app
