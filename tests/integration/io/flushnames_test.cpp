#include "core/io/flushnames.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/folderflush.h"
#include "core/io/filehandle.h"

using namespace marea::core;

// As some file systems in user space and over the network answer; /proc is one that everybody has.
TEST(FlushNames, AFileSystemThatFlushesNoFoldersIsNoFault) {
    const auto folder = openFolder("/proc");
    if (!folder || ::fsync(folder->get()) == 0 || !hasNoFolderFlush(errno)) {
        GTEST_SKIP() << "there is no such file system here";
    }
    EXPECT_TRUE(flushNames(folder->get()));
    EXPECT_TRUE(flushNames("/proc"));
}

TEST(FlushNames, WhatIsNotThereIsAFault) {
    EXPECT_EQ(flushNames("/proc/no-such-folder").error().code, ErrorCode::NotFound);
    EXPECT_FALSE(flushNames(-1));
    EXPECT_FALSE(hasNoFolderFlush(EIO));
    EXPECT_FALSE(hasNoFolderFlush(ENOSPC));
}
