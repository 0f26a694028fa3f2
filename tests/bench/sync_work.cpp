// Plans for tests/bench/sync.py: a library of made-up tracks, a device that has nearly all of them.
//   sync_work ITEMS ROUNDS          milliseconds of one plan a line: to an empty device, to one that is nearly in step
//   sync_work ITEMS ROUNDS FOLDER   milliseconds of a whole sync that finds nothing to do, with a device in FOLDER

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sync/devices/massstorage/massstoragetarget.h"
#include "sync/engine/devicelibrary.h"
#include "sync/engine/journalfile.h"
#include "sync/engine/syncengine.h"
#include "sync/plan/plan.h"

using namespace marea::sync;

namespace {

std::vector<LibraryItem> madeUp(std::size_t count) {
    std::vector<LibraryItem> items(count);
    for (std::size_t i = 0; i < count; ++i) {
        LibraryItem& item = items[i];
        const std::string number = std::to_string(i);
        item.id = "0190c2f0-0000-7000-8000-" + std::string(12 - number.size(), '0') + number;
        item.kind = "track";
        item.artist = i % 10 == 0 ? "Mötley Crüe " + std::to_string(i / 100) : "Artist " + std::to_string(i / 100);
        item.path = item.artist + "/Album " + std::to_string(i / 10) + "/" + std::to_string(i % 10) + " Song " +
                    number + ".mp3";
        item.fingerprint = "fingerprint-" + number;
        item.size = 5'000'000 + static_cast<std::int64_t>(i);
        item.duration = 200;
        item.format = {"mp3", "mp3", "", 2, 44'100, 0, 0, 192'000};
        item.addedAt = static_cast<std::int64_t>(i / 12);
    }
    return items;
}

// All but one file in fifty; of the rest one in fifty has another name in the library by now.
DeviceState nearlyInStep(const Plan& plan) {
    DeviceState device;
    std::size_t number = 0;
    for (const Step& step : plan.steps) {
        ++number;
        if (step.action != Action::Copy || number % 50 == 0) {
            continue;
        }
        DeviceFile file{step.item, step.to, step.wanted, step.bytes, step.fingerprint, step.encoding, "", true};
        if (number % 50 == 1) {
            file.item += "-old";
            file.wanted = file.path = "Music/Old/" + std::to_string(number) + ".mp3";
        }
        device.listed.push_back({file.path, file.size});
        device.library.files.push_back(std::move(file));
    }
    return device;
}

double milliseconds(const std::vector<LibraryItem>& items, const DeviceProfile& profile, const DeviceState& device) {
    const auto began = std::chrono::steady_clock::now();
    const Plan plan = makePlan({items, {}, {}, profile, device, {}, true});
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - began;
    return plan.steps.empty() ? -1 : taken.count();
}

// A device that has all of them already: small files, as only their sizes are looked at.
void fill(const std::string& folder, std::vector<LibraryItem>& items, const DeviceProfile& profile) {
    namespace fs = std::filesystem;
    DeviceState empty;
    empty.freeBytes = std::int64_t{1} << 50;
    for (LibraryItem& item : items) {
        item.size = 3;
    }
    LibraryFile library{"0190c2f0-0000-7000-8000-000000000001", {}};
    for (const Step& step : makePlan({items, {}, {}, profile, empty, {}, true}).steps) {
        const fs::path path = fs::path(folder) / step.to;
        fs::create_directories(path.parent_path());
        std::ofstream(path) << "abc";
        library.files.push_back({step.item, step.to, step.wanted, 3, step.fingerprint, "", "checksum", true});
    }
    std::ofstream(fs::path(folder) / kLibraryPath) << libraryFileText(library);
}

class NoSource final : public LibrarySource {
public:
    marea::core::Result<std::unique_ptr<ByteStream>> open(const LibraryItem&) override {
        return marea::core::fail(marea::core::ErrorCode::NotFound, "Nothing is to be copied.");
    }
};

// What is there, the plan, and its run; -1 when there was something to do.
double nothingToDo(Target& target, const std::string& state, const std::vector<LibraryItem>& items,
                   const DeviceProfile& profile) {
    const auto began = std::chrono::steady_clock::now();
    const marea::core::SystemClock clock;
    auto journal = JournalFile::open(state);
    SyncEngine engine(target, **journal, clock);
    const auto found = engine.begin();
    if (!found) {
        return -1;
    }
    const Plan plan = makePlan({items, {}, {}, profile, *found, {}, true});
    NoSource source;
    SyncControl control;
    const auto report = engine.run(plan, items, profile, *found, source, {}, control, {});
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - began;
    return report && plan.count(Action::Keep) == items.size() ? taken.count() : -1;
}

int resync(const std::string& folder, std::vector<LibraryItem> items, int rounds) {
    const DeviceProfile& profile = profileFor(builtInProfiles(), "");
    const std::string device = folder + "/device";
    fill(device, items, profile);
    const auto target = MassStorageTarget::open(device);
    for (; target && rounds > 0; --rounds) {
        std::printf("%.2f\n", nothingToDo(**target, folder + "/journal", items, profile));
    }
    return target ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        return 2;
    }
    if (argc > 3) {
        return resync(argv[3], madeUp(std::strtoull(argv[1], nullptr, 10)), std::atoi(argv[2]));
    }
    const std::vector<LibraryItem> items = madeUp(std::strtoull(argv[1], nullptr, 10));
    const DeviceProfile& profile = profileFor(builtInProfiles(), "");
    DeviceState empty;
    empty.freeBytes = std::int64_t{1} << 50;
    DeviceState device = nearlyInStep(makePlan({items, {}, {}, profile, empty, {}, true}));
    device.freeBytes = empty.freeBytes;
    for (int round = std::atoi(argv[2]); round > 0; --round) {
        std::printf("%.2f %.2f\n", milliseconds(items, profile, empty), milliseconds(items, profile, device));
    }
    return 0;
}
