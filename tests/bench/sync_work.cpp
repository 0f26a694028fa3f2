// Plans for tests/bench/sync.py: a library of made-up tracks, a device that has nearly all of them.
//   sync_work ITEMS ROUNDS     milliseconds of one plan a line: to an empty device, to one that is nearly in step

#include <chrono>
#include <cstdio>
#include <cstdlib>

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

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
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
