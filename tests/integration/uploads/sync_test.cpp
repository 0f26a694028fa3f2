// A disk that does not keep what is written to it.
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "server/apps/uploads/uploads.h"
#include "tests/integration/catalog/catalogfixture.h"

namespace {

std::atomic<bool> diskFails = false;

// Of an upload: the database's files are synced as ever.
bool isPart(int file) {
    std::error_code unknown;
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), unknown);
    return !unknown && path.extension() == ".part";
}

}  // namespace

// Linked before the system's. As on Linux: a failure is told once, then what was not written counts as written.
extern "C" int fdatasync(int file) {
    if (isPart(file) && diskFails.exchange(false)) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}

namespace marea::test {
namespace {

class UploadSyncTest : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        uploads = std::make_unique<server::Uploads>(*database, *catalog, clock, core::makeNullLogger(), *pool);
    }
    void TearDown() override {
        uploads.reset();
        CatalogTest::TearDown();
    }
    core::Id begun() {
        const auto state = uploads->create(user, {libraryId(), kName, static_cast<std::int64_t>(bytes.size())});
        EXPECT_TRUE(state);
        return state ? state->row.id : core::Id();
    }
    // The status of a request that sends so much of the bytes.
    int send(const core::Id& id, std::size_t from, std::size_t to) {
        auto sink = uploads->receive(user, id, static_cast<std::int64_t>(from), {});
        if (!sink) {
            return server::Response::problem(sink.error()).status;
        }
        EXPECT_FALSE((*sink)->take(std::string_view(bytes).substr(from, to - from)));
        return (*sink)->finish().status;
    }

    static constexpr const char* kName = "Kind of Blue/01 So What.flac";
    const std::string bytes = track(1, "So What");
    std::unique_ptr<server::Uploads> uploads;
};

TEST_F(UploadSyncTest, WhatTheDiskDidNotKeepIsNeverPublished) {
    const core::Id id = begun();
    const std::size_t half = bytes.size() / 2;
    ASSERT_EQ(send(id, 0, half), 204);
    diskFails = true;
    EXPECT_EQ(send(id, half, bytes.size()), 500);
    ASSERT_FALSE(diskFails);
    EXPECT_NE(send(id, bytes.size(), bytes.size()), 204);  // nothing more to send: only to sync again
    EXPECT_FALSE(fs::exists(media() / kName));
    EXPECT_FALSE(uploads->find(user, id)) << "its sender has to begin anew";
    EXPECT_FALSE(fs::exists(media() / ".marea-uploads"));
    ASSERT_EQ(send(begun(), 0, bytes.size()), 204);
    EXPECT_TRUE(fs::exists(media() / kName));
}

TEST_F(UploadSyncTest, NeitherWhenItFailedBetweenTwoParts) {
    const core::Id id = begun();
    const std::size_t half = bytes.size() / 2;
    diskFails = true;
    EXPECT_EQ(send(id, 0, half), 500);
    EXPECT_NE(send(id, half, bytes.size()), 204);
    EXPECT_FALSE(fs::exists(media() / kName));
}

}  // namespace
}  // namespace marea::test
