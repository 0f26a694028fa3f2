#include "app/embedded/embeddedfarm.h"

#include <filesystem>
#include <mutex>

#include "server/host/filefarm.h"

namespace marea::app {

namespace {

class EmbeddedFarm final : public FolderFarm {
public:
    explicit EmbeddedFarm(std::unique_ptr<server::FileFarm> farm) : farm_(std::move(farm)) {}

    core::Prober& prober() override { return farm_->prober(); }
    std::size_t atOnce() const override { return farm_->atOnce(); }
    core::Result<void> make(core::FileHandle file, const std::string& name, const DownloadForm& form,
                            const std::string& path, const sync::SyncControl& control) override {
        return farm_->make({std::move(file), name, form.quality.toStdString(), form.format.toStdString()}, path,
                           [&control] { return control.isCancelled(); });
    }

private:
    std::unique_ptr<server::FileFarm> farm_;
};

struct Shared {
    std::mutex mutex;
    std::weak_ptr<FolderFarm> farm;
};

}  // namespace

FolderFarms embeddedFarms(int cores) {
    return [cores, shared = std::make_shared<Shared>()](const std::string& folder) -> FolderFarmPtr {
        const std::lock_guard lock(shared->mutex);
        auto farm = shared->farm.lock();
        if (!farm) {
            auto made = server::FileFarm::open({std::filesystem::absolute(folder).string(), cores, {}});
            farm = made ? std::make_shared<EmbeddedFarm>(std::move(*made)) : nullptr;
            shared->farm = farm;
        }
        return farm;
    };
}

}  // namespace marea::app
