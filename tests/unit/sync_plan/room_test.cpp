#include <gtest/gtest.h>

#include "sync/plan/plan.h"

using namespace marea;
using namespace marea::sync;

namespace {

constexpr std::int64_t kTables = 4 * 1024 * 1024;  // left free for the file system

std::vector<LibraryItem> manySmallFiles(int count, std::int64_t size) {
    std::vector<LibraryItem> items;
    for (int i = 0; i < count; ++i) {
        LibraryItem item;
        item.id = std::string(60, 'i') + std::to_string(i);
        item.kind = "track";
        item.path = "Album/" + std::string(60, 'x') + std::to_string(i) + ".mp3";
        item.fingerprint = std::string(60, 'f') + std::to_string(i);
        item.size = size;
        item.format = {"mp3", "mp3", "", 2, 44'100, 0, 0, 192'000};
        items.push_back(std::move(item));
    }
    return items;
}

// As a run of the plan leaves it.
LibraryFile libraryAfter(const Plan& plan) {
    LibraryFile library{std::string(36, 'd'), {}};
    for (const Step& step : plan.steps) {
        if (step.action == Action::Copy) {
            library.files.push_back({step.item, step.to, step.wanted, step.bytes, step.fingerprint, step.encoding,
                                     std::string(64, 'c'), true});
        }
    }
    return library;
}

}  // namespace

TEST(Room, IsLeftForTheLibraryFileOfManyFiles) {
    const std::vector<LibraryItem> items = manySmallFiles(15'000, 100);
    for (const Moves moves : {Moves::Anywhere, Moves::Nowhere}) {
        DeviceState device;
        device.moves = moves;
        device.freeBytes = kTables + 15'000 * 100;
        const Plan plan = makePlan({items, {}, {}, profileFor(builtInProfiles(), "rockbox"), device, {}, true});
        const LibraryFile library = libraryAfter(plan);
        const std::int64_t times = moves == Moves::Nowhere ? 2 : 1;  // it is written twice
        const std::int64_t bytes = times * static_cast<std::int64_t>(libraryFileText(library).size());
        EXPECT_LE(bytes, plan.libraryBytes);
        EXPECT_LE(plan.bytesToWrite + bytes + kTables, device.freeBytes);
        EXPECT_GT(library.files.size(), 500u);
        EXPECT_EQ(library.files.size() + plan.count(Action::LeftOut), items.size());
    }
}

// What cannot be read again may not be written.
TEST(Room, OfTheLibraryFileItselfIsNotExceeded) {
    const std::vector<LibraryItem> items = manySmallFiles(400, 100);
    const DeviceProfile& profile = profileFor(builtInProfiles(), "rockbox");
    DeviceState device;
    device.freeBytes = std::int64_t{1} << 40;
    constexpr std::int64_t kMost = 100'000;
    const Plan plan = makePlan({items, {}, {}, profile, device, {}, true, kMost});
    device.library = libraryAfter(plan);
    EXPECT_LE(libraryFileText(device.library).size(), static_cast<std::size_t>(kMost));
    EXPECT_GT(device.library.files.size(), 100u);
    EXPECT_EQ(device.library.files.size() + plan.count(Action::LeftOut), items.size());
    for (const DeviceFile& file : device.library.files) {
        device.listed.push_back({file.path, file.size});
    }
    const Plan next = makePlan({items, {}, {}, profile, device, {}, true, kMost});
    EXPECT_EQ(next.count(Action::Copy), 0u) << "and it comes to rest";
    EXPECT_EQ(next.count(Action::LeftOut), plan.count(Action::LeftOut));
    const std::vector<LibraryItem> few(items.begin(), items.begin() + 150);
    EXPECT_EQ(makePlan({few, {}, {}, profile, device, {}, true, kMost}).count(Action::LeftOut), 0u);
    EXPECT_EQ(makePlan({items, {}, {}, profile, device, {}, true}).count(Action::LeftOut), 0u) << "there is room";
}
