#pragma once
// Where this checkout keeps what tests need: absolute paths without a slash at their end.

#include <string>

namespace marea::tests {

// `below` is put behind, as it is: "/db/version1.sql".
std::string testData(const char* below = "");
// A program that was built: "/marea-worker".
std::string builtProgram(const char* below);

}  // namespace marea::tests
