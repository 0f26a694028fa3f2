#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "core/base/id.h"
#include "lab.h"
#include "sync/engine/checksum.h"
#include "sync/engine/journalfile.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

std::string partOf(const FakeTarget& target) {
    for (const auto& [path, content] : target.files) {
        if (path.ends_with(".part")) {
            return path;
        }
    }
    return "";
}

// MAREA_SEED=N begins elsewhere; every failure names its seed.
std::uint32_t firstSeed() {
    const char* value = std::getenv("MAREA_SEED");
    return value ? static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10)) : 1;
}

std::uint32_t lives() {
    const char* value = std::getenv("MAREA_LONG");
    return value && std::string_view(value) == "1" ? 400 : 12;
}

// A library that differs from the one before in everything that can differ.
void shuffle(FakeSource& source, std::mt19937& random) {
    source.all.clear();
    for (int i = 0; i < 9; ++i) {
        if (random() % 4 == 0) {
            continue;
        }
        LibraryItem item = song("s" + std::to_string(i), "c" + std::to_string(random() % 12),
                                static_cast<std::int64_t>(1 + random() % 4000));
        item.size = static_cast<std::int64_t>(1000 + item.fingerprint.size() * 100 +
                                              item.fingerprint.back());  // of its content
        item.path = (random() % 2 == 0 ? "s" : "x/s") + std::to_string(random() % 9) + ".mp3";
        source.all.push_back(std::move(item));
    }
}

class CountingEncoder final : public DeviceEncoder {
public:
    int encoded = 0;
    core::Result<void> encode(const LibraryItem& item, const Encoding& encoding, const std::string& path,
                              SyncControl&) override {
        ++encoded;
        std::ofstream(path) << encoding.name << " of " << item.fingerprint;
        return {};
    }
};

}  // namespace

TEST_F(Lab, FirstCopiesAllThenNothing) {
    source.all = {song("a", "A"), song("b/c", "C", 0), song("mine", "M")};
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 3u);
    EXPECT_EQ(report->bytes, 10'000);
    EXPECT_TRUE(report->problems.empty());
    expectInStep();
    EXPECT_EQ(fileOf("mine")->path, "Music/mine (2).mp3");
    const std::int64_t before = target.bytesWritten;
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.bytesWritten, before) << "not even the library file is written again";
    EXPECT_TRUE(journal.text.empty());
}

TEST_F(Lab, DeletesAndReplacesWhatIsOurs) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    source.all = {song("a", "A2", 70)};
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->deleted, 1u);
    EXPECT_EQ(report->written, 1u);
    expectInStep();
}

TEST_F(Lab, FilesThatChangePlacesAreMovedWithoutAByte) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    std::swap(source.all[0].path, source.all[1].path);
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->moved, 2u);
    EXPECT_EQ(report->written, 0u);
    expectInStep();
    EXPECT_EQ(fileOf("a")->path, "Music/b.mp3");
}

TEST_F(Lab, AKilledProgramGoesOnWhereItStopped) {
    for (std::uint32_t seed = firstSeed(); seed < firstSeed() + lives(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        target.files = foreign;
        target.can.moves = static_cast<Moves>(seed % 3);
        target.can.completes = seed % 2 == 0;
        journal.text.clear();
        for (int round = 0; round < 20; ++round) {
            shuffle(source, random);
            Fate fate;
            fate.killAt = random() % 90;
            target.fate = journal.fate = &fate;
            try {
                const auto report = sync();
                ASSERT_TRUE(report) << report.error().text << " " << report.error().detail;
            } catch (const Killed&) {
            }
            target.fate = journal.fate = nullptr;
            for (const auto& [path, content] : foreign) {
                ASSERT_EQ(target.files[path], content);
            }
            if (round % 4 == 3) {
                const auto report = sync();
                ASSERT_TRUE(report) << report.error().text;
                ASSERT_TRUE(report->problems.empty()) << report->problems[0].path << report->problems[0].reason;
                expectInStep();
                const std::int64_t before = target.bytesWritten;
                ASSERT_TRUE(sync());
                ASSERT_EQ(target.bytesWritten, before);
            }
            if (HasFailure()) {
                FAIL() << "round " << round;
            }
        }
    }
}

// The first run was killed while it wrote the first library file of all; so is the second, at each moment.
TEST_F(Lab, APartOfANewLibraryFileIsNotTakenForAWholeOne) {
    source.all = {song("a", "A")};
    for (const Moves moves : {Moves::Nowhere, Moves::WithinAFolder, Moves::Anywhere}) {
        target.can.moves = moves;
        for (int killAt = 0, hasEnded = 0; hasEnded == 0; ++killAt) {
            SCOPED_TRACE(killAt);
            target.files = foreign;
            target.files[kNewLibraryPath] = R"({"version":1,"device":"x","fi)";
            journal.text.clear();
            Fate fate;
            fate.killAt = killAt;
            target.fate = journal.fate = &fate;
            try {
                hasEnded = sync() ? 1 : -1;
            } catch (const Killed&) {
            }
            target.fate = journal.fate = nullptr;
            ASSERT_GE(hasEnded, 0);
            const auto report = sync();
            ASSERT_TRUE(report) << report.error().text;
            expectInStep();
        }
    }
}

TEST_F(Lab, AKilledProgramDoesNotCopyAgainWhatIsThere) {
    for (int i = 0; i < 10; ++i) {
        source.all.push_back(song("s" + std::to_string(i), "c" + std::to_string(i)));
    }
    Fate fate;
    fate.killAt = 80;
    target.fate = journal.fate = &fate;
    EXPECT_THROW(static_cast<void>(sync()), Killed);
    target.fate = journal.fate = nullptr;
    const std::int64_t before = target.bytesWritten;
    ASSERT_GT(before, 15'000);
    ASSERT_TRUE(sync());
    EXPECT_LT(target.bytesWritten, 50'000 + 5'000 + 10'000) << "at most one file was begun again";
    expectInStep();
}

// At whatever byte it was cut off.
TEST_F(Lab, AFileThatWasCutOffIsGoneOnWith) {
    target.can.completes = true;
    source.all = {song("film", "film", 90'000)};
    target.pullAfter = 60'000;
    const auto cut = sync();
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, core::ErrorCode::Unavailable);
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    target.capacity = 90'000 + 5'000'000;  // the part counts as room for what it is of
    ASSERT_TRUE(sync());
    EXPECT_LT(target.bytesWritten, 90'000 + 5'000);
    expectInStep();
    EXPECT_EQ(target.files.size(), foreign.size() + 2) << "the file, and the library file";
}

TEST_F(Lab, APartThatHasSomethingElseInItIsOverwritten) {
    target.can.completes = true;
    source.all = {song("film", "film", 90'000)};
    target.pullAfter = 60'000;
    ASSERT_FALSE(sync());
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    std::string& part = target.files.at(partOf(target));
    part[50'000] ^= 1;          // as after a pull, which leaves blocks that were never written
    part.resize(200'000, 'x');  // and more than there should be
    ASSERT_TRUE(sync());
    expectInStep();
    EXPECT_GT(target.bytesWritten, 60'000 + 40'000);
}

TEST_F(Lab, APartOfWhatIsNoLongerWantedGoesFirst) {
    target.can.completes = true;
    source.all = {song("film", "film", 90'000)};
    target.pullAfter = 60'000;
    ASSERT_FALSE(sync());
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    source.all = {song("other", "other", 90'000)};
    target.capacity = 4 * 1024 * 1024 + 100'000 + 90'000;  // there is no room for both
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty());
    expectInStep();
    EXPECT_EQ(target.files.size(), foreign.size() + 2);
    EXPECT_TRUE(journal.text.empty());
}

// Where nothing else is to be done that is work, too: nobody would begin a run otherwise.
TEST_F(Lab, APartThatNothingGoesOnWithIsWorkForThePlan) {
    target.can.completes = true;
    source.all = {song("film", "film", 90'000)};
    target.pullAfter = 60'000;
    ASSERT_FALSE(sync());
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    const auto leftovers = [&] {
        const auto state = SyncEngine(target, journal, clock).begin();
        return makePlan({source.all, {}, {}, profile, *state, {}, true}).leftovers;
    };
    EXPECT_TRUE(leftovers().empty()) << "the next run goes on with it";
    source.all.clear();
    EXPECT_EQ(leftovers(), std::vector{partOf(target)});
    ASSERT_TRUE(sync());
    EXPECT_TRUE(leftovers().empty());
    EXPECT_EQ(partOf(target), "");
}

// The same item, changed meanwhile: by its bytes it is seen that the part is of another file.
TEST_F(Lab, APartOfAFileThatChangedIsNoneOfIt) {
    target.can.completes = true;
    source.all = {song("film", "film", 90'000)};
    target.pullAfter = 60'000;
    ASSERT_FALSE(sync());
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    source.all = {song("film", "another cut", 80'000)};
    ASSERT_TRUE(sync());
    expectInStep();
    EXPECT_EQ(target.files.size(), foreign.size() + 2);
}

// One that the device does not let go of is remembered, and does not keep all else from coming.
TEST_F(Lab, ALeftoverThatStaysHoldsNothingUp) {
    source.all = {song("a", "A"), song("b", "B")};
    target.pullAfter = 2'000;
    ASSERT_FALSE(sync());
    target.pullAfter = std::numeric_limits<std::int64_t>::max();
    target.stuck = partOf(target);
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files.size(), foreign.size() + 4) << "two, the library file, and what is left";
    EXPECT_FALSE(journal.text.empty());
    target.stuck.clear();
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files.size(), foreign.size() + 3);
    EXPECT_TRUE(journal.text.empty());
}

TEST_F(Lab, ACablePulledAnywhereLosesNothing) {
    for (std::uint32_t seed = firstSeed(); seed < firstSeed() + lives(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        target.files = foreign;
        target.can.moves = static_cast<Moves>(seed % 3);
        target.can.completes = seed % 2 == 0;
        journal.text.clear();
        for (int round = 0; round < 20; ++round) {
            shuffle(source, random);
            target.pullAfter = target.bytesWritten + random() % 12'000;
            const auto cut = sync();
            ASSERT_TRUE(cut || isGone(cut.error())) << cut.error().text;
            target.pullAfter = std::numeric_limits<std::int64_t>::max();
            const auto report = sync();
            ASSERT_TRUE(report) << report.error().text;
            ASSERT_TRUE(report->problems.empty()) << report->problems[0].reason;
            expectInStep();
            if (HasFailure()) {
                FAIL() << "round " << round;
            }
        }
    }
}

TEST_F(Lab, CancellingKeepsWhatIsDoneAndNotesIt) {
    for (int i = 0; i < 5; ++i) {
        source.all.push_back(song("s" + std::to_string(i), "c" + std::to_string(i)));
    }
    SyncControl stop;
    SyncEngine engine(target, journal, clock);
    const auto state = engine.begin();
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
    const auto report = engine.run(plan, source.all, profile, *state, source, {}, stop, [&](const Progress& progress) {
        if (progress.filesDone == 2) {
            stop.cancel();
        }
    });
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, core::ErrorCode::Cancelled);
    const auto library = libraryFileFrom(target.files[kLibraryPath]);
    ASSERT_TRUE(library);
    EXPECT_EQ(library->files.size(), 2u);
    ASSERT_TRUE(sync());
    EXPECT_EQ(last.count(Action::Copy), 3u);
    expectInStep();
}

TEST_F(Lab, LookingAtADeviceIsCalledOffBeforeAllIsListed) {
    SyncControl calledOff;
    calledOff.cancel();
    const auto state = SyncEngine(target, journal, clock).begin(&calledOff);
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().code, core::ErrorCode::Cancelled);
}

TEST_F(Lab, WhatIsSeenOfADeviceIsCounted) {
    SyncControl looking;
    SyncEngine engine(target, journal, clock);
    ASSERT_TRUE(engine.begin(&looking));
    EXPECT_EQ(looking.looks(), foreign.size());
}

TEST_F(Lab, PausedItWritesNothingUntilItGoesOn) {
    source.all = {song("a", "A"), song("b", "B")};
    SyncControl pausing;
    SyncEngine engine(target, journal, clock);
    const auto state = engine.begin();
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
    std::thread other;
    const auto report =
        engine.run(plan, source.all, profile, *state, source, {}, pausing, [&](const Progress& progress) {
            if (progress.filesDone == 1 && !other.joinable()) {
                pausing.pause();
                other = std::thread([&] { pausing.resume(); });
            }
        });
    ASSERT_TRUE(other.joinable());
    other.join();
    ASSERT_TRUE(report) << report.error().text;
    expectInStep();
    pausing.pause();
    pausing.cancel();
    EXPECT_FALSE(pausing.goOn()) << "a pause does not keep it from being cancelled";
}

TEST_F(Lab, EncodesOnceWhileItCopies) {
    const std::string folder = (std::filesystem::temp_directory_path() / ("marea-encode-" + core::newId())).string();
    EncodeCache cache(folder, 1'000'000);
    CountingEncoder encoder;
    encoding = {&encoder, &cache};
    profile.audioEncoding = Encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0};
    for (int i = 0; i < 12; ++i) {
        source.all.push_back(song("s" + std::to_string(i), "c" + std::to_string(i)));
        if (i % 2 == 0) {
            source.all.back().format.audioCodec = "flac";
        }
    }
    auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 12u);
    EXPECT_EQ(encoder.encoded, 6);
    EXPECT_EQ(target.files["Music/s0.mp3"], "mp3-192 of c0");
    ASSERT_TRUE(sync());
    EXPECT_EQ(encoder.encoded, 6);
    target.files = foreign;  // another device
    ASSERT_TRUE(sync());
    EXPECT_EQ(encoder.encoded, 6) << "the cache has them";
    EncodeCache small(folder, 20);
    encoding.cache = &small;
    source.all.back().format.audioCodec = "flac";
    target.files = foreign;
    report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(encoder.encoded, 7 + 4) << "those after it had to make room";
    std::filesystem::remove_all(folder);
}

TEST_F(Lab, AnOlderMareaLeavesADeviceOfANewerOneAlone) {
    target.files[kLibraryPath] = R"({"version":3})";
    const auto before = target.files;
    const auto report = sync();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(target.files, before);
}

// Two sticks of one name, in the same place one after the other.
TEST_F(Lab, AJournalOfTheDeviceThatWasHereBeforeTakesNoFilesOfThisOne) {
    source.all = {song("a", "A")};
    foreign["Music/a.mp3"] = std::string(5000, 'x');  // of the path and the size of what the other one got
    for (const std::string other : {"this", "other"}) {
        target.files = foreign;
        target.files[kLibraryPath] = libraryFileText({"this", {}});
        journal.text = journalLine({JournalEntry::What::Verified,
                                    "Music/marea-1.part",
                                    "",
                                    {"a", "Music/a.mp3", "Music/a.mp3", 5000, "A", "", "c", true},
                                    other}) +
                       "\n";
        ASSERT_TRUE(sync());
        EXPECT_EQ(target.files["Music/a.mp3"], foreign["Music/a.mp3"]);
        ASSERT_TRUE(fileOf("a"));
        EXPECT_EQ(fileOf("a")->path, other == "this" ? "Music/a.mp3" : "Music/a (2).mp3");
    }
}

// It may be back, with what was cut off.
TEST_F(Lab, PartsThatAJournalKnowsGoWhateverTheDeviceIsCalledByNow) {
    target.files[kLibraryPath] = libraryFileText({"by another computer", {}});
    target.files["Music/marea-1.part"] = "half";
    journal.text = journalLine({JournalEntry::What::Writing,
                                "Music/marea-1.part",
                                "",
                                {"a", "Music/a.mp3", "Music/a.mp3", 5000, "A", "", "", true},
                                "this"}) +
                   "\n";
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files.count("Music/marea-1.part"), 0u);
}

TEST(Checksums, AreThoseOfTheStandard) {
    Checksum checksum;  // FIPS 180-4's "abc", in two parts
    checksum.add({reinterpret_cast<const std::uint8_t*>("ab"), 2});
    checksum.add({reinterpret_cast<const std::uint8_t*>("c"), 1});
    EXPECT_EQ(checksum.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Checksum().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(JournalFiles, KeepWholeLinesAndOneProgramOnly) {
    const std::string path = (std::filesystem::temp_directory_path() / ("marea-journal-" + core::newId())).string();
    JournalEntry entry{JournalEntry::What::Verified, "p.part", "old", {"i", "a/b", "w", 3, "f", "", "c", true}};
    {
        auto journal = JournalFile::open(path);
        ASSERT_TRUE(journal) << journal.error().text;
        EXPECT_EQ(JournalFile::open(path).error().code, core::ErrorCode::Busy);
        ASSERT_TRUE((*journal)->add(entry));
    }
    std::ofstream(path, std::ios::app) << R"({"what":"done","pa)";  // cut off
    auto journal = JournalFile::open(path);
    ASSERT_TRUE(journal);
    ASSERT_EQ((*journal)->entries()->size(), 1u);
    ASSERT_TRUE((*journal)->add(entry));
    const auto entries = (*journal)->entries();
    ASSERT_EQ(entries->size(), 2u);
    EXPECT_EQ((*entries)[1].file, entry.file);
    EXPECT_EQ((*entries)[1].from, "old");
    ASSERT_TRUE((*journal)->clear());
    EXPECT_TRUE((*journal)->entries()->empty());
    std::filesystem::remove(path);
}

TEST(ProgressMeters, TellRateAndRemainingTime) {
    ProgressMeter meter(2, 20'000);
    meter.begin("a");
    for (int i = 1; i <= 10; ++i) {
        meter.wrote(1000, i * 200);
    }
    EXPECT_EQ(meter.progress().bytesDone, 10'000);
    EXPECT_NEAR(meter.progress().bytesPerSecond, 5000, 600);
    EXPECT_NEAR(*meter.progress().secondsLeft, 2, 0.3);
    meter.ended(10'000, 12'000, 2100);  // larger than the plan took it for
    EXPECT_EQ(meter.progress().bytesTotal, 22'000);
    EXPECT_EQ(meter.progress().filesDone, 1u);
    meter.wrote(500, 2300);
    meter.ended(10'000, 0, 2400);  // given up
    EXPECT_EQ(meter.progress().bytesTotal, 12'000);
    EXPECT_EQ(meter.progress().bytesDone, 12'000);
    meter.wrote(1, 100);  // the clock went back
    EXPECT_GE(meter.progress().bytesPerSecond, 0);
}
