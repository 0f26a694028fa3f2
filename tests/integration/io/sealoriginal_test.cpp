#include "core/io/sealoriginal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

namespace marea::core {
namespace {

namespace fs = std::filesystem;

const std::string kOwnSecret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kKnown = "these very words stand in the original";

class Keys final : public SealSecrets {
public:
    Result<std::string> secretOf(const SealId& id) override {
        return id == own ? Result<std::string>(secret)
                         : fail(ErrorCode::Unavailable, "The key of this file is not here.");
    }
    SealId own{{7}};
    std::string secret = kOwnSecret;
};

// What happens to the folder while a file is worked on.
class Meanwhile final : public SealSecrets {
public:
    explicit Meanwhile(std::function<void()> happens) : happens_(std::move(happens)) {}
    Result<std::string> secretOf(const SealId&) override {
        happens_();
        return kOwnSecret;
    }

private:
    std::function<void()> happens_;
};

class SealOriginalTest : public testing::Test {
protected:
    SealOriginalTest() {
        char name[] = "/tmp/marea-seal-XXXXXX";
        folder = ::mkdtemp(name);
        fs::create_directories(folder / "Film (2020)");
        root = std::move(*openFolder(folder.string()));
    }
    ~SealOriginalTest() override { fs::remove_all(folder); }

    static std::string content(std::size_t size) {
        std::mt19937 numbers(static_cast<unsigned>(size));
        std::string made(size, '\0');
        for (std::size_t i = 0; i < size; ++i) {
            made[i] = static_cast<char>(numbers());
        }
        if (size > 2 * kKnown.size()) {
            made.replace(size / 2, kKnown.size(), kKnown);
        }
        return made;
    }
    void write(const std::string& path, const std::string& bytes) {
        std::ofstream(folder / path, std::ios::binary) << bytes;
    }
    std::string read(const std::string& path) {
        std::ostringstream text;
        text << std::ifstream(folder / path, std::ios::binary).rdbuf();
        return text.str();
    }
    // What whoever asks for it under its name gets.
    Result<std::string> asAsked(SealSecrets* secrets) {
        auto file = openOriginal(root, kPath, secrets);
        auto reader = file ? ClearReader::create(*file) : unexpected<Error>(file.error());
        const auto size = file ? status(*file) : unexpected<Error>(file.error());
        if (!reader || !size) {
            return unexpected<Error>(reader ? size.error() : reader.error());
        }
        std::string bytes(static_cast<std::size_t>(size->size) + 1, '\0');
        const auto got = reader->read(0, bytes.data(), bytes.size());
        if (got) {
            bytes.resize(*got);
        }
        return got ? Result<std::string>(bytes) : unexpected<Error>(got.error());
    }
    Result<SealOutcome> seal() { return sealOriginal(root, kPath, keys.own, kOwnSecret); }
    bool knownOnDisk() {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file() && read(fs::relative(entry.path(), folder)).find(kKnown) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    const std::string kPath = "Film (2020)/film.mkv";
    fs::path folder;
    FileHandle root;
    Keys keys;
};

TEST_F(SealOriginalTest, WhatIsSealedReadsAsBeforeAndItsWordsAreNowhereOnTheDisk) {
    for (const std::size_t size : {1u, 65535u, 65536u, 65537u, 300'001u}) {
        const std::string clear = content(size);
        write(kPath, clear);
        const auto before = fs::last_write_time(folder / kPath);
        const auto done = seal();
        ASSERT_TRUE(done) << done.error().text << done.error().detail;
        EXPECT_TRUE(done->changed);
        EXPECT_FALSE(fs::exists(folder / kPath));
        const std::string sealed = kPath + ".sealed";
        EXPECT_EQ(fs::last_write_time(folder / sealed), before);
        EXPECT_EQ(clearSizeOfSealed(fs::file_size(folder / sealed)), size);
        EXPECT_FALSE(knownOnDisk());
        EXPECT_EQ(asAsked(&keys).value_or("-"), clear) << size;
        EXPECT_FALSE(seal()->changed);
        EXPECT_TRUE(verifyOriginal(root, kPath, keys));
        const auto back = unsealOriginal(root, kPath, keys);
        ASSERT_TRUE(back) << back.error().text << back.error().detail;
        EXPECT_EQ(read(kPath), clear);
        EXPECT_EQ(fs::last_write_time(folder / kPath), before);
        EXPECT_FALSE(fs::exists(folder / sealed));
        EXPECT_FALSE(unsealOriginal(root, kPath, keys)->changed);
    }
}

TEST_F(SealOriginalTest, AnyPlaceIsReadAloneAndTheKeyIsAskedForOnce) {
    const std::string clear = content(500'000);
    write(kPath, clear);
    ASSERT_TRUE(seal());
    auto file = openOriginal(root, kPath, &keys);
    ASSERT_TRUE(file);
    auto second = file->duplicate();
    auto reader = ClearReader::create(*second);
    for (const std::size_t at : {499'990u, 0u, 65'530u, 131'071u, 250'000u}) {
        std::string piece(100, '\0');
        const auto got = reader->read(at, piece.data(), piece.size());
        ASSERT_TRUE(got);
        EXPECT_EQ(piece.substr(0, *got), clear.substr(at, 100));
    }
}

TEST_F(SealOriginalTest, WhatWasChangedMovedOrCutIsNotRead) {
    const std::string clear = content(300'000);
    write(kPath, clear);
    ASSERT_TRUE(seal());
    const std::string name = kPath + ".sealed", sealed = read(name);
    constexpr std::size_t piece = kSealedChunk + SealedHeader::kTag;
    std::string changed = sealed, swapped = sealed;
    changed[SealedHeader::kSize + 2 * piece + 5] ^= 1;
    swapped.replace(SealedHeader::kSize + piece, piece, sealed, SealedHeader::kSize + 2 * piece, piece);
    swapped.replace(SealedHeader::kSize + 2 * piece, piece, sealed, SealedHeader::kSize + piece, piece);
    std::string longer = sealed;
    longer[23] ^= 1;  // says that it is of another size
    for (const std::string& broken :
         {changed, swapped, longer, sealed.substr(0, sealed.size() - 1), sealed.substr(0, SealedHeader::kSize + piece),
          sealed.substr(0, 10), sealed + "x"}) {
        write(name, broken);
        const auto got = asAsked(&keys);
        EXPECT_FALSE(got);
        EXPECT_EQ(got.error().code, ErrorCode::Corrupt);
        EXPECT_FALSE(unsealOriginal(root, kPath, keys));
        EXPECT_FALSE(verifyOriginal(root, kPath, keys));
        EXPECT_FALSE(fs::exists(folder / kPath));
        EXPECT_EQ(read(name), broken);
    }
    write(name, sealed);
    EXPECT_EQ(asAsked(&keys).value_or("-"), clear);
}

TEST_F(SealOriginalTest, WithoutItsKeyItSaysSoAndNothingChanges) {
    write(kPath, content(100'000));
    ASSERT_TRUE(seal());
    const std::string sealed = read(kPath + ".sealed");
    EXPECT_EQ(asAsked(nullptr).error().code, ErrorCode::Unavailable);
    Keys other;
    other.own.fill(1);
    EXPECT_EQ(asAsked(&other).error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(unsealOriginal(root, kPath, other));
    Keys wrong;
    wrong.secret.back() = 'x';
    EXPECT_EQ(asAsked(&wrong).error().code, ErrorCode::Corrupt);
    EXPECT_FALSE(unsealOriginal(root, kPath, wrong));
    EXPECT_EQ(read(kPath + ".sealed"), sealed);
    EXPECT_FALSE(fs::exists(folder / kPath));
}

TEST_F(SealOriginalTest, LinksFurtherNamesAndStrangersAreLeftAlone) {
    const std::string clear = content(1000);
    write("Film (2020)/other.mkv", clear);
    fs::create_hard_link(folder / "Film (2020)/other.mkv", folder / kPath);
    EXPECT_EQ(seal().error().code, ErrorCode::Unprocessable);
    fs::remove(folder / kPath);
    fs::create_symlink("other.mkv", folder / kPath);
    EXPECT_EQ(seal().error().code, ErrorCode::Unprocessable);
    fs::remove(folder / kPath);
    EXPECT_FALSE(seal());
    write(kPath, "");
    EXPECT_EQ(seal().error().code, ErrorCode::Unprocessable);
    write(kPath, clear);
    write(kPath + ".sealed", "something else");
    EXPECT_FALSE(seal());
    EXPECT_EQ(read(kPath), clear);
    EXPECT_EQ(read(kPath + ".sealed"), "something else");
}

TEST_F(SealOriginalTest, BothThereAndDifferentAreLeftForTheOwner) {
    write(kPath, content(70'000));
    ASSERT_TRUE(seal());
    const std::string sealed = read(kPath + ".sealed"), newer = content(70'001);
    write(kPath, newer);
    EXPECT_EQ(seal().error().code, ErrorCode::Conflict);
    EXPECT_EQ(unsealOriginal(root, kPath, keys).error().code, ErrorCode::Conflict);
    EXPECT_EQ(read(kPath), newer);
    EXPECT_EQ(read(kPath + ".sealed"), sealed);
}

// Who tags or replaces a film writes another file and renames it: nothing of that one was read.
TEST_F(SealOriginalTest, WhatWasPutInItsPlaceMeanwhileStays) {
    const std::string clear = content(100'000), newer = content(100'000 + 1), sealedName = kPath + ".sealed";
    write(kPath, clear);
    ASSERT_TRUE(seal());
    Meanwhile replaced([&] {
        write("Film (2020)/new", newer);
        fs::rename(folder / "Film (2020)/new", folder / sealedName);
    });
    EXPECT_EQ(unsealOriginal(root, kPath, replaced).error().code, ErrorCode::Conflict);
    EXPECT_EQ(read(sealedName), newer);
    EXPECT_FALSE(fs::exists(folder / kPath));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "Film (2020)"), fs::directory_iterator()), 1);
}

TEST_F(SealOriginalTest, AFilmThatIsReplacedWhileItIsSealedIsNotLost) {
    const std::string part = "Film (2020)/.film.mkv.marea-part", newer = content(5000);
    write(kPath, content(8'000'000));
    write("Film (2020)/new", newer);
    std::thread other([&] {
        while (!fs::exists(folder / part) && !fs::exists(folder / (kPath + ".sealed"))) {
            std::this_thread::yield();
        }
        fs::rename(folder / "Film (2020)/new", folder / kPath);
    });
    (void)seal();
    other.join();
    EXPECT_EQ(read(kPath), newer);
    EXPECT_FALSE(fs::exists(folder / part));
}

TEST_F(SealOriginalTest, TwoRunsDoNotWorkInOneFolderAtOnce) {
    const std::string clear = content(100'000), part = "Film (2020)/.film.mkv.marea-part";
    write(kPath, clear);
    write(part, "what another run has so far");
    {
        const auto another = openFolder((folder / "Film (2020)").string());
        ASSERT_EQ(::flock(another->get(), LOCK_EX | LOCK_NB), 0);
        EXPECT_EQ(seal().error().code, ErrorCode::Conflict);
        EXPECT_EQ(unsealOriginal(root, kPath, keys).error().code, ErrorCode::Conflict);
        EXPECT_EQ(read(part), "what another run has so far");
        EXPECT_EQ(read(kPath), clear);
    }
    EXPECT_TRUE(seal()->changed);
    EXPECT_EQ(asAsked(&keys).value_or("-"), clear);
}

// Ended at any moment, one of the two is whole, and the next run brings it to its end.
TEST_F(SealOriginalTest, KilledAtAnyMomentItLosesNothing) {
    const std::string clear = content(2'000'000);
    write(kPath, clear);
    std::mt19937 numbers(4711);
    int sealing = 0, cut = 0;
    for (int round = 0; round < 60; ++round) {
        const bool seals = round % 2 == 0;
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            const bool done = seals ? seal().has_value() : unsealOriginal(root, kPath, keys).has_value();
            ::_exit(done ? 0 : 1);
        }
        ::usleep(numbers() % 12'000);
        ::kill(child, SIGKILL);
        int state = 0;
        ASSERT_EQ(::waitpid(child, &state, 0), child);
        ASSERT_TRUE(WIFSIGNALED(state) || WEXITSTATUS(state) == 0);
        cut += WIFSIGNALED(state) ? 1 : 0;
        ASSERT_EQ(asAsked(&keys).value_or("-"), clear) << round;
        const auto done = seals ? seal() : unsealOriginal(root, kPath, keys);
        ASSERT_TRUE(done) << round << done.error().text << done.error().detail;
        EXPECT_EQ(fs::exists(folder / kPath), !seals) << round;
        EXPECT_EQ(fs::exists(folder / (kPath + ".sealed")), seals) << round;
        EXPECT_EQ(std::distance(fs::directory_iterator(folder / "Film (2020)"), fs::directory_iterator()), 1);
        sealing += seals ? 1 : 0;
    }
    RecordProperty("cut", cut);
    EXPECT_EQ(sealing, 30);
}

// As it stands after the name was given and before the other one went.
TEST_F(SealOriginalTest, TwoOfTheSameBecomeOne) {
    const std::string clear = content(100'000);
    write(kPath, clear);
    ASSERT_TRUE(seal());
    write(kPath, clear);
    EXPECT_TRUE(seal()->changed);
    EXPECT_FALSE(fs::exists(folder / kPath));
    write(kPath, clear);
    EXPECT_TRUE(unsealOriginal(root, kPath, keys)->changed);
    EXPECT_FALSE(fs::exists(folder / (kPath + ".sealed")));
    EXPECT_EQ(read(kPath), clear);
}

}  // namespace
}  // namespace marea::core
