#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace marea::sync::dns {

// A name in its labels, of 1 to 63 bytes each, without the root.
using Name = std::vector<std::string>;

Name nameFrom(std::string_view dotted);         // "_marea._tcp.local"
std::string folded(const Name& name);           // a key: alike for what sameName() calls the same
bool sameName(const Name& a, const Name& b);    // in ASCII, upper and lower case are alike (RFC 1035 section 2.3.3)
std::string shownLabel(std::string_view text);  // whole characters of UTF-8 that fit into a label

enum class Type : std::uint16_t { A = 1, Pointer = 12, Text = 16, Aaaa = 28, Service = 33, Any = 255 };

struct Question {
    Name name;
    Type type = Type::Any;
    bool unicast = false;  // the asker would rather be answered alone (RFC 6762 section 5.4)
};

struct Record {
    Name name;
    Type type = Type::Any;
    bool flush = false;              // it is all that there is of this name and type (RFC 6762 section 10.2)
    std::uint32_t ttl = 0;           // seconds
    Name target;                     // of a pointer and a service
    std::uint16_t port = 0;          // of a service; priority and weight are 0
    std::vector<std::string> texts;  // of a text, of 0 to 255 bytes each
    std::string address;             // 4 or 16 bytes
};

struct Message {
    std::uint16_t id = 0;
    bool response = false, truncated = false;
    std::vector<Question> questions;
    std::vector<Record> answers, authorities, additionals;
};

inline constexpr std::size_t kLongestMessage = 9000;  // RFC 6762 section 17
inline constexpr std::size_t kLongestName = 255, kLongestLabel = 63;

// Multicast DNS as RFC 1035 and RFC 6762 have it, from anybody in the network: what is not well-formed to its last byte
// is refused whole. Records of other types and classes are passed over.
core::Result<Message> readMessage(std::span<const std::uint8_t> bytes);

// Names are compressed. What a caller made has to keep the bounds above.
std::vector<std::uint8_t> writeMessage(const Message& message);

// What a record says, without its name and time, as it would be sent without compression (RFC 6762 section 8.2).
std::string dataOf(const Record& record);
bool saysTheSame(const Record& a, const Record& b);  // name, type and data

}  // namespace marea::sync::dns
