#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace marea::sync::test {

inline constexpr std::uint32_t kTop = 0xFFFFFFFF;

// The phone that the libmtp of these tests finds. It answers whatever a test has written into it.
struct FakePhone {
    struct Object {
        std::uint32_t id = 0;
        std::string name;
        bool isFolder = false;
        std::uint64_t size = 0;
    };
    std::map<std::uint32_t, std::vector<Object>> folders;  // what each says to hold; kTop: the storage
    std::uint64_t room = 1'000'000'000, capacity = 2'000'000'000;
    std::map<std::uint32_t, int> refusals;  // by id: so often it is not told of when it is asked for; -1: never
    bool counts = false;                    // its libmtp is new enough to tell how many there should be
    int listings = 0;                       // so many were asked for
    int pulledAt = -1;                      // the listing in which the cable is pulled; -1: none
    bool isEndless = false;                 // goes on when a file is read
    int blocks = 0;                         // of files that were read
    bool isPulled() const { return pulledAt >= 0 && listings > pulledAt; }
};

FakePhone& phone();

}  // namespace marea::sync::test
