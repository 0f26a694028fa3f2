#include "app/devices/devicesession.h"

namespace marea::app {

DeviceSession::DeviceSession(std::unique_ptr<sync::Target> target, std::string model,
                             std::unique_ptr<sync::JournalFile> journal, std::unique_ptr<sync::LibraryCopy> copy,
                             sync::LibraryOwner owner)
    : target_(std::move(target)),
      model_(std::move(model)),
      journal_(std::move(journal)),
      copy_(std::move(copy)),
      engine_(*target_, *journal_, clock_, copy_.get(), std::move(owner)) {}

core::Result<DeviceSession::Ptr> DeviceSession::open(const DeviceWish& wish, const DeviceFiles& files,
                                                     std::shared_ptr<Pulse> pulse, const Opener& opener) {
    pulse->asked();
    auto device = opener(wish);
    const auto may = device ? sync::mayBeWritten(*device->target) : core::unexpected<core::Error>(device.error());
    pulse->answered();
    if (!may) {
        return core::unexpected<core::Error>(may.error());
    }
    auto journal = files.journal(device->id);
    auto owner = journal ? files.owner() : core::unexpected<core::Error>(journal.error());
    if (!owner) {
        return core::unexpected<core::Error>(owner.error());
    }
    auto target = std::make_unique<WatchedTarget>(std::move(device->target), std::move(pulse));
    return Ptr(new DeviceSession(std::move(target), device->model, std::move(*journal), files.copy(device->id),
                                 std::move(*owner)));
}

core::Result<void> DeviceSession::read(sync::SyncControl& control) {
    auto state = engine_.begin(&control);
    const auto total = state ? target_->totalBytes() : core::unexpected<core::Error>(state.error());
    if (!total) {
        return core::unexpected<core::Error>(total.error());
    }
    state_ = std::move(*state);
    total_ = *total;
    return {};
}

sync::Plan DeviceSession::plan(const Wish& wish) const {
    const auto taken = wish.takeOver ? std::optional(sync::takenOver(state_)) : std::nullopt;
    const sync::Speeds speeds{.bytesPerSecond = static_cast<double>(wish.profile.bytesPerSecond)};
    return sync::makePlan({wish.library->items, wish.library->playlists, wish.rules, wish.profile,
                           taken ? *taken : state_, speeds, wish.library->encoder != nullptr});
}

core::Result<sync::SyncReport> DeviceSession::run(const sync::Plan& plan, const Wish& wish,
                                                  sync::EncodeCache* encodings, sync::SyncControl& control,
                                                  const sync::ProgressSink& progress) {
    const sync::EncodingParts encoding{wish.library->encoder.get(), encodings};
    const auto taken = wish.takeOver ? std::optional(sync::takenOver(state_)) : std::nullopt;
    return engine_.run(plan, wish.library->items, wish.profile, taken ? *taken : state_, *wish.library->source,
                       encoding, control, progress);
}

core::Result<sync::ImportReport> importFrom(DeviceWish wish, const std::string& folder, std::shared_ptr<Pulse> pulse,
                                            sync::SyncControl& control, const sync::ProgressSink& progress,
                                            const DeviceSession::Opener& opener) {
    wish.folders = {"DCIM"};
    pulse->asked();
    auto device = opener(wish);
    pulse->answered();
    if (!device) {
        return core::unexpected<core::Error>(device.error());
    }
    WatchedTarget target(std::move(device->target), std::move(pulse));
    return sync::importTaken(target, device->id, folder, core::SystemClock(), control, progress);
}

}  // namespace marea::app
