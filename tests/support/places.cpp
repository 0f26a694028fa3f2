#include "tests/support/places.h"

namespace marea::tests {

std::string testData(const char* below) {
    return std::string(MAREA_TEST_DATA) + below;
}

std::string builtProgram(const char* below) {
    return std::string(MAREA_BIN_DIR) + below;
}

}  // namespace marea::tests
