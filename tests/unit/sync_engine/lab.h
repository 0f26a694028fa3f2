#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "faketarget.h"
#include "sync/engine/devicelibrary.h"
#include "sync/engine/syncengine.h"

namespace marea::sync::test {

struct FixedClock : core::Clock {
    mutable core::TimeMs time = 1'800'000'000'000;
    core::TimeMs now() const override { return time += 10; }
};

// A device, a library and a journal in memory; each sync() is one start of the program.
struct Lab : ::testing::Test {
    FakeTarget target;
    FakeJournal journal;
    FakeSource source;
    FixedClock clock;
    SyncRules rules;
    std::vector<LibraryPlaylist> playlists;
    DeviceProfile profile;
    std::map<std::string, std::string> foreign{{"Music/mine.mp3", "foreign"}, {"photo.jpg", "a picture"}};
    Plan last;
    SyncControl* control = nullptr;
    EncodingParts encoding;

    Lab() {
        profile.containers = {"mp3"};
        profile.audio = {{"mp3", 2, 48'000}};
        profile.musicFolder = "Music";
        target.capacity = 8'000'000;
        target.files = foreign;
    }

    core::Result<SyncReport> sync() {
        SyncEngine engine(target, journal, clock);
        auto state = engine.begin();
        if (!state) {
            return core::unexpected<core::Error>(state.error());
        }
        last = makePlan({source.all, playlists, rules, profile, *state, {}, encoding.encoder != nullptr});
        SyncControl own;
        return engine.run(last, source.all, profile, *state, source, encoding, control ? *control : own, {});
    }

    void expectInStep() {
        std::map<std::string, std::string> expected = foreign;
        for (const LibraryItem& item : source.all) {
            const auto file = fileOf(item.id);
            ASSERT_TRUE(file) << item.id << planned();
            EXPECT_EQ(target.files[file->path], FakeSource::contentOf(item));
            expected[file->path] = FakeSource::contentOf(item);
        }
        expected[kLibraryPath] = target.files[kLibraryPath];
        EXPECT_EQ(names(target.files), names(expected));
        for (const auto& [path, content] : foreign) {
            EXPECT_EQ(target.files[path], content) << path;
        }
    }
    std::optional<DeviceFile> fileOf(const std::string& item) {
        const auto library = libraryFileFrom(target.files[kLibraryPath]);
        for (const DeviceFile& file : library ? library->files : std::vector<DeviceFile>{}) {
            if (file.item == item) {
                return file;
            }
        }
        return std::nullopt;
    }
    // The last plan, for whoever reads a failure.
    std::string planned() const {
        std::string text;
        for (const Step& step : last.steps) {
            text += std::string("\n") + name(step.action) + " " + step.item + " " + step.from + " > " + step.to + " " +
                    step.reason;
        }
        return text;
    }
    static std::vector<std::string> names(const std::map<std::string, std::string>& files) {
        std::vector<std::string> all;
        for (const auto& [path, content] : files) {
            all.push_back(path);
        }
        return all;
    }
};

}  // namespace marea::sync::test
