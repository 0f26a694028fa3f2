#include "server/gateway/range.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

struct Case {
    const char* field;
    std::uint64_t size;
    RangeAnswer expected;
};

constexpr RangeAnswer kWhole{RangeKind::Whole, {}};
constexpr RangeAnswer kUnsatisfiable{RangeKind::Unsatisfiable, {}};
constexpr RangeAnswer part(std::uint64_t offset, std::uint64_t length) {
    return {RangeKind::Part, {offset, length}};
}

TEST(Range, Table) {
    const Case cases[] = {
        {"bytes=0-9", 100, part(0, 10)},
        {"bytes=0-0", 100, part(0, 1)},
        {"bytes=99-99", 100, part(99, 1)},
        {"bytes=90-1000", 100, part(90, 10)},
        {"bytes=10-", 100, part(10, 90)},
        {"bytes=0-", 100, part(0, 100)},
        {"bytes=-1", 100, part(99, 1)},
        {"bytes=-100", 100, part(0, 100)},
        {"bytes=-1000", 100, part(0, 100)},
        {"BYTES=0-1", 100, part(0, 2)},
        {"bytes= 0-1 ", 100, part(0, 2)},
        {"bytes=0-99999999999999999999999", 100, part(0, 100)},
        {"bytes=-99999999999999999999999", 100, part(0, 100)},
        {"bytes=0-18446744073709551615", 100, part(0, 100)},
        {"bytes=4294967296-4294967297", 8'000'000'000, part(4294967296, 2)},
        {"bytes=100-", 100, kUnsatisfiable},
        {"bytes=100-200", 100, kUnsatisfiable},
        {"bytes=99999999999999999999-", 100, kUnsatisfiable},
        {"bytes=-0", 100, kUnsatisfiable},
        {"bytes=0-", 0, kUnsatisfiable},
        {"bytes=-5", 0, kUnsatisfiable},
        // ignored: not a range we know, malformed, or several
        {"", 100, kWhole},
        {"bytes", 100, kWhole},
        {"bytes=", 100, kWhole},
        {"bytes=-", 100, kWhole},
        {"bytes=5", 100, kWhole},
        {"bytes=9-0", 100, kWhole},
        {"bytes=a-b", 100, kWhole},
        {"bytes=+1-2", 100, kWhole},
        {"bytes=1 - 2", 100, kWhole},
        {"bytes=--1", 100, kWhole},
        {"bytes=1-2-3", 100, kWhole},
        {"bytes=0-1,5-6", 100, kWhole},
        {"bytes=0-1,", 100, kWhole},
        {"items=0-1", 100, kWhole},
        {"bytes =0-1", 100, kWhole},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(parseRange(each.field, each.size), each.expected) << each.field << " of " << each.size;
    }
}

TEST(Range, Labels) {
    EXPECT_EQ(contentRange({0, 10}, 100), "bytes 0-9/100");
    EXPECT_EQ(unsatisfiedRange(100), "bytes */100");
}

}  // namespace
}  // namespace marea::server
