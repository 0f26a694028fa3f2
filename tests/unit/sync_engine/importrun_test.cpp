#include "sync/engine/importrun.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/id.h"
#include "faketarget.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;
namespace fs = std::filesystem;

namespace {

struct Import : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("marea-import-" + core::newId());
    FakeTarget device;
    core::SystemClock clock;
    SyncControl control;

    Import() {
        device.files = {
            {"DCIM/IMG_20240709_1.jpg", "first"}, {"DCIM/IMG_20240709_2.jpg", "second"}, {"Music/a.mp3", "a song"}};
    }
    ~Import() override { fs::remove_all(folder); }

    core::Result<ImportReport> run(const std::string& name = "mtp:1", const ProgressSink& progress = {}) {
        return importTaken(device, name, folder.string(), clock, control, progress);
    }
    std::map<std::string, std::string> there() const {
        std::map<std::string, std::string> files;
        for (const auto& file : fs::recursive_directory_iterator(folder)) {
            if (file.is_regular_file() && file.path().filename() != ".marea-imports") {
                std::ostringstream text;
                text << std::ifstream(file.path(), std::ios::binary).rdbuf();
                files[file.path().lexically_relative(folder).generic_string()] = text.str();
            }
        }
        return files;
    }
};

}  // namespace

TEST_F(Import, BringsWhatWasTakenByDaysAndNothingTwice) {
    const auto before = device.files;
    auto report = run();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->imported, 2u);
    EXPECT_EQ(report->bytes, 11);
    EXPECT_EQ(there(), (std::map<std::string, std::string>{{"2024/2024-07-09/IMG_20240709_1.jpg", "first"},
                                                           {"2024/2024-07-09/IMG_20240709_2.jpg", "second"}}));
    EXPECT_EQ(device.files, before) << "nothing on the device is changed";
    fs::remove(folder / "2024/2024-07-09/IMG_20240709_1.jpg");
    report = run();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->imported, 0u) << "who deleted it does not want it again";
    EXPECT_EQ(there().size(), 1u);
}

TEST_F(Import, TheSameContentOfAnotherDeviceIsKnown) {
    ASSERT_TRUE(run());
    device.files = {{"DCIM/100/P1.jpg", "second"}, {"DCIM/100/P2.jpg", "third"}};
    const auto report = run("stick");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->imported, 1u);
    EXPECT_EQ(report->known, 1u);
    EXPECT_EQ(there().size(), 3u);
    EXPECT_EQ(run("stick")->known, 0u) << "it is not even read again";
}

TEST_F(Import, OverwritesNothing) {
    fs::create_directories(folder / "2024/2024-07-09");
    std::ofstream(folder / "2024/2024-07-09/IMG_20240709_1.jpg") << "mine";
    ASSERT_TRUE(run());
    const auto files = there();
    EXPECT_EQ(files.at("2024/2024-07-09/IMG_20240709_1.jpg"), "mine");
    EXPECT_EQ(files.at("2024/2024-07-09/IMG_20240709_1 (2).jpg"), "first");
}

TEST_F(Import, CalledOffItLeavesNoPartAndGoesOnLater) {
    const auto report = run("mtp:1", [&](const Progress& progress) {
        if (progress.filesDone == 1) {
            control.cancel();
        }
    });
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(there().size(), 1u);
    SyncControl again;
    EXPECT_EQ(importTaken(device, "mtp:1", folder.string(), clock, again, {})->imported, 1u);
    EXPECT_EQ(there().size(), 2u);
}

TEST_F(Import, ADeviceThatGoesOnWithoutEndFillsNoDisk) {
    device.isEndless = true;
    const auto report = run();
    ASSERT_TRUE(report) << report.error().text;
    ASSERT_EQ(report->problems.size(), 2u);
    EXPECT_EQ(report->problems[0].reason, "The device gives more than the file is said to have.");
    EXPECT_TRUE(there().empty()) << "no part is left";
}

TEST_F(Import, AFolderThatMayNotBeOpenedIsTold) {
    device.files["DCIM/20240709.jpg/IMG_3.jpg"] = "third";
    device.closed = "DCIM/20240709.jpg";
    const auto report = run();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->imported, 2u);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].path, device.closed);
    device.closed = "Music";
    EXPECT_TRUE(run()->problems.empty()) << "nothing that was taken is in there";
}

TEST_F(Import, APulledDeviceEndsIt) {
    device.pullAfter = 0;
    EXPECT_EQ(run().error().code, core::ErrorCode::Unavailable);
    EXPECT_TRUE(there().empty());
}

TEST_F(Import, ARecordThatWasCutOffIsReadAsFarAsItGoes) {
    ASSERT_TRUE(run());
    {
        std::ofstream record(folder / ".marea-imports", std::ios::app);
        record << "{\"mark\":\"half";
    }
    device.files["DCIM/new.jpg"] = "new";
    EXPECT_EQ(run()->imported, 1u);
    EXPECT_EQ(run()->imported, 0u) << "the line after the half one counts";
    std::ofstream(folder / ".marea-imports") << "{\"mark\":7}\n[]\nnull\n";
    EXPECT_EQ(run()->imported, 0u) << "what is there under its name is known";
}

TEST_F(Import, AFolderThatCannotBeWrittenIsNamed) {
    fs::create_directories(folder);
    const std::string file = (folder / "file").string();
    std::ofstream(file) << "x";
    const auto report = importTaken(device, "mtp:1", file, clock, control, {});
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().text.find("folder on the computer"), std::string::npos);
}

TEST_F(Import, WhatWasNamedAndNotNotedComesNoSecondTime) {
    ASSERT_TRUE(run());
    fs::remove(folder / ".marea-imports");  // as if it had been killed before it could note anything
    const auto report = run();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->imported, 0u);
    EXPECT_EQ(report->known, 2u);
    EXPECT_EQ(there().size(), 2u);
    EXPECT_EQ(run()->known, 0u) << "by now it is noted";
}

TEST_F(Import, PartsOfARunThatWasKilledGo) {
    const fs::path part = folder / "2024/2024-07-09/.marea-1234-5678.part",
                   mine = folder / "2024/2024-07-09/.marea.part";
    fs::create_directories(part.parent_path());
    std::ofstream(part) << "half of it";
    std::ofstream(mine) << "somebody's";
    {
        auto other = ImportRecord::open(folder.string());
        other->whereAlone([] {});
        const ImportReport report = *run();
        EXPECT_EQ(report.imported, 2u);
        EXPECT_TRUE(fs::exists(part)) << "it may be what the other one is writing";
    }
    device.files["DCIM/IMG_20240709_3.jpg"] = "third";
    ASSERT_TRUE(run());
    EXPECT_FALSE(fs::exists(part));
    EXPECT_TRUE(fs::exists(mine));
}
