#include <gtest/gtest.h>

#include "tests/integration/worker/workerfixture.h"

using namespace marea::server::test;

// open, socket, fork, execve, stat, kill and executable memory, tried from within by the program itself.
TEST(Sandbox, NothingGetsOut) {
    EXPECT_EQ(run({workerPath(), "--self-check"}), 0);
}
