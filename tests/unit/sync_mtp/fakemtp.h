#pragma once

#include <cstdint>
#include <map>
#include <set>
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
    std::map<std::uint32_t, std::vector<Object>> folders;            // what each says to hold; kTop: the storage
    std::map<std::uint32_t, std::string> contents;                   // of files that were sent, by id
    std::map<std::uint32_t, int> types;                              // as what they were sent
    std::map<std::uint32_t, std::map<int, std::string>> properties;  // that they were given
    std::vector<std::uint16_t> takes;                                // kinds of files
    std::set<int> keeps;                                             // properties
    std::map<std::uint32_t, std::vector<std::uint32_t>> lists;       // titles, by the list's id
    std::string listEnd = ".pla";
    bool refusesLists = false;       // though it says that it takes them
    int puts = 0;                    // of lists that were made or changed
    bool refusesProperties = false;  // though it says that it keeps them
    bool isAndroid = true;
    std::uint16_t access = 0, memory = 3;  // of its storage, as PTP numbers them; phones have fixed RAM
    int settings = 0;                      // of properties, so many were asked for
    std::uint32_t nextId = 1000;
    std::uint64_t room = 1'000'000'000, capacity = 2'000'000'000;
    std::map<std::uint32_t, int> refusals;  // by id: so often it is not told of when it is asked for; -1: never
    bool counts = false;                    // its libmtp is new enough to tell how many there should be
    int listings = 0;                       // so many were asked for
    int pulledAt = -1;                      // the listing in which the cable is pulled; -1: none
    bool isEndless = false;                 // goes on when a file is read
    int blocks = 0;                         // of files that were read
    bool isStarved = false;                 // it was given nothing, and libmtp would ask for ever
    bool isPulled() const { return pulledAt >= 0 && listings > pulledAt; }
};

FakePhone& phone();
// The object of that name, wherever it is; 0: none.
std::uint32_t idOf(const std::string& name);

}  // namespace marea::sync::test
